package cli

import (
	"os"
	"strings"

	"rongyuan/store/record"
)

// source is where a secret may come from, in this order: the first line of a
// file, a variable of the environment, the person at the keyboard. It never
// comes from an argument, which every program on the PC can read.
type source struct {
	file, variable, prompt string
	// without is the failure where nobody is there to be asked.
	without error
}

func (k *call) passwordSource(prompt string) source {
	return source{k.passwordFile, "RONGYUAN_PASSWORD", prompt, record.FailField("password", record.CodeLocked)}
}

// secretGiven is the secret from a file or the environment; false when neither has
// one.
func (k *call) secretGiven(s source) (string, bool, error) {
	if s.file != "" {
		text, err := os.ReadFile(s.file)
		if err != nil {
			return "", false, record.Fail(record.CodeFileUnread, baseName(s.file)).Because(err)
		}
		line, _, _ := strings.Cut(strings.TrimPrefix(string(text), "\ufeff"), "\n")
		return strings.TrimSuffix(line, "\r"), true, nil
	}
	secret := k.env.Getenv(s.variable)
	return secret, secret != "", nil
}

// read is the secret that was given, else what is typed at the prompt.
func (k *call) read(s source) (string, error) {
	secret, given, err := k.secretGiven(s)
	if given || err != nil {
		return secret, err
	}
	return k.typed(s)
}

func (k *call) typed(s source) (string, error) {
	if k.env.Secret == nil {
		return "", s.without
	}
	secret, err := k.env.Secret(s.prompt)
	if err != nil {
		return "", record.Fail(record.CodeCancelled).Because(err)
	}
	return secret, nil
}

// readTwice is read for a new secret: a typed one is typed twice.
func (k *call) readTwice(s source) (string, error) {
	secret, given, err := k.secretGiven(s)
	if given || err != nil {
		return secret, err
	}
	if secret, err = k.typed(s); err != nil {
		return "", err
	}
	s.prompt = "再输一遍："
	again, err := k.typed(s)
	if err == nil && again != secret {
		err = record.FailField("password", record.CodeInvalid)
	}
	return secret, err
}

// password is the password of whoever logs in.
func (k *call) password() (string, error) { return k.read(k.passwordSource("密码：")) }

// passwordGiven is the password where one was given without asking.
func (k *call) passwordGiven() (string, bool, error) { return k.secretGiven(k.passwordSource("")) }

// newSecret is the flag for a new password, which is not the one of the log-in.
type newSecret struct{ file string }

func (n *newSecret) options(o *options) {
	o.text(&n.file, "new-password-file", "文件", "从文件第一行读新密码；不写就读 RONGYUAN_NEW_PASSWORD，再不然就问")
}

func (n *newSecret) read(k *call) (string, error) {
	return k.readTwice(source{n.file, "RONGYUAN_NEW_PASSWORD", "新密码：", usage("要写 --new-password-file 文件，或设 RONGYUAN_NEW_PASSWORD")})
}

// recoverySecret is the flag for a recovery code.
type recoverySecret struct{ file string }

func (r *recoverySecret) options(o *options) {
	o.text(&r.file, "recovery-file", "文件", "从文件第一行读恢复码；不写就读 RONGYUAN_RECOVERY，再不然就问")
}

func (r *recoverySecret) read(k *call) (string, error) {
	return k.read(source{r.file, "RONGYUAN_RECOVERY", "恢复码：", usage("要写 --recovery-file 文件，或设 RONGYUAN_RECOVERY")})
}
