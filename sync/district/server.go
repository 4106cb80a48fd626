package district

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"rongyuan/store/record"
	"rongyuan/store/seal"
	"rongyuan/sync/wire"
)

const storageFile = "district.db"

// Options say where a district lives and where time and randomness come from.
type Options struct {
	// Folder holds the storage and the keys.
	Folder string
	Clock  func() time.Time
	// Rand is a cryptographic source.
	Rand io.Reader
	// Log takes what an operator must know, without personal data; nil for none.
	Log *slog.Logger
	// Hosts are further names and addresses that browsers use; stations do not
	// need them.
	Hosts []string
	// App is the program's version.
	App string
	// Passwords are the costs of argon2id for officers; the zero value means the
	// strong ones.
	Passwords seal.Params
	// Rates bound how often one may ask; the zero value means the usual ones.
	Rates Rates
	// VillageName is the name of a community by its code of twelve digits; nil
	// shows the code.
	VillageName func(code string) string
	// Storage is used in place of the embedded file when it is set; it is closed
	// with the server.
	Storage Storage
}

// Founding is a new district and its first officer.
type Founding struct {
	// Code is the six digits of the district (GB/T 2260).
	Code, Name, Officer, Password string
}

// Server is a district's receiving side. It is safe for several goroutines, and
// several processes may use one folder.
type Server struct {
	opt       Options
	log       *slog.Logger
	storage   Storage
	vault     *vault
	authority *authority
	signer    ed25519.PrivateKey
	escrow    []byte // the public key for which stations wrap their data keys
	identity  Identity
	shapes    map[record.EntityKind]shape
	packer    *wire.Packer
	gate      *gate
	talks     *talks
	console   *console
	slots     chan struct{} // batches in memory at once
}

// batchesAtOnce bounds what batches can hold of memory, each [wire.MaxUnpacked]
// at the very most.
const batchesAtOnce = 4

// Create makes a district in an empty folder. The codes are station_exists,
// station_code for a district code that has not six digits, and those of
// passwords.
func Create(ctx context.Context, opt Options, f Founding) (*Server, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(opt.Folder, 0o700); err != nil {
		return nil, record.Fail(record.CodeFileUnwritten).Because(err)
	}
	if there(filepath.Join(opt.Folder, authorityFile)) || there(filepath.Join(opt.Folder, storageFile)) {
		return nil, record.Fail(record.CodeStationExists)
	}
	if err := makeKeys(opt, f); err != nil {
		return nil, err
	}
	storage, err := storageOf(ctx, opt)
	if err != nil {
		return nil, err
	}
	if err := found(ctx, storage, opt, f); err != nil {
		return nil, errors.Join(err, storage.Close())
	}
	opt.Storage = storage
	return Open(ctx, opt)
}

func (f Founding) check() error {
	if len(f.Code) != 6 || strings.Trim(f.Code, "0123456789") != "" {
		return record.FailField("code", record.CodeInvalid)
	}
	if strings.TrimSpace(f.Name) == "" {
		return record.FailField("name", record.CodeRequired)
	}
	if strings.TrimSpace(f.Officer) == "" {
		return record.FailField("admin", record.CodeRequired)
	}
	return checkPassword(f.Officer, f.Password)
}

func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func makeKeys(opt Options, f Founding) error {
	v, err := newVault(opt.Rand, opt.Folder)
	if err != nil {
		return err
	}
	defer v.wipe()
	if err := newEscrow(opt.Rand, opt.Folder, v); err != nil {
		return err
	}
	if _, err := newSigner(opt.Rand, opt.Folder); err != nil {
		return err
	}
	_, err = newAuthority(opt.Rand, opt.Folder, f.Name, opt.Clock())
	return err
}

func storageOf(ctx context.Context, opt Options) (Storage, error) {
	if opt.Storage != nil {
		return opt.Storage, nil
	}
	return OpenSQLite(ctx, filepath.Join(opt.Folder, storageFile))
}

// found writes the district and its first officer.
func found(ctx context.Context, storage Storage, opt Options, f Founding) error {
	incarnation := make([]byte, 16)
	if _, err := io.ReadFull(opt.Rand, incarnation); err != nil {
		return fmt.Errorf("make incarnation: %w", err)
	}
	officer, err := newOfficer(opt, f.Officer, f.Password)
	if err != nil {
		return err
	}
	return storage.Update(ctx, func(tx Tx) error {
		now := opt.Clock().UnixMilli()
		err := tx.PutDistrict(Identity{f.Code, f.Name, record.Incarnation(hex.EncodeToString(incarnation)), now})
		if err != nil {
			return err
		}
		return tx.PutOfficer(officer)
	})
}

// Open opens a district that was created. The codes are no_station, those of
// the storage and those of the key files.
func Open(ctx context.Context, opt Options) (*Server, error) {
	if !there(filepath.Join(opt.Folder, authorityFile)) {
		return nil, record.Fail(record.CodeNoStation)
	}
	if opt.Storage == nil && !there(filepath.Join(opt.Folder, storageFile)) {
		return nil, record.Fail(record.CodeFileMissing)
	}
	s := &Server{opt: opt, log: opt.Log, shapes: shapes(), slots: make(chan struct{}, batchesAtOnce)}
	if s.opt.VillageName == nil {
		s.opt.VillageName = func(code string) string { return code }
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if s.storage, err = storageOf(ctx, opt); err != nil {
		return nil, err
	}
	if err := s.load(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Server) load(ctx context.Context) error {
	var err error
	if s.vault, err = openVault(s.opt.Rand, s.opt.Folder); err != nil {
		return err
	}
	if s.signer, err = openSigner(s.opt.Folder); err != nil {
		return err
	}
	if s.authority, err = openAuthority(s.opt.Folder); err != nil {
		return err
	}
	escrow, err := s.openEscrow()
	if err != nil {
		return err
	}
	s.escrow = escrow.PublicKey().Bytes()
	if s.packer, err = wire.NewPacker(); err != nil {
		return err
	}
	s.gate, s.talks = newGate(s.opt.Rates), newTalks()
	s.console = newConsole(s)
	err = s.storage.View(ctx, func(tx Tx) (err error) {
		s.identity, err = tx.District()
		return err
	})
	if err != nil {
		return err
	}
	return s.applyAll(ctx)
}

// Close closes the storage and wipes the keys.
func (s *Server) Close() error {
	if s.vault != nil {
		s.vault.wipe()
	}
	return s.storage.Close()
}

// Identity is the district's code, name and the life of its storage.
func (s *Server) Identity() Identity { return s.identity }

// Fingerprint is the fingerprint of the district's CA, as officers read it to a
// station's clerk.
func (s *Server) Fingerprint() string { return wire.Fingerprint(s.authority.cert.Raw) }

func (s *Server) nowMS() int64 { return s.opt.Clock().UnixMilli() }

// newID makes a UUID of version 4: what is named by it says nothing of when.
func (s *Server) newID() (string, error) {
	id, err := uuid.NewRandomFromReader(s.opt.Rand)
	if err != nil {
		return "", fmt.Errorf("make id: %w", err)
	}
	return id.String(), nil
}
