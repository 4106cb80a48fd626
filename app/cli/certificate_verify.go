package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"rongyuan/assets/say"
	"rongyuan/store/record"
)

type certificateVerify struct{ keys []string }

func (c *certificateVerify) options(o *options) {
	o.many(&c.keys, "key", "密钥文件", "另外信任这个密钥文件；可以写几次")
}

// judged is what verify prints.
type judged struct {
	Valid bool        `json:"valid"`
	Code  record.Code `json:"code,omitempty"`
	// Message is the verdict as a sentence.
	Message string `json:"message"`
	record.Judgement
}

// disbelieved is what verify prints of a paper that must not be believed: the
// failure of every command, and what the paper claims.
type disbelieved struct {
	failure
	judged
}

// run judges the text of a QR code. It needs no password, and where there is no
// station's file it can still tell an altered text from a whole one.
func (c *certificateVerify) run(k *call) (answer, error) {
	text := strings.Join(k.args, "")
	if text == "-" {
		lines, err := k.lines("-")
		if err != nil {
			return answer{}, err
		}
		text = strings.Join(lines, "")
	}
	v, err := c.judge(k, text)
	if err != nil {
		if !isCode(err, record.CodeStampForged) {
			return answer{}, err
		}
		return answer{}, &refusal{err, disbelieved{failureOf(err), judged{Code: record.CodeOf(err), Message: say.Error(err).String(), Judgement: v}}}
	}
	code := v.Code()
	out := judged{Valid: code == "", Code: code, Judgement: v, Message: "签名有效，内容没有改动。"}
	if code != "" {
		out.Message = say.Say(code, v.Voided.Chinese()).String()
	}
	if code == record.CodeVoided || code == record.CodeKeyRevoked {
		err := record.Fail(code, v.Voided.Chinese())
		return answer{}, &refusal{err, disbelieved{failureOf(err), out}}
	}
	exit := exitDone
	if code != "" {
		exit = exitPerson
	}
	return answer{doc: out, exit: exit, text: func(w io.Writer) { out.print(w) }}, nil
}

func (c *certificateVerify) judge(k *call, text string) (record.Judgement, error) {
	extra, err := c.trusted()
	if err != nil {
		return record.Judgement{}, err
	}
	db, err := k.openLocked()
	if isCode(err, record.CodeNoStation) {
		return judgeAlone(text, extra)
	}
	if err != nil {
		return record.Judgement{}, err
	}
	v, err := db.VerifyStamp(k.ctx, text)
	if err == nil && v.Standing == record.StandingUnknown && len(extra) > 0 {
		return judgeAlone(text, extra)
	}
	return v, err
}

// judgeAlone judges by named keys only, where there is no register.
func judgeAlone(text string, keys []record.TrustedKey) (record.Judgement, error) {
	stamp, err := record.ReadStamp(text)
	if err != nil {
		return record.Judgement{}, err
	}
	return record.Judge(stamp, keys)
}

func (c *certificateVerify) trusted() ([]record.TrustedKey, error) {
	var out []record.TrustedKey
	for _, path := range c.keys {
		key, err := keyFrom(path)
		if err != nil {
			return nil, err
		}
		out = append(out, key)
	}
	return out, nil
}

func (j judged) print(w io.Writer) {
	fmt.Fprintln(w, j.Message)
	rows := [][]string{}
	if c := j.Claim; c != nil {
		rows = append(rows,
			[]string{"证明编号", c.Number}, []string{"出具", string(c.Issued) + " " + c.Issuer}, []string{"姓名", c.Name}, []string{"身份证号", c.ID},
			[]string{"志愿者编号", c.Member}, []string{"起止日期", string(c.From) + " 至 " + string(c.To)},
			[]string{"服务时长", fmt.Sprintf("%s 小时（%d 分钟），%d 次活动", record.HoursText(int(c.Minutes)), c.Minutes, c.Lines)})
	}
	rows = append(rows, []string{"签名的站", string(j.Station)}, []string{"密钥指纹", j.Key}, []string{"由谁作证", standingText(j.Judgement)})
	columns(w, rows)
	fmt.Fprintln(w, "请与纸面逐项对照；这里查的是出具单位的签名，不是全国志愿服务信息系统。")
}

// standingText is who vouches for the key that signed.
func standingText(v record.Judgement) string {
	switch v.Standing {
	case record.StandingOwn:
		return "本站自己的密钥"
	case record.StandingKnown:
		return "已收下的密钥：" + v.By
	case record.StandingEndorsed:
		return "区里认可：" + v.By
	case record.StandingRevoked:
		return "密钥已作废"
	}
	return "没有，请打电话核对指纹"
}

func keyFrom(path string) (record.TrustedKey, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return record.TrustedKey{}, record.Fail(record.CodeFileUnread, baseName(path)).Because(err)
	}
	return record.ReadKeyFile(raw)
}

type keyShow struct{}

func (*keyShow) options(*options) {}

type keyDoc struct {
	record.TrustedKey
	Fingerprint string `json:"fingerprint"`
}

func (*keyShow) run(k *call) (answer, error) {
	db, err := k.openLocked()
	if err != nil {
		return answer{}, err
	}
	keys, err := db.TrustedKeys(k.ctx)
	if err != nil {
		return answer{}, err
	}
	doc := struct {
		Keys []keyDoc `json:"keys"`
	}{make([]keyDoc, 0, len(keys))}
	var rows [][]string
	states := map[record.KeyState]string{record.KeyActive: "在用", record.KeyRetired: "已停用", record.KeyRevoked: "已作废"}
	for _, one := range keys {
		doc.Keys = append(doc.Keys, keyDoc{one, one.ID().Fingerprint()})
		whose := "收下的"
		if one.Own {
			whose = "本站"
		}
		rows = append(rows, []string{whose, one.Code, one.Name, states[one.State], string(one.Since), one.ID().Fingerprint()})
	}
	return answer{doc: doc, text: listed([]string{"", "编码", "名称", "状态", "起", "指纹"}, rows)}, nil
}

type keyExport struct{ outputFlag }

// run writes the public half of the station's key, making one when there is
// none.
func (c *keyExport) run(k *call) (answer, error) {
	if c.out == "" {
		return answer{}, usage("要写 -o 文件")
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	sig, err := db.Sign(k.ctx, record.PurposeCertificate, nil)
	if err != nil {
		return answer{}, err
	}
	key := record.TrustedKey{Owner: record.OwnerStation, Code: string(k.station.Code), Name: k.station.Name, Public: sig.Public}
	raw, err := record.WriteKeyFile(key)
	if err != nil {
		return answer{}, err
	}
	out, err := newFile(c.out)
	if err != nil {
		return answer{}, err
	}
	err = out.finish(func(w io.Writer) error { _, err := w.Write(raw); return err })
	print1 := key.ID().Fingerprint()
	return answer{doc: map[string]string{"output": c.out, "fingerprint": print1}, text: said("已写好：%s\n密钥指纹 %s，请打电话或当面把指纹告诉收的人", c.out, print1)}, err
}

type keyTrust struct{ fingerprint string }

func (c *keyTrust) options(o *options) {
	o.text(&c.fingerprint, "fingerprint", "指纹", "对方在电话里念的指纹，必须和文件的一样")
}

func (c *keyTrust) run(k *call) (answer, error) {
	key, err := keyFrom(k.args[0])
	if err != nil {
		return answer{}, err
	}
	typed := strings.ToUpper(strings.Join(strings.FieldsFunc(record.Narrow(c.fingerprint), func(r rune) bool { return r == '-' || r == ' ' }), ""))
	if typed != strings.ReplaceAll(key.ID().Fingerprint(), "-", "") {
		return answer{}, usage("要写 --fingerprint，并且和文件的一样；文件的指纹是 " + key.ID().Fingerprint() + "，请打电话核对")
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	return answer{doc: keyDoc{key, key.ID().Fingerprint()}, text: said("已收下 %s 的密钥", key.Name)}, db.TrustKey(k.ctx, key)
}

type keyEnd struct {
	reasonFlag
	revoke bool
}

func (c *keyEnd) options(o *options) {
	c.reasonFlag.options(o)
	o.yes(&c.revoke, "revoke", "作废：密钥可能落到别人手里，签过的纸也不再有效；不写就是停用，签过的仍有效")
}

func (c *keyEnd) run(k *call) (answer, error) {
	reason, err := c.given()
	if err != nil {
		return answer{}, err
	}
	db, err := k.open()
	if err != nil {
		return answer{}, err
	}
	state, text := record.KeyRetired, "已停用，下次签名时换新的；签过的纸仍有效"
	if c.revoke {
		state, text = record.KeyRevoked, "已作废，用它签过的证明要重新出具"
	}
	if err := db.EndKey(k.ctx, state, reason); err != nil {
		return answer{}, err
	}
	return answer{doc: map[string]record.KeyState{"state": state}, text: said("%s", text)}, nil
}
