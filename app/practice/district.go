package practice

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"

	"rongyuan/store/record"
	"rongyuan/sync/district"
)

// The practice district.
const (
	DistrictCode = "120103"
	DistrictName = "天津市河西区退役军人服务中心（练习）"
	Officer      = "区练习员"
)

// addressName is the file that keeps the district's address: a station that was
// enrolled would not find it elsewhere after the next start.
const addressName = "address.txt"

// District is a district server that runs inside this program, for practice.
type District struct {
	// URL is where it answers, https://127.0.0.1:port.
	URL string
	// Fingerprint is that of its CA.
	Fingerprint string
	// Login is the officer's, for the console.
	Login Login

	server *district.Server
	stop   context.CancelFunc
	done   chan error
}

// StartDistrict runs the practice district of a folder, which is made when it
// is missing. The caller closes it.
func StartDistrict(ctx context.Context, o Options) (*District, error) {
	server, login, err := openDistrict(ctx, o)
	if err != nil {
		return nil, err
	}
	listener, err := listen(o.Dir)
	if err != nil {
		return nil, errors.Join(record.Fail(record.CodeNoConnection).Because(err), server.Close())
	}
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	d := &District{
		URL: "https://" + listener.Addr().String(), Fingerprint: server.Fingerprint(), Login: login,
		server: server, stop: stop, done: make(chan error, 1),
	}
	go func() { d.done <- server.Serve(serving, listener) }()
	return d, nil
}

func openDistrict(ctx context.Context, o Options) (*district.Server, Login, error) {
	opt := district.Options{Folder: o.Dir, Clock: o.Clock, Rand: o.Rand, Passwords: o.Passwords, App: "practice"}
	if Is(o.Dir) {
		login, err := ReadLogin(o.Dir)
		if err != nil {
			return nil, login, err
		}
		server, err := district.Open(ctx, opt)
		return server, login, err
	}
	login := Login{Account: Officer, Password: o.Password}
	if login.Password == "" {
		d := dice{o.Rand}
		if login.Password = d.password(); d.err() != nil {
			return nil, login, d.err()
		}
	}
	server, err := district.Create(ctx, opt, district.Founding{
		Code: DistrictCode, Name: DistrictName, Officer: login.Account, Password: login.Password,
	})
	if err != nil {
		return nil, login, err
	}
	if err := login.save(o.Dir); err != nil {
		return nil, login, errors.Join(err, server.Close())
	}
	return server, login, nil
}

// listen takes the address of the last start where it is free, else any.
func listen(dir string) (net.Listener, error) {
	path := filepath.Join(dir, addressName)
	if last, err := os.ReadFile(path); err == nil {
		if l, err := net.Listen("tcp", strings.TrimSpace(string(last))); err == nil {
			return l, nil
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(path, []byte(l.Addr().String()+"\n"), 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// Code is a new enrolment code for a station.
func (d *District) Code(ctx context.Context, station record.StationCode) (string, error) {
	scope, err := d.server.Login(ctx, d.Login.Account, d.Login.Password)
	if err != nil {
		return "", err
	}
	code, err := d.server.NewCode(ctx, scope, station)
	return code.Code, err
}

// Write sends a letter to a station.
func (d *District) Write(ctx context.Context, station record.StationCode, title, text string) error {
	scope, err := d.server.Login(ctx, d.Login.Account, d.Login.Password)
	if err != nil {
		return err
	}
	_, err = d.server.SendNotice(ctx, scope, station, record.Notice{Title: title, Text: text}, false)
	return err
}

// Server is the district itself, for a look at what arrived.
func (d *District) Server() *district.Server { return d.server }

// Close lets running requests end and closes the district.
func (d *District) Close() error {
	d.stop()
	return errors.Join(<-d.done, d.server.Close())
}
