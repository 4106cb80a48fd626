package district

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"rongyuan/store/record"
	"rongyuan/store/seal"
)

const (
	keyFile  = "data.key"
	slotFile = "data.slot"
)

// vault seals what the storage keeps. Its data key lies in the folder, wrapped
// for a secret in a file of mode 0600: who takes only the database reads nobody.
type vault struct {
	key      *seal.Key
	fields   *seal.Sealer
	payloads *seal.Sealer
	chain    *seal.Chain
}

// newVault makes a data key and writes it into folder.
func newVault(rand io.Reader, folder string) (*vault, error) {
	key, err := seal.NewKey(rand)
	if err != nil {
		return nil, fmt.Errorf("make data key: %w", err)
	}
	secret := make([]byte, 32)
	if _, err := io.ReadFull(rand, secret); err != nil {
		return nil, fmt.Errorf("make data key's secret: %w", err)
	}
	slot, err := seal.NewDeviceSlot(rand, key, seal.Device{Name: "district", Secret: secret})
	if err != nil {
		return nil, fmt.Errorf("wrap data key: %w", err)
	}
	raw, err := json.Marshal(slot)
	if err != nil {
		return nil, fmt.Errorf("encode data key's slot: %w", err)
	}
	if err := writeSecret(filepath.Join(folder, slotFile), raw); err != nil {
		return nil, err
	}
	if err := writeSecret(filepath.Join(folder, keyFile), secret); err != nil {
		return nil, err
	}
	return vaultOf(rand, key)
}

// openVault reads the data key from folder. The codes are file_missing and
// slot_damaged.
func openVault(rand io.Reader, folder string) (*vault, error) {
	raw, err := readSecret(filepath.Join(folder, slotFile))
	if err != nil {
		return nil, err
	}
	secret, err := readSecret(filepath.Join(folder, keyFile))
	if err != nil {
		return nil, err
	}
	slot, err := seal.ParseSlot(raw)
	if err != nil {
		return nil, record.Fail(record.CodeSlotDamaged).Because(err)
	}
	key, err := seal.OpenDevice(slot, secret)
	if err != nil {
		return nil, record.Fail(record.CodeSlotDamaged).Because(err)
	}
	return vaultOf(rand, key)
}

func vaultOf(rand io.Reader, key *seal.Key) (*vault, error) {
	v := &vault{key: key}
	var err error
	if v.fields, err = seal.NewSealer(rand, key, seal.Fields); err != nil {
		return nil, fmt.Errorf("derive key of fields: %w", err)
	}
	if v.payloads, err = seal.NewSealer(rand, key, seal.Payloads); err != nil {
		return nil, fmt.Errorf("derive key of payloads: %w", err)
	}
	if v.chain, err = seal.NewChain(key); err != nil {
		return nil, fmt.Errorf("derive key of audit: %w", err)
	}
	return v, nil
}

func (v *vault) wipe() {
	v.fields.Wipe()
	v.payloads.Wipe()
	v.chain.Wipe()
	v.key.Wipe()
}

// writeSecret writes a file that only its owner reads, durably, and never over
// another.
func writeSecret(path string, raw []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	_, err = f.Write(raw)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return record.Fail(record.CodeFileUnwritten).Because(err)
	}
	return nil
}

func readSecret(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil, record.Fail(record.CodeFileMissing).Because(err)
	}
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread).Because(err)
	}
	return raw, nil
}

func operationPlace(k Key) seal.Place {
	return seal.Place{Table: "op_log", Column: "sealed", Row: fmt.Sprintf("%s/%s/%d", k.Station, k.Incarnation, k.Seq)}
}

// sealOperation puts salt, actor and payload out of sight.
func (v *vault) sealOperation(op record.Operation) (StoredOperation, error) {
	salt := op.Salt
	if op.Erased() {
		salt = make([]byte, record.SaltSize) // with no payload behind it: see openOperation
	}
	plain := make([]byte, 0, len(salt)+2+len(op.Actor)+len(op.Payload))
	plain = append(plain, salt...)
	plain = binary.BigEndian.AppendUint16(plain, uint16(len(op.Actor)))
	plain = append(plain, op.Actor...)
	plain = append(plain, op.Payload...)
	sealed, err := v.payloads.Seal(operationPlace(keyOf(op)), plain)
	if err != nil {
		return StoredOperation{}, fmt.Errorf("seal operation: %w", err)
	}
	op.Salt, op.Actor, op.Payload = nil, "", nil
	return StoredOperation{Operation: op, Sealed: sealed}, nil
}

func keyOf(op record.Operation) Key {
	return Key{LogName{op.Station, op.Incarnation}, op.Seq}
}

// openOperation is sealOperation undone.
func (v *vault) openOperation(o StoredOperation) (record.Operation, error) {
	op := o.Operation
	plain, err := v.payloads.Open(operationPlace(keyOf(op)), o.Sealed)
	if err != nil {
		return op, record.Fail(record.CodeSealBroken).Because(err)
	}
	if len(plain) < record.SaltSize+2 {
		return op, record.Fail(record.CodeSealBroken)
	}
	op.Salt, plain = plain[:record.SaltSize], plain[record.SaltSize:]
	n := int(binary.BigEndian.Uint16(plain))
	if plain = plain[2:]; n > len(plain) {
		return op, record.Fail(record.CodeSealBroken)
	}
	op.Actor, op.Payload = string(plain[:n]), plain[n:]
	if len(op.Payload) == 0 {
		op.Salt, op.Payload = nil, nil // erased before it was sent, or since
	}
	return op, nil
}

func rowPlace(of Ref) seal.Place {
	return seal.Place{Table: tableOf(of.Kind), Column: "sealed", Row: string(of.Station) + "/" + of.ID}
}
