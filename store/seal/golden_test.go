package seal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"
)

// The golden file is append-only: what version 1 has sealed must open for
// ever. -append adds entries that are missing and never touches those there.
var appendGolden = flag.Bool("append", false, "add missing entries to the golden file")

const goldenPath = "testdata/v1.json"

// golden is what one fixed key sealed. Everything but the escrow slot, whose
// ephemeral key comes from the system, is also made again byte by byte.
type golden struct {
	Secret string            `json:"secret"` // of the key, in hex
	KeyID  uint32            `json:"key"`
	Code   string            `json:"code"`
	Values map[string]string `json:"values"` // plaintext in hex to sealed value
	Blind  string            `json:"blind"`
	Links  []string          `json:"links"`
	Slots  map[Kind]Slot     `json:"slots"`
	Stream string            `json:"stream"`
}

func goldenPlains() [][]byte {
	return [][]byte{{}, []byte("马建国"), []byte("12999919701001005X"), {0x80, 0, 0}, make([]byte, 16), allBytes()}
}

func makeGolden(t *testing.T) golden {
	t.Helper()
	k, r := testKey(t, 1), fixed(200)
	g := golden{Secret: hex.EncodeToString(k.secret[:]), KeyID: k.ID(), Values: map[string]string{}}
	s := must(NewSealer(fixed(201), k, Fields))(t)
	for _, plain := range goldenPlains() {
		g.Values[hex.EncodeToString(plain)] = hex.EncodeToString(must(s.Seal(namePlace(), plain))(t))
	}
	blind := must(must(NewIndex(k))(t).Blind("12999919701001005X"))(t)
	g.Blind = hex.EncodeToString(blind[:])
	var link [32]byte
	for _, entry := range []string{"登录", "导出"} {
		link = must(must(NewChain(k))(t).Link(link, []byte(entry)))(t)
		g.Links = append(g.Links, hex.EncodeToString(link[:]))
	}
	recovery, code, err := NewRecoverySlot(r, k, "保险柜")
	g.Code = code
	g.Slots = map[Kind]Slot{
		KindRecovery: must(recovery, err)(t),
		KindPassword: must(NewPasswordSlot(r, k, Login{testAccount, testPassword}, Params{}))(t),
		KindDevice:   must(NewDeviceSlot(r, k, Device{"前台电脑", bytes.Repeat([]byte{1}, 32)}))(t),
		KindEscrow:   must(NewEscrowSlot(r, k, Escrow{"某区", districtKey(t, 1).PublicKey()}))(t),
	}
	g.Stream = hex.EncodeToString(sealStream(t, k, Attachments.Of("a1"), []byte("附件")))
	return g
}

func readGolden(t *testing.T) map[string]golden {
	t.Helper()
	all := map[string]golden{}
	data, err := os.ReadFile(goldenPath)
	if err == nil {
		err = json.Unmarshal(data, &all)
	}
	if err != nil && !*appendGolden {
		t.Fatal(err)
	}
	return all
}

func TestGolden(t *testing.T) {
	const current = "2026 first"
	all := readGolden(t)
	if _, ok := all[current]; !ok && *appendGolden {
		all[current] = makeGolden(t)
		if err := os.WriteFile(goldenPath, append(must(json.MarshalIndent(all, "", " "))(t), '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if len(all) == 0 {
		t.Fatal("the golden file is empty")
	}
	for name, g := range all {
		t.Run(name, func(t *testing.T) { checkGolden(t, g) })
	}
	t.Run("made again", func(t *testing.T) {
		want, got := all[current], makeGolden(t)
		delete(want.Slots, KindEscrow)
		delete(got.Slots, KindEscrow)
		if a, b := must(json.Marshal(want))(t), must(json.Marshal(got))(t); !bytes.Equal(a, b) {
			t.Errorf("version 1 is written differently now:\n%s\n%s", a, b)
		}
	})
}

func checkGolden(t *testing.T, g golden) {
	k := newKey(g.KeyID, unhex(t, g.Secret))
	s := must(NewSealer(fixed(1), k, Fields))(t)
	for plain, sealed := range g.Values {
		if got := must(s.Open(namePlace(), unhex(t, sealed)))(t); hex.EncodeToString(got) != plain {
			t.Errorf("value %s opens as %x", plain, got)
		}
	}
	opened := map[Kind]*Key{
		KindRecovery: must(OpenRecovery(g.Slots[KindRecovery], g.Code))(t),
		KindPassword: must(OpenPassword(g.Slots[KindPassword], testPassword))(t),
		KindDevice:   must(OpenDevice(g.Slots[KindDevice], bytes.Repeat([]byte{1}, 32)))(t),
		KindEscrow:   must(OpenEscrow(g.Slots[KindEscrow], districtKey(t, 1)))(t),
	}
	for kind, got := range opened {
		if !got.Same(k) {
			t.Errorf("the %s slot gives another key", kind)
		}
	}
	if got := must(openStream(k, Attachments.Of("a1"), unhex(t, g.Stream)))(t); string(got) != "附件" {
		t.Errorf("the stream opens as %q", got)
	}
	blind := must(must(NewIndex(k))(t).Blind("12999919701001005X"))(t)
	if hex.EncodeToString(blind[:]) != g.Blind {
		t.Error("the blind index is another one")
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	return must(hex.DecodeString(s))(t)
}
