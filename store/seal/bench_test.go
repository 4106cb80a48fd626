package seal

import (
	"crypto/rand"
	"io"
	"testing"
)

func benchSealer(b *testing.B) (*Sealer, []byte) {
	b.Helper()
	s := must(NewSealer(rand.Reader, must(NewKey(rand.Reader))(b), Fields))(b)
	sealed := must(s.SealText(namePlace(), "欧阳建国"))(b)
	b.ReportAllocs()
	b.ResetTimer()
	return s, sealed
}

func BenchmarkAppendOpenName(b *testing.B) {
	s, sealed := benchSealer(b)
	dst := make([]byte, 0, 64)
	for b.Loop() {
		if _, err := s.AppendOpen(dst, namePlace(), sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenTextName(b *testing.B) {
	s, sealed := benchSealer(b)
	for b.Loop() {
		if _, err := s.OpenText(namePlace(), sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSealTextName(b *testing.B) {
	s, _ := benchSealer(b)
	for b.Loop() {
		if _, err := s.SealText(namePlace(), "欧阳建国"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBlind(b *testing.B) {
	x := must(NewIndex(must(NewKey(rand.Reader))(b)))(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := x.Blind("129999198507011239"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStreamWrite(b *testing.B) {
	k, plain := must(NewKey(rand.Reader))(b), make([]byte, 16<<20)
	b.SetBytes(int64(len(plain)))
	for b.Loop() {
		w := must(NewStreamWriter(rand.Reader, io.Discard, k, Backups))(b)
		must(w.Write(plain))(b)
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStrongPassword(b *testing.B) {
	k := must(NewKey(rand.Reader))(b)
	s := must(NewPasswordSlot(rand.Reader, k, Login{"a", testPassword}, Params{}))(b)
	for b.Loop() {
		if _, err := OpenPassword(s, testPassword); err != nil {
			b.Fatal(err)
		}
	}
}
