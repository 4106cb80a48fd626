package seal

import (
	"encoding/binary"
	"io"
	"strconv"
)

// labelOld is the use of a sub-key that seals the key before it.
const labelOld Label = "old key"

// WrapKey seals a data key that was replaced under the one that replaced it, so
// that what the old key sealed can be opened until it is sealed anew.
func WrapKey(rand io.Reader, under, old *Key) ([]byte, error) {
	s, err := NewSealer(rand, under, labelOld)
	if err != nil {
		return nil, err
	}
	defer s.Wipe()
	old.mu.RLock()
	defer old.mu.RUnlock()
	if old.wiped {
		return nil, ErrWiped
	}
	plain := binary.BigEndian.AppendUint32(nil, old.id)
	plain = append(plain, old.secret[:]...)
	defer clear(plain)
	return s.Seal(oldPlace(under), plain)
}

// UnwrapKey opens what [WrapKey] made. The errors are those of [Sealer.Open].
func UnwrapKey(under *Key, sealed []byte) (*Key, error) {
	s, err := NewSealer(noRandom{}, under, labelOld)
	if err != nil {
		return nil, err
	}
	defer s.Wipe()
	plain, err := s.Open(oldPlace(under), sealed)
	if err != nil {
		return nil, err
	}
	defer clear(plain)
	if len(plain) != 4+keySize {
		return nil, ErrTampered
	}
	return newKey(binary.BigEndian.Uint32(plain), plain[4:]), nil
}

func oldPlace(under *Key) Place {
	return Place{Table: "old key", Column: "under", Row: strconv.FormatUint(uint64(under.id), 10)}
}

// noRandom serves a Sealer that only opens.
type noRandom struct{}

func (noRandom) Read([]byte) (int, error) { return 0, ErrNoRandom }
