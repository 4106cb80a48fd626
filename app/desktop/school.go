package desktop

import (
	"context"
	"errors"

	"rongyuan/app"
	"rongyuan/app/practice"
	"rongyuan/store"
	dsync "rongyuan/sync"

	"rongyuan/store/record"
)

// school is a practice station with the practice district that runs beside it.
type school struct {
	banner   app.Practice
	district *practice.District
}

// openSchool makes the practice station where there is none, starts its
// district and enrols it there, so that syncing can be tried at once.
func (w Window) openSchool(ctx context.Context) (school, error) {
	opt := practice.Options{Dir: w.dir, Clock: w.env.Clock, Rand: w.env.Rand}
	var login practice.Login
	var err error
	if practice.Is(w.dir) {
		login, err = practice.ReadLogin(w.dir)
	} else {
		login, err = practice.Build(ctx, opt)
	}
	if err != nil {
		return school{}, err
	}
	opt.Dir = w.dir + "-district"
	district, err := practice.StartDistrict(ctx, opt)
	if err != nil {
		return school{}, err
	}
	if err := w.enrolSchool(ctx, login, district); err != nil {
		return school{}, errors.Join(err, district.Close())
	}
	return school{district: district, banner: app.Practice{
		Banner:  "练习站：这里的人都是虚构的，可以随便试，不影响真实资料。",
		Account: login.Account, Password: login.Password,
	}}, nil
}

func (w Window) enrolSchool(ctx context.Context, login practice.Login, d *practice.District) (err error) {
	db, err := store.Open(ctx, w.options())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	state, err := db.Exchange(ctx)
	if err != nil || state.Enrolled {
		return err
	}
	if err := db.Unlock(ctx, login.Account, login.Password); err != nil {
		return err
	}
	code, err := d.Code(ctx, practice.StationCode)
	if err != nil {
		return err
	}
	client := dsync.New(dsync.Options{Store: db, Clock: w.env.Clock, Rand: w.env.Rand, App: w.env.Version})
	err = client.Enrol(ctx, d.URL, code, d.Fingerprint, nil)
	if errors.Is(err, record.Fail(record.CodeAlreadyEnrolled)) {
		return nil
	}
	return err
}
