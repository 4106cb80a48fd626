package sync

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// maxAnswer bounds what is read of an answer, also of one that is no district's.
const maxAnswer = wire.MaxPlain

// longestWait bounds what a district may ask by Retry-After.
const longestWait = 10 * time.Minute

// link is the way to one district: connections that trust its authority only,
// and a count of what went over them.
type link struct {
	base       *url.URL
	client     *http.Client
	transport  *http.Transport
	timeout    time.Duration
	requests   int
	up, down   int64
	retryAfter time.Duration
}

// dial makes a link to a district whose authority was pinned. Nothing is sent
// yet.
func (c *Client) dial(district string, authority []byte) (*link, error) {
	base, err := districtURL(district)
	if err != nil {
		return nil, err
	}
	ca, err := x509.ParseCertificate(authority)
	if err != nil {
		return nil, record.Fail(record.CodeNotDistrict).Because(err)
	}
	t := &http.Transport{
		// Dialled here and not by net/http, which makes a text of the error that
		// tells a gateway's page from a line that is down.
		DialTLSContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return c.handshake(ctx, address, pinned(ca))
		},
		DisableCompression: true, MaxResponseHeaderBytes: 16 << 10, MaxIdleConns: 1,
	}
	return &link{base: base, transport: t, timeout: c.opt.Timeout, client: &http.Client{
		Transport: t,
		// A district never redirects; a hotel's or an office's gateway does.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// handshake opens a connection and speaks TLS on it. Its errors have codes.
func (c *Client) handshake(ctx context.Context, address string, config *tls.Config) (*tls.Conn, error) {
	raw, err := c.opt.Dial(ctx, "tcp", address)
	if err != nil {
		return nil, failure(err)
	}
	conn := tls.Client(raw, config)
	if err := conn.HandshakeContext(ctx); err != nil {
		_ = raw.Close()
		return nil, failure(err)
	}
	return conn, nil
}

// districtURL reads an address as a clerk types it: https:// may be left out,
// nothing else may stand in its place.
func districtURL(typed string) (*url.URL, error) {
	typed = strings.TrimSpace(record.Narrow(typed))
	if !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" {
		return nil, record.FailField("district", record.CodeInvalid)
	}
	return &url.URL{Scheme: "https", Host: u.Host}, nil
}

// pinned trusts one authority for one name, and no clock: a PC with a flat
// battery believes in 2009, and must still reach its district.
func pinned(ca *x509.Certificate) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS13,
		ServerName: wire.ServerName,
		// The check that this switches off follows in VerifyConnection, with the
		// pinned authority in place of the system's and without the clock.
		InsecureSkipVerify: true,
		VerifyConnection: func(state tls.ConnectionState) error {
			return verify(ca, state.PeerCertificates)
		},
	}
}

func verify(ca *x509.Certificate, chain []*x509.Certificate) error {
	if len(chain) == 0 {
		return errNotPinned
	}
	roots := x509.NewCertPool()
	roots.AddCert(ca)
	leaf := chain[0]
	at := leaf.NotBefore
	if ca.NotBefore.After(at) {
		at = ca.NotBefore
	}
	_, err := leaf.Verify(x509.VerifyOptions{
		Roots: roots, DNSName: wire.ServerName, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	})
	if err != nil {
		return errNotPinned
	}
	return nil
}

// errNotPinned is what answers is not the district that was pinned.
var errNotPinned = record.Fail(record.CodeNotDistrict)

func (l *link) close() { l.transport.CloseIdleConnections() }

// post sends one request. The code is what the district said, no_connection
// when nothing answered, not_district when something else did.
func (l *link) post(ctx context.Context, q request, header http.Header) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, l.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, l.base.JoinPath(q.path).String(), bytes.NewReader(q.body))
	if err != nil {
		return nil, record.FailField("district", record.CodeInvalid).Because(err)
	}
	req.Header = header
	req.Header.Set("Content-Type", q.kind)
	req.Header.Set("User-Agent", "rongyuan")
	// Without this, net/http repeats a request by itself on a dead connection;
	// a doubled sequence would be taken for a replay.
	req.GetBody = nil
	l.requests++
	l.up += int64(len(q.body))
	res, err := l.client.Do(req)
	if err != nil {
		return nil, failure(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	l.down += int64(len(raw))
	if err != nil {
		return nil, failure(err)
	}
	return l.judge(res, raw)
}

// judge tells a district's answer from whatever else may answer on a network.
func (l *link) judge(res *http.Response, raw []byte) ([]byte, error) {
	kind, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if err != nil || kind != wire.TypeJSON || len(raw) > maxAnswer {
		return nil, errNotPinned
	}
	if res.StatusCode == http.StatusOK {
		return raw, nil
	}
	f, err := wire.DecodeFailure(raw)
	if err != nil {
		return nil, errNotPinned
	}
	if seconds, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && seconds > 0 {
		l.retryAfter = min(time.Duration(seconds)*time.Second, longestWait)
	}
	return nil, record.Fail(f.Error.Code)
}

// failure gives a failed request its code.
func failure(err error) error {
	var own *record.Error
	if errors.As(err, &own) {
		return own
	}
	var notTLS tls.RecordHeaderError
	var alert tls.AlertError
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &notTLS) || errors.As(err, &alert) || errors.As(err, &certificate) {
		return record.Fail(record.CodeNotDistrict).Because(err)
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "remote error" { // a TLS alert of the other side
		return record.Fail(record.CodeNotDistrict).Because(err)
	}
	return record.Fail(record.CodeNoConnection).Because(err)
}
