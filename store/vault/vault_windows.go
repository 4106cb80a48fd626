package vault

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"

	"rongyuan/store"
)

// OS keeps secrets in files that DPAPI has sealed for the Windows user: copied
// to another PC or read by another user they do not open.
type OS struct{ dir string }

// New gives the vault of this PC whose sealed files stand in dir.
func New(dir string) OS { return OS{dir} }

func (v OS) path(name string) string { return filepath.Join(v.dir, name+".dpapi") }

// Save keeps a secret.
func (v OS) Save(name string, secret []byte) error {
	sealed, err := protect(secret)
	if err != nil {
		return fmt.Errorf("seal by DPAPI: %w", err)
	}
	return os.WriteFile(v.path(name), sealed, 0o600)
}

// Load gives a secret back; [store.ErrNoSecret] when there is none.
func (v OS) Load(name string) ([]byte, error) {
	sealed, err := os.ReadFile(v.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, store.ErrNoSecret
	}
	if err != nil {
		return nil, err
	}
	secret, err := unprotect(sealed)
	if err != nil {
		return nil, fmt.Errorf("open by DPAPI: %w", err)
	}
	return secret, nil
}

// Delete forgets a secret; [store.ErrNoSecret] when there is none.
func (v OS) Delete(name string) error {
	err := os.Remove(v.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return store.ErrNoSecret
	}
	return err
}

func protect(plain []byte) ([]byte, error) {
	in, out := blob(plain), windows.DataBlob{}
	if err := windows.CryptProtectData(&in, nil, nil, 0, nil, windows.CRYPTPROTECT_UI_FORBIDDEN, &out); err != nil {
		return nil, err
	}
	return take(out)
}

func unprotect(sealed []byte) ([]byte, error) {
	in, out := blob(sealed), windows.DataBlob{}
	if err := windows.CryptUnprotectData(&in, nil, nil, 0, nil, windows.CRYPTPROTECT_UI_FORBIDDEN, &out); err != nil {
		return nil, err
	}
	return take(out)
}

func blob(b []byte) windows.DataBlob {
	if len(b) == 0 {
		return windows.DataBlob{}
	}
	return windows.DataBlob{Size: uint32(len(b)), Data: &b[0]}
}

// take copies what Windows allocated and frees it.
func take(b windows.DataBlob) ([]byte, error) {
	out := append([]byte(nil), unsafe.Slice(b.Data, b.Size)...)
	_, err := windows.LocalFree(windows.Handle(unsafe.Pointer(b.Data)))
	return out, err
}
