package seal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"testing/iotest"
)

const sealedChunk = frameHead + chunkSize + tagSize

func sealStream(t testing.TB, k *Key, l Label, plain []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := must(NewStreamWriter(fixed(77), &b, k, l))(t)
	must(w.Write(plain))(t)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func openStream(k *Key, l Label, sealed []byte) ([]byte, error) {
	r, err := NewStreamReader(bytes.NewReader(sealed), k, l)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func noise(n int) []byte {
	p := make([]byte, n)
	_, _ = fixed(33).Read(p)
	return p
}

func TestStreamOpensAgain(t *testing.T) {
	k := testKey(t, 1)
	for _, n := range []int{0, 1, 100, chunkSize - 1, chunkSize, chunkSize + 1, 2 * chunkSize, 5*chunkSize + 77} {
		plain := noise(n)
		sealed := sealStream(t, k, Backups, plain)
		chunks := max((n+chunkSize-1)/chunkSize, 1)
		if want := streamHead + n + chunks*(frameHead+tagSize); len(sealed) != want {
			t.Errorf("%d bytes give %d sealed, want %d", n, len(sealed), want)
		}
		if got, err := openStream(k, Backups, sealed); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

func TestStreamInSmallBites(t *testing.T) {
	k, plain := testKey(t, 1), noise(chunkSize+500)
	var b bytes.Buffer
	w := must(NewStreamWriter(fixed(77), &b, k, Backups))(t)
	for i := 0; i < len(plain); i += 7 {
		must(w.Write(plain[i:min(i+7, len(plain))]))(t)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), sealStream(t, k, Backups, plain)) {
		t.Error("the size of the writes changes the stream")
	}
	r := must(NewStreamReader(iotest.HalfReader(&b), k, Backups))(t)
	if err := iotest.TestReader(r, plain); err != nil {
		t.Error(err)
	}
}

func TestStreamSaysWhatIsWrong(t *testing.T) {
	k := testKey(t, 1)
	sealed := sealStream(t, k, Backups, noise(3*chunkSize+50))
	head, body := sealed[:streamHead], sealed[streamHead:]
	one, two, three := body[:sealedChunk], body[sealedChunk:2*sealedChunk], body[2*sealedChunk:3*sealedChunk]
	last := body[3*sealedChunk:]
	foreign := func() []byte { // the same key and label, another file
		var b bytes.Buffer
		w := must(NewStreamWriter(fixed(78), &b, k, Backups))(t)
		must(w.Write(noise(3*chunkSize + 50)))(t)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()[streamHead:]
	}()
	parts := func(p ...[]byte) []byte { return bytes.Join(p, nil) }
	unmarked := bytes.Clone(last)
	unmarked[4] &^= 0x80
	marked := bytes.Clone(three)
	marked[4] |= 0x80
	renumbered := bytes.Clone(two)
	binary.BigEndian.PutUint32(renumbered, 0)
	for name, c := range map[string]struct {
		stream []byte
		want   error
	}{
		"whole":               {parts(head, one, two, three, last), nil},
		"exchanged":           {parts(head, two, one, three, last), ErrStreamOrder},
		"doubled":             {parts(head, one, one, two, three, last), ErrStreamOrder},
		"missing":             {parts(head, one, three, last), ErrStreamOrder},
		"last too early":      {parts(head, one, last), ErrStreamOrder},
		"renumbered":          {parts(head, renumbered, one, three, last), ErrStreamDamaged},
		"foreign chunk":       {parts(head, foreign[:sealedChunk], two, three, last), ErrStreamDamaged},
		"no last":             {parts(head, one, two, three), ErrStreamCut},
		"head only":           {head, ErrStreamCut},
		"cut inside a chunk":  {parts(head, one, two[:1000]), ErrStreamCut},
		"cut inside a frame":  {parts(head, one, two[:3]), ErrStreamCut},
		"cut by a byte":       {sealed[:len(sealed)-1], ErrStreamCut},
		"cut inside the head": {head[:20], ErrStreamCut},
		"a byte behind":       {parts(sealed, []byte{0}), ErrStreamTrailing},
		"a chunk behind":      {parts(sealed, last), ErrStreamTrailing},
		"a stream behind":     {parts(sealed, sealed), ErrStreamTrailing},
		"last mark removed":   {parts(head, one, two, three, unmarked), ErrStreamDamaged},
		"last mark set":       {parts(head, one, two, marked), ErrStreamDamaged},
		"empty":               {nil, ErrStreamHeader},
		"foreign file":        {[]byte("SQLite format 3\x00 and so on, long enough to hold a whole head"), ErrStreamHeader},
	} {
		if got, err := openStream(k, Backups, c.stream); !errors.Is(err, c.want) {
			t.Errorf("%s: %d bytes, %v, want %v", name, len(got), err, c.want)
		}
	}
}

func TestEveryBitFlipOfAStreamIsFound(t *testing.T) {
	k, plain := testKey(t, 1), []byte("附件：走访照片")
	sealed := sealStream(t, k, Attachments.Of("a1"), plain)
	flips(sealed, func(bit int, changed []byte) {
		if got, err := openStream(k, Attachments.Of("a1"), changed); err == nil || len(got) > 0 {
			t.Errorf("bit %d: %d bytes came out, %v", bit, len(got), err)
		}
	})
	for at, want := range map[int]error{
		0: ErrStreamHeader, 4: ErrUnknownVersion, 5: ErrUnknownSuite, 6: ErrWrongKey,
		10: ErrStreamHeader, streamBare: ErrStreamHeader, streamHead + frameHead: ErrStreamDamaged,
	} {
		changed := bytes.Clone(sealed)
		changed[at] ^= 1
		if _, err := openStream(k, Attachments.Of("a1"), changed); !errors.Is(err, want) {
			t.Errorf("byte %d: %v, want %v", at, err, want)
		}
	}
}

func TestStreamIsBoundToKeyAndLabel(t *testing.T) {
	k := testKey(t, 1)
	sealed := sealStream(t, k, Attachments.Of("a1"), []byte("x"))
	if _, err := openStream(k, Attachments.Of("a2"), sealed); !errors.Is(err, ErrStreamHeader) {
		t.Errorf("another attachment: %v", err)
	}
	if _, err := openStream(testKey(t, 2), Attachments.Of("a1"), sealed); !errors.Is(err, ErrWrongKey) {
		t.Errorf("another key: %v", err)
	}
}

func TestStreamErrorStays(t *testing.T) {
	k := testKey(t, 1)
	sealed := sealStream(t, k, Backups, noise(3*chunkSize))
	sealed[streamHead+sealedChunk+100] ^= 1
	r := must(NewStreamReader(bytes.NewReader(sealed), k, Backups))(t)
	got, err := io.ReadAll(r)
	if !errors.Is(err, ErrStreamDamaged) || len(got) != chunkSize {
		t.Errorf("%d bytes before the damage, %v", len(got), err)
	}
	if n, err := r.Read(make([]byte, 10)); n != 0 || !errors.Is(err, ErrStreamDamaged) {
		t.Errorf("after the error: %d bytes, %v", n, err)
	}
}

func TestWriterThatWasNotClosed(t *testing.T) {
	k := testKey(t, 1)
	var b bytes.Buffer
	w := must(NewStreamWriter(fixed(1), &b, k, Backups))(t)
	must(w.Write(noise(2 * chunkSize)))(t)
	if _, err := openStream(k, Backups, b.Bytes()); !errors.Is(err, ErrStreamCut) {
		t.Errorf("unclosed: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	size := b.Len()
	if err := w.Close(); err != nil || b.Len() != size {
		t.Errorf("a second Close: %v, %d bytes more", err, b.Len()-size)
	}
	if n, err := w.Write([]byte("x")); n != 0 || !errors.Is(err, ErrStreamClosed) {
		t.Errorf("a write after Close: %d, %v", n, err)
	}
	if !bytes.Equal(w.buf[:cap(w.buf)], make([]byte, cap(w.buf))) {
		t.Error("plaintext stays in the buffer")
	}
}

// fullDisk takes so many bytes and no more.
type fullDisk int

var errFull = errors.New("disk full")

func (d *fullDisk) Write(p []byte) (int, error) {
	if len(p) > int(*d) {
		return 0, errFull
	}
	*d -= fullDisk(len(p))
	return len(p), nil
}

func TestFailingDisk(t *testing.T) {
	k := testKey(t, 1)
	for _, room := range []int{0, streamHead, streamHead + sealedChunk, streamHead + 2*sealedChunk} {
		disk := fullDisk(room)
		w, err := NewStreamWriter(fixed(1), &disk, k, Backups)
		if room == 0 {
			if !errors.Is(err, errFull) {
				t.Errorf("no room for the head: %v", err)
			}
			continue
		}
		_, werr := must(w, err)(t).Write(noise(2*chunkSize + 1))
		if cerr := w.Close(); !errors.Is(cerr, errFull) {
			t.Errorf("room for %d: Write %v, Close %v", room, werr, cerr)
		}
	}
	sealed := sealStream(t, k, Backups, noise(2*chunkSize))
	for _, n := range []int{10, streamHead + 5, streamHead + sealedChunk + 50, len(sealed)} {
		broken := io.MultiReader(bytes.NewReader(sealed[:n]), iotest.ErrReader(errFull))
		r, err := NewStreamReader(broken, k, Backups)
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if !errors.Is(err, errFull) {
			t.Errorf("disk fails at %d: %v", n, err)
		}
	}
	if _, err := NewStreamWriter(bytes.NewReader(nil), io.Discard, k, Backups); !errors.Is(err, io.EOF) {
		t.Errorf("no salt: %v", err)
	}
}
