package district

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"slices"
	"time"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// How long a code is good, and how many wrong tries spoil it.
const (
	codeLife  = 72 * time.Hour
	codeTries = 5
)

// Code is a new enrolment code, shown once and kept as a hash.
type Code struct {
	Code    string             `json:"code"`
	Station record.StationCode `json:"station"`
	// Expires is UTC, RFC 3339.
	Expires     string `json:"expires"`
	Fingerprint string `json:"fingerprint"`
}

// NewCode makes a one-time code for a station of this district. The codes are
// no_right and station_code.
func (s *Server) NewCode(ctx context.Context, scope Scope, station record.StationCode) (Code, error) {
	if err := scope.desk(record.RightManage); err != nil {
		return Code{}, err
	}
	if !station.Valid() || station.District() != s.identity.Code {
		return Code{}, record.FailField("station_code", record.CodeStationCode)
	}
	text, err := wire.NewCode(s.opt.Rand)
	if err != nil {
		return Code{}, err
	}
	now := s.opt.Clock()
	expires := now.Add(codeLife)
	err = s.storage.Update(ctx, func(tx Tx) error {
		if err := ensureStation(tx, scope, Station{Code: station, CreatedMS: now.UnixMilli()}); err != nil {
			return err
		}
		if err := s.audit(tx, scope, "code_made", string(station), ""); err != nil {
			return err
		}
		return tx.PutCode(EnrolCode{
			Station: station, Hash: codeHash(text), Officer: scope.who, CreatedMS: now.UnixMilli(), ExpiresMS: expires.UnixMilli(),
		})
	})
	return Code{text, station, expires.UTC().Format(time.RFC3339), s.Fingerprint()}, err
}

func ensureStation(tx Tx, scope Scope, st Station) error {
	have, err := tx.Station(scope, st.Code)
	switch {
	case errors.Is(err, record.Fail(record.CodeNotFound)):
		return tx.PutStation(scope, st)
	case err != nil:
		return err
	case have.Name == "" && st.Name != "":
		have.Name = st.Name
		return tx.PutStation(scope, have)
	}
	return nil
}

func codeHash(text string) []byte {
	sum := sha256.Sum256([]byte("rongyuan enrol code\n" + wire.ReadCode(text)))
	return sum[:]
}

// enrol takes a device. Whatever is wrong with a code, the answer is enrol_code.
// The same device may ask again with the code that it used, since the answer may
// have been lost on the way.
func (s *Server) enrol(ctx context.Context, e wire.Enrol) (wire.EnrolAnswer, error) {
	authority := sha256.Sum256(s.authority.cert.Raw)
	if !bytes.Equal(e.Authority, authority[:]) || !e.Proven() {
		return wire.EnrolAnswer{}, record.Fail(record.CodeUnauthorised)
	}
	id, err := s.newID()
	if err != nil {
		return wire.EnrolAnswer{}, err
	}
	refused := false
	err = s.storage.Update(ctx, func(tx Tx) error {
		code, err := s.redeem(tx, e)
		if err != nil || code == nil {
			refused = err == nil
			return err
		}
		if code.Device != "" {
			id = code.Device
			return nil
		}
		code.Device = id
		return s.admit(tx, e, *code)
	})
	if err != nil {
		return wire.EnrolAnswer{}, err
	}
	if refused {
		return wire.EnrolAnswer{}, record.Fail(record.CodeEnrolCode)
	}
	return wire.EnrolAnswer{
		Protocol: wire.Spoken(s.opt.App), Device: id, DistrictCode: s.identity.Code, DistrictName: s.identity.Name,
		DistrictKey: publicKey(s.signer), EscrowKey: s.escrow, ServerIncarnation: s.identity.Incarnation, ServerMS: s.nowMS(),
	}, nil
}

// redeem finds the code that was typed among the station's; nil when there is
// none, and then every open code of the station has one try less.
func (s *Server) redeem(tx Tx, e wire.Enrol) (*EnrolCode, error) {
	codes, err := tx.Codes(e.Station)
	if err != nil {
		return nil, err
	}
	hash := codeHash(e.Code)
	for _, code := range codes {
		if subtle.ConstantTimeCompare(code.Hash, hash) == 1 {
			good, err := s.good(tx, code, e)
			if err != nil || good {
				return &code, err
			}
		}
	}
	for _, code := range codes {
		if code.Device != "" || code.Tries >= codeTries {
			continue
		}
		code.Tries++
		if err := tx.PutCode(code); err != nil {
			return nil, err
		}
	}
	return nil, s.audit(tx, Scope{who: "enrol"}, "enrol_refused", string(e.Station), "")
}

// good reports whether a code may be used by this device.
func (s *Server) good(tx Tx, code EnrolCode, e wire.Enrol) (bool, error) {
	if code.ExpiresMS < s.nowMS() || code.Tries >= codeTries {
		return false, nil
	}
	if code.Device == "" {
		return true, nil
	}
	d, err := tx.Device(code.Device)
	return err == nil && d.RevokedMS == 0 && bytes.Equal(d.PublicKey, e.PublicKey) && d.Incarnation == e.Incarnation, err
}

// admit writes the device, its station and the used code.
func (s *Server) admit(tx Tx, e wire.Enrol, code EnrolCode) error {
	now := s.nowMS()
	d := Device{
		ID: code.Device, Station: e.Station, Algorithm: e.Algorithm, PublicKey: slices.Clone(e.PublicKey),
		Incarnation: e.Incarnation, EnrolledMS: now, App: e.Protocol.App,
	}
	scope := deviceScope(d)
	if err := ensureStation(tx, scope, Station{Code: e.Station, Name: e.Name, CreatedMS: now}); err != nil {
		return err
	}
	if err := tx.PutDevice(d); err != nil {
		return err
	}
	if err := tx.PutCode(code); err != nil {
		return err
	}
	return s.audit(tx, scope, "enrolled", string(e.Station), "")
}

// Revoke ends a device's right to speak, from its next request on. What it sent
// stays. The codes are no_right and not_found.
func (s *Server) Revoke(ctx context.Context, scope Scope, device string) error {
	if err := scope.desk(record.RightManage); err != nil {
		return err
	}
	return s.storage.Update(ctx, func(tx Tx) error {
		d, err := tx.Device(device)
		if err != nil {
			return err
		}
		if err := scope.only(d.Station); err != nil {
			return err
		}
		if d.RevokedMS != 0 {
			return record.Fail(record.CodeNothingToDo)
		}
		d.RevokedMS, d.RevokedBy = s.nowMS(), scope.who
		if err := tx.PutDevice(d); err != nil {
			return err
		}
		return s.audit(tx, scope, "revoked", d.ID, "")
	})
}
