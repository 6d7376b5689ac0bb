package httpd_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/rego"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/httpd"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/signin"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/store/storetest"
)

// desk is a server that lets people in, with a clock of its own.
type desk struct {
	*sidecar
	*signin.Desk
	since atomic.Int64
}

func (d *desk) now() time.Time { return today.Add(time.Duration(d.since.Load())) }

func (d *desk) pass(t time.Duration) { d.since.Add(int64(t)) }

// forget makes the next try the first one.
func (d *desk) forget(t *testing.T, email string) {
	t.Helper()
	if err := d.ForgetAttempts(t.Context(), policy.SubjectAdmin, email); err != nil {
		t.Fatal(err)
	}
}

// startDesk starts one whose store has the admin olive@lumen.example. Its
// snapshot stands still, like that of startAdmin.
func startDesk(t *testing.T) *desk {
	t.Helper()
	opened := storetest.Start(t).Open(t, "/test/")
	d := &desk{sidecar: &sidecar{log: &bytes.Buffer{}, state: httpd.Fresh}}
	d.wait = func(context.Context, int64) error { return nil }
	d.viewed = func() {}
	log := slog.New(slog.NewTextHandler(d.log, nil))
	var err error
	d.engine, err = engine.New(t.Context(), rego.Files, engine.Config{Limit: time.Minute}) // machines of tests stand still now and then
	if err != nil {
		t.Fatal(err)
	}
	d.engine.Swap(data(7))
	changes := admin.New(admin.Config{Store: opened, Engine: d.engine, Now: d.now, Log: log})
	hasher := password.New()
	d.Desk = signin.New(signin.Config{Admin: changes, Store: opened, Engine: d.engine, Passwords: hasher, Now: d.now, Log: log})
	d.handler = httpd.New(httpd.Config{
		Engine: d, Feed: d, Admin: changes, Desk: d.Desk, Log: log,
		State: func() httpd.State { return d.state },
		Now:   func() time.Time { return today }, // keys do not expire
	})
	server := httptest.NewServer(d.handler)
	t.Cleanup(server.Close)
	d.url = server.URL
	hash, err := hasher.Hash(t.Context(), herons)
	if err != nil {
		t.Fatal(err)
	}
	olive := policy.Admin{ID: "olive", Name: "Olive", Email: "olive@lumen.example", Role: policy.RoleOwner, Status: policy.Active}
	address := store.AddressOf(olive.Email, "olive")
	_, err = opened.Touch(t.Context(),
		opened.Admins().Create("olive", olive),
		opened.Secrets(policy.SubjectAdmin).Create("olive", store.Secret{ID: "olive", Password: hash}),
		opened.Addresses(policy.SubjectAdmin).Create(string(address.ID), address))
	if err != nil {
		t.Fatal(err)
	}
	return d
}
