package sync

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// Enrolling is what a clerk types to enrol: the district's address, the one-time
// code, and the fingerprint of the district's CA where it is known. Without one,
// Confirm is asked with the fingerprint that was found and the district's name.
type Enrolling struct {
	URL, Code, Fingerprint string
	Confirm                func(fingerprint, districtName string) bool
}

// Enrol makes the device known to a district and keeps the enrolment. The
// authority is compared before anything is sent. The codes are already_enrolled,
// no_connection, not_district (also for another fingerprint, and when Confirm
// says no), enrol_code and version_….
func (c *Client) Enrol(ctx context.Context, url, code, fingerprint string, confirm func(fingerprint, districtName string) bool) error { //nolint:revive // the four things that a clerk is asked for
	return c.enrol(ctx, Enrolling{url, code, fingerprint, confirm})
}

func (c *Client) enrol(ctx context.Context, e Enrolling) error {
	c.one.Lock()
	defer c.one.Unlock()
	switch _, err := c.opt.Store.Enrolment(ctx); record.CodeOf(err) {
	case "":
		return record.Fail(record.CodeAlreadyEnrolled)
	case record.CodeNotEnrolled:
	default:
		return err
	}
	if len(wire.ReadCode(e.Code)) != 16 {
		return record.FailField("code", record.CodeEnrolCode)
	}
	ca, err := c.authority(ctx, e.URL)
	if err != nil {
		return fmt.Errorf("enrol: %w", err)
	}
	if !e.trusts(ca) {
		return record.FailField("fingerprint", record.CodeNotDistrict)
	}
	return c.enrolAt(ctx, e, ca)
}

func (e Enrolling) trusts(ca *x509.Certificate) bool {
	found := wire.Fingerprint(ca.Raw)
	if e.Fingerprint != "" {
		return wire.SameFingerprint(e.Fingerprint, found)
	}
	return e.Confirm != nil && e.Confirm(found, ca.Subject.CommonName)
}

// authority fetches a district's CA certificate from its TLS handshake. Nothing
// of it is trusted yet.
func (c *Client) authority(ctx context.Context, typed string) (*x509.Certificate, error) {
	base, err := districtURL(typed)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.Timeout)
	defer cancel()
	address := base.Host
	if base.Port() == "" {
		address = net.JoinHostPort(base.Hostname(), "443")
	}
	// The chain is looked at below, and the fingerprint decides.
	conn, err := c.handshake(ctx, address, &tls.Config{MinVersion: tls.VersionTLS13, ServerName: wire.ServerName, InsecureSkipVerify: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	chain := conn.ConnectionState().PeerCertificates
	ca := chain[len(chain)-1]
	if !ca.IsCA || ca.CheckSignatureFrom(ca) != nil {
		return nil, errNotPinned
	}
	return ca, verify(ca, chain)
}

func (c *Client) enrolAt(ctx context.Context, e Enrolling, ca *x509.Certificate) error {
	link, err := c.dial(e.URL, ca.Raw)
	if err != nil {
		return err
	}
	defer link.close()
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(c.opt.Rand, seed); err != nil {
		return fmt.Errorf("make device key: %w", err)
	}
	message, err := c.enrolment(ctx, e.Code, ca, ed25519.NewKeyFromSeed(seed))
	if err != nil {
		return err
	}
	a, err := askEnrol(ctx, link, message)
	if err != nil {
		return fmt.Errorf("enrol: %w", err)
	}
	return c.opt.Store.SaveEnrolment(ctx, record.Enrolment{
		District: link.base.String(), DistrictCode: a.DistrictCode, DistrictName: a.DistrictName, Authority: ca.Raw,
		DistrictKey: a.DistrictKey, EscrowKey: a.EscrowKey, Device: a.Device, DeviceKey: seed, ServerIncarnation: a.ServerIncarnation, EnrolledMS: a.ServerMS,
	})
}

func (c *Client) enrolment(ctx context.Context, code string, ca *x509.Certificate, key ed25519.PrivateKey) (wire.Enrol, error) {
	station, err := c.opt.Store.Station(ctx)
	if err != nil {
		return wire.Enrol{}, err
	}
	head, err := c.opt.Store.Head(ctx)
	if err != nil {
		return wire.Enrol{}, err
	}
	sum := sha256.Sum256(ca.Raw)
	message := wire.Enrol{
		Protocol: wire.Spoken(c.opt.App), Station: station.Code, Name: station.Name, Incarnation: head.Incarnation, Code: code,
		Algorithm: wire.Ed25519, PublicKey: key.Public().(ed25519.PublicKey), Authority: sum[:],
	}
	message.Code = strings.TrimSpace(record.Narrow(code))
	message.Proof = ed25519.Sign(key, message.Bytes())
	return message, nil
}

// askEnrol sends the request, and once more when the answer was lost: the code
// is used then, and the district knows the key that used it.
func askEnrol(ctx context.Context, l *link, message wire.Enrol) (wire.EnrolAnswer, error) {
	body, err := wire.Encode(message)
	if err != nil {
		return wire.EnrolAnswer{}, err
	}
	q := request{path: wire.PathEnrol, kind: wire.TypeJSON, body: body}
	raw, err := l.post(ctx, q, http.Header{})
	if record.CodeOf(err) == record.CodeNoConnection {
		raw, err = l.post(ctx, q, http.Header{})
	}
	if err != nil {
		return wire.EnrolAnswer{}, err
	}
	a, err := wire.DecodeEnrolAnswer(raw)
	if err != nil {
		return a, record.Fail(record.CodeNotDistrict).Because(err)
	}
	return a, nil
}
