package district

import (
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"time"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// How long a client may take, so that slow ones hold nothing.
const (
	headerTime = 5 * time.Second
	readTime   = 60 * time.Second
	writeTime  = 90 * time.Second
	idleTime   = 120 * time.Second
	stopTime   = 10 * time.Second
	maxHeaders = 16 << 10
)

// Handler is the exchange and the console.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+wire.PathEnrol, s.answer(s.handleEnrol))
	mux.HandleFunc("POST "+wire.PathHello, s.answer(s.handleHello))
	mux.HandleFunc("POST "+wire.PathPush, s.answer(s.handlePush))
	mux.HandleFunc("POST "+wire.PathEndorse, s.answer(s.inSession(s.handleEndorse)))
	mux.HandleFunc("POST "+wire.PathPull, s.answer(s.inSession(s.handlePull)))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, "ok\n")
	})
	mux.Handle("/", s.console.handler())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.gate.address(addressOf(r), s.opt.Clock()) {
			s.refuse(w, record.Fail(record.CodeTooManyRequests))
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// Serve answers on a listener until ctx ends, then lets running requests end
// and returns nil. It closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	hosts := s.opt.Hosts
	if host, _, err := net.SplitHostPort(listener.Addr().String()); err == nil {
		hosts = append([]string{host}, hosts...)
	}
	leaf, err := s.authority.leaf(s.opt.Rand, s.opt.Clock(), hosts)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeaders,
		TLSConfig:      &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{leaf}},
		ErrorLog:       log.New(logWriter{s.log}, "", 0),
	}
	failed := make(chan error, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.ServeTLS(listener, "", ""); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	}()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		_ = server.Close() // what did not end in time is cut; what it stored is stored
	}
	<-ended
	return nil
}

// logWriter takes what net/http says of connections: it names addresses only.
type logWriter struct{ log *slog.Logger }

func (w logWriter) Write(line []byte) (int, error) {
	w.log.Debug("http", "line", string(line))
	return len(line), nil
}

func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// answered is a request of the exchange that was read; replay is an answer that
// was given before.
type replayError struct{ answer []byte }

func (e *replayError) Error() string { return "request was answered before" }

// answer writes what a handler gives: a message or a refusal.
func (s *Server) answer(handle func(http.ResponseWriter, *http.Request) ([]byte, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		raw, err := handle(w, r)
		var replay *replayError
		switch {
		case errors.As(err, &replay):
			s.write(w, http.StatusConflict, replay.answer)
		case err != nil:
			s.refuse(w, err)
		default:
			s.write(w, http.StatusOK, raw)
		}
	}
}

func (s *Server) write(w http.ResponseWriter, status int, raw []byte) {
	w.Header().Set("Content-Type", wire.TypeJSON)
	w.WriteHeader(status)
	if _, err := w.Write(raw); err != nil {
		s.log.Debug("answer not taken")
	}
}

// refuse writes a failure: a code, and nothing of what was asked.
func (s *Server) refuse(w http.ResponseWriter, err error) {
	code := record.CodeOf(err)
	f := wire.FailureError{Code: code}
	var own *record.Error
	if errors.As(err, &own) && code == record.CodeMalformed {
		f.Pointer = own.Field
	}
	var parted *partedError
	if errors.As(err, &parted) && wire.ValidHead(parted.head) {
		f.Head = &parted.head
	}
	if code == record.CodeVersionTooOld || code == record.CodeVersionTooNew {
		spoken := wire.Spoken(s.opt.App)
		f.Protocol = &spoken
	}
	status := statusOf(code)
	switch status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "2")
	case http.StatusInternalServerError:
		s.log.Error("request", "code", code, "cause", err.Error())
	}
	raw, failed := wire.Encode(wire.Failure{Error: f})
	if failed != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	s.write(w, status, raw)
}

// statusOf is the HTTP status of a code, for programs that read nothing else.
func statusOf(code record.Code) int {
	switch code {
	case record.CodeMalformed, record.CodeTooLong, record.CodeStationCode, record.CodeVersionTooNew:
		return http.StatusBadRequest
	case record.CodeUnauthorised, record.CodeRevoked:
		return http.StatusUnauthorized
	case record.CodeEnrolCode, record.CodeForeignRecord:
		return http.StatusForbidden
	case record.CodeNotFound:
		return http.StatusNotFound
	case record.CodeForked, record.CodeGap:
		return http.StatusConflict
	case record.CodeTooLarge:
		return http.StatusRequestEntityTooLarge
	case record.CodeTooManyRequests:
		return http.StatusTooManyRequests
	case record.CodeVersionTooOld:
		return http.StatusUpgradeRequired
	case record.CodeServerBusy, record.CodeDiskFull:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// readBody reads a body of one media type up to a size.
func readBody(w http.ResponseWriter, r *http.Request, kind string, most int64) ([]byte, error) {
	if r.Header.Get("Content-Type") != kind || r.Header.Get("Content-Encoding") != "" {
		return nil, record.Fail(record.CodeMalformed)
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, record.Fail(record.CodeTooLarge)
	case err != nil:
		return nil, record.Fail(record.CodeMalformed)
	}
	return raw, nil
}

func (s *Server) handleEnrol(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if !s.gate.stranger(addressOf(r), s.opt.Clock()) {
		return nil, record.Fail(record.CodeTooManyRequests)
	}
	raw, err := readBody(w, r, wire.TypeJSON, wire.MaxPlain)
	if err != nil {
		return nil, err
	}
	message, err := wire.DecodeEnrol(raw)
	if err != nil {
		return nil, err
	}
	a, err := s.enrol(r.Context(), message)
	if err != nil {
		return nil, err
	}
	return wire.Encode(a)
}

func (s *Server) handleHello(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	claim, device, err := s.claimed(r)
	if err != nil {
		return nil, err
	}
	raw, err := readBody(w, r, wire.TypeJSON, wire.MaxPlain)
	if err != nil {
		return nil, err
	}
	if claim.Sequence != 0 || claim.Challenge != "" {
		return nil, record.Fail(record.CodeUnauthorised)
	}
	scope, err := s.verified(r, claim, device, raw)
	if err != nil {
		return nil, err
	}
	message, err := wire.DecodeHello(raw)
	if err != nil {
		return nil, err
	}
	if !s.talks.greet(device.ID, message.Nonce) {
		s.note(r.Context(), scope, "replayed", device.ID)
		return nil, record.Fail(record.CodeUnauthorised)
	}
	receipt, err := s.greet(r.Context(), scope, message)
	if err != nil {
		return nil, err
	}
	challenge, err := s.talks.begin(s.opt.Rand, device.ID, s.opt.Clock())
	if err != nil {
		return nil, err
	}
	down, err := s.down(r.Context(), scope)
	if err != nil {
		return nil, err
	}
	return wire.Encode(wire.HelloAnswer{
		Challenge: challenge, ServerIncarnation: s.identity.Incarnation, Receipt: wire.Short(receipt, message.Head), Down: down,
	})
}

func (s *Server) handlePush(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	claim, device, err := s.claimed(r)
	if err != nil {
		return nil, err
	}
	session := s.talks.find(claim.Challenge, device.ID, s.opt.Clock())
	if session == nil || claim.Sequence < 1 {
		return nil, record.Fail(record.CodeUnauthorised)
	}
	raw, err := readBody(w, r, wire.TypeBatch, wire.MaxPacked)
	if err != nil {
		return nil, err
	}
	scope, err := s.verified(r, claim, device, raw)
	if err != nil {
		return nil, err
	}
	session.mu.Lock()
	defer session.mu.Unlock()
	if claim.Sequence <= session.last {
		return nil, s.replayed(r.Context(), scope, session, claim.Sequence)
	}
	answer, err := s.takePush(r.Context(), scope, raw)
	if err != nil {
		return nil, err
	}
	session.last, session.answer = claim.Sequence, answer
	return answer, nil
}

// replayed is the refusal of a request that was answered before: with the same
// answer for the last one, so that a doubled packet does no harm.
func (s *Server) replayed(ctx context.Context, scope Scope, session *talk, sequence int64) error {
	s.note(ctx, scope, "replayed", scope.device.ID)
	if sequence == session.last {
		return &replayError{session.answer}
	}
	return record.Fail(record.CodeUnauthorised)
}

// takePush unpacks, stores and applies. Once it is read a batch is stored, even
// when the station hangs up: it will ask, and find it there.
func (s *Server) takePush(ctx context.Context, scope Scope, packed []byte) ([]byte, error) {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return nil, record.Fail(record.CodeServerBusy)
	}
	plain, err := s.packer.Unpack(packed)
	if err != nil {
		return nil, err
	}
	batch, err := wire.DecodeBatch(plain)
	if err != nil {
		return nil, err
	}
	receipt, err := s.ingest(context.WithoutCancel(ctx), scope, batch)
	if err != nil {
		return nil, err
	}
	return wire.Encode(wire.PushAnswer{Receipt: wire.Short(receipt, batch.Head())})
}

// claimed finds the device that a request claims to come from, before its body
// is read. No headers, an unknown device and a wrong key all give the same
// answer.
func (s *Server) claimed(r *http.Request) (wire.Claim, Device, error) {
	claim, err := wire.ReadClaim(r.Header)
	if err != nil {
		return claim, Device{}, err
	}
	if !s.gate.device(claim.Device, s.opt.Clock()) {
		return claim, Device{}, record.Fail(record.CodeTooManyRequests)
	}
	var d Device
	err = s.storage.View(r.Context(), func(tx Tx) (err error) {
		d, err = tx.Device(claim.Device)
		return err
	})
	if notThere(err) {
		return claim, d, record.Fail(record.CodeUnauthorised)
	}
	return claim, d, err
}

// verified makes the scope of a device whose key signed this very request. Only
// who holds the key learns that it was revoked.
func (s *Server) verified(r *http.Request, claim wire.Claim, d Device, body []byte) (Scope, error) {
	signed := wire.Signed{Method: r.Method, Path: r.URL.Path, BodySum: wire.Sum(body)}
	if d.Algorithm != wire.Ed25519 || !claim.Holds(d.PublicKey, signed) {
		s.note(r.Context(), Scope{who: "stranger", station: d.Station}, "signature_refused", d.ID)
		return Scope{}, record.Fail(record.CodeUnauthorised)
	}
	if d.RevokedMS != 0 {
		s.note(r.Context(), deviceScope(d), "revoked_refused", d.ID)
		return Scope{}, record.Fail(record.CodeRevoked)
	}
	return deviceScope(d), nil
}

func publicKey(key ed25519.PrivateKey) []byte { return key.Public().(ed25519.PublicKey) }
