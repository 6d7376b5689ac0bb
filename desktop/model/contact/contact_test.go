package contact_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/contact"
	"sightline.example/policy"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// desk is the editing of the contact of a client in front of a sidecar.
type desk struct {
	*contact.Edit
	t      *testing.T
	pump   *asynctest.Pump
	owner  *client.Client
	cfg    contact.Config
	before func() // is done right before the change is sent
	known  []string
	saved  []contact.Saved
	failed []error
}

func open(t *testing.T, owner *client.Client, id policy.ClientID, s policy.Scope) *desk {
	t.Helper()
	c := policy.Client{ID: id, Name: "Acme", Email: string(id) + "@client.example", Status: policy.Active, Scope: s}
	stored, err := owner.Clients().Create(t.Context(), c, client.Terms{Force: true})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, pump: asynctest.New(t), owner: owner, before: func() {}}
	d.cfg = contact.Calls(d.pump, owner, func(email string) bool { return slices.Contains(d.known, email) })
	replace := d.cfg.Replace
	d.cfg.Replace = func(ctx context.Context, id string, revision int64, c policy.Client, t client.Terms) (client.Stored[policy.Client], error) {
		before := d.before
		d.before = func() {}
		before()
		return replace(ctx, id, revision, c, t)
	}
	d.Edit = contact.New(d.cfg, stored.Value, stored.Revision)
	d.OnSaved = func(s contact.Saved) { d.saved = append(d.saved, s) }
	d.OnFailed = func(err error) { d.failed = append(d.failed, err) }
	return d
}

func (d *desk) save() {
	d.t.Helper()
	d.Save()
	d.pump.Settle()
}

func (d *desk) stored() client.Stored[policy.Client] {
	d.t.Helper()
	stored, err := d.owner.Clients().Get(d.t.Context(), string(d.Client().ID))
	if err != nil {
		d.t.Fatal(err)
	}
	return stored
}

// other changes the client as another admin would.
func (d *desk) other(change func(*policy.Client)) client.Stored[policy.Client] {
	d.t.Helper()
	now := d.stored()
	change(&now.Value)
	next, err := d.owner.Clients().Replace(d.t.Context(), string(now.Value.ID), now.Revision, now.Value, client.Terms{Force: true})
	if err != nil {
		d.t.Fatal(err)
	}
	return next
}

func (d *desk) wantStored(name, email string) {
	d.t.Helper()
	c := d.stored().Value
	if diff := cmp.Diff([]string{name, email}, []string{c.Name, c.Email}); diff != "" {
		d.t.Errorf("stored: -want +got\n%s", diff)
	}
}

func TestAContact(t *testing.T) {
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	for name, test := range map[string]func(*testing.T, *client.Client){
		"is saved, and taken back":                   savesAndTakesBack,
		"is saved beside what others change":         savesBesideOthers,
		"is saved in a scope with dead references":   savesWithDead,
		"does not overwrite what nobody has seen":    overwritesNothing,
		"overwrites what was seen":                   overwritesSeen,
		"tells what is wrong beside what was seen":   tellsBesideNews,
		"shows what others change":                   follows,
		"shows what came while it was being saved":   followsLate,
		"is not saved with mistakes":                 refusesMistakes,
		"tells that the sidecar knows the address":   tellsRefusal,
		"is not taken back over what was done since": undoClashes,
		"tells that the client was deleted":          tellsDeleted,
		"waits while the sidecar can't be reached":   waits,
	} {
		t.Run(name, func(t *testing.T) { test(t, owner) })
	}
}

func savesAndTakesBack(t *testing.T, owner *client.Client) {
	d := open(t, owner, "saves", policy.Scope{})
	if d.CanSave() {
		t.Error("nothing was changed, and can be saved")
	}
	d.Set(contact.Name, " Acme Bank ")
	d.Set(contact.Email, "new@client.example")
	d.save()
	d.wantStored("Acme Bank", "new@client.example")
	if len(d.saved) != 1 || !d.saved[0].Changed(contact.Email) || d.Text(contact.Name) != "Acme Bank" || d.CanSave() {
		t.Fatalf("saved %+v, and the name is %q", d.saved, d.Text(contact.Name))
	}
	d.other(func(c *policy.Client) { c.Scope.Screencasts = true })
	d.cfg.Undo(d.saved[0], func(err error) { d.failed = append(d.failed, err) })
	d.pump.Settle()
	d.wantStored("Acme", "saves@client.example")
	if !d.stored().Value.Scope.Screencasts || d.failed[0] != nil {
		t.Errorf("taken back with %v, and the scope is %+v", d.failed, d.stored().Value.Scope)
	}
}

func savesBesideOthers(t *testing.T, owner *client.Client) {
	d := open(t, owner, "beside", policy.Scope{})
	d.Set(contact.Name, "Acme Bank")
	d.before = func() {
		d.other(func(c *policy.Client) { c.Scope.Screencasts, c.Email = true, "theirs@client.example" })
	}
	d.save()
	d.wantStored("Acme Bank", "theirs@client.example")
	if !d.stored().Value.Scope.Screencasts || d.Text(contact.Email) != "theirs@client.example" {
		t.Errorf("the scope is %+v, the address shown %q", d.stored().Value.Scope, d.Text(contact.Email))
	}
}

func savesWithDead(t *testing.T, owner *client.Client) {
	d := open(t, owner, "dead", policy.Scope{Groups: []policy.GroupID{"gone"}})
	d.Set(contact.Name, "Acme Bank")
	d.save()
	d.wantStored("Acme Bank", "dead@client.example")
}

func overwritesNothing(t *testing.T, owner *client.Client) {
	d := open(t, owner, "unseen", policy.Scope{})
	d.Set(contact.Name, "Mine")
	d.before = func() { d.other(func(c *policy.Client) { c.Name = "Theirs" }) }
	d.save()
	d.wantStored("Theirs", "unseen@client.example")
	if stored, changed := d.News(contact.Name); !changed || stored != "Theirs" || d.Text(contact.Name) != "Mine" || len(d.failed) != 1 || d.Err() != nil {
		t.Errorf("news: %q (%t) beside %q; failed: %v; %v", stored, changed, d.Text(contact.Name), d.failed, d.Err())
	}
	d.save()
	d.wantStored("Mine", "unseen@client.example")
}

func overwritesSeen(t *testing.T, owner *client.Client) {
	d := open(t, owner, "seen", policy.Scope{})
	d.Set(contact.Email, "mine@client.example")
	theirs := d.other(func(c *policy.Client) { c.Email = "others@client.example" })
	d.Follow(&theirs.Value, theirs.Revision)
	if _, changed := d.News(contact.Email); !changed {
		t.Error("it is not told that somebody else has changed the address")
	}
	d.save()
	d.wantStored("Acme", "mine@client.example")
	if _, changed := d.News(contact.Email); changed {
		t.Error("it is still told that somebody else has changed the address")
	}
}

func tellsBesideNews(t *testing.T, owner *client.Client) {
	d := open(t, owner, "news", policy.Scope{})
	open(t, owner, "has", policy.Scope{})
	d.Set(contact.Name, "Mine")
	d.Set(contact.Email, "has@client.example")
	theirs := d.other(func(c *policy.Client) { c.Name = "Theirs" })
	d.Follow(&theirs.Value, theirs.Revision)
	d.save()
	if policy.CodeOf(d.Err()) != policy.Exists {
		t.Errorf("told is %v", d.Err())
	}
}

func follows(t *testing.T, owner *client.Client) {
	d := open(t, owner, "follows", policy.Scope{})
	d.Set(contact.Name, "Mine")
	theirs := d.other(func(c *policy.Client) { c.Name, c.Email = "Theirs", "follower@client.example" })
	d.Follow(&theirs.Value, theirs.Revision)
	d.Follow(&policy.Client{Name: "Old"}, 1)
	if d.Text(contact.Name) != "Mine" || d.Text(contact.Email) != "follower@client.example" {
		t.Errorf("shown are %q and %q", d.Text(contact.Name), d.Text(contact.Email))
	}
	d.Set(contact.Name, "Theirs")
	if _, changed := d.News(contact.Name); changed || d.CanSave() {
		t.Error("what is as theirs is to be saved")
	}
}

func followsLate(t *testing.T, owner *client.Client) {
	d := open(t, owner, "late", policy.Scope{})
	open(t, owner, "owned", policy.Scope{})
	d.Set(contact.Email, "owned@client.example")
	d.Save()
	d.Follow(&policy.Client{ID: "late", Name: "Theirs", Email: "late@client.example"}, 1<<40)
	d.pump.Settle()
	if d.Text(contact.Name) != "Theirs" || policy.CodeOf(d.Err()) != policy.Exists {
		t.Errorf("the name is %q, the error %v", d.Text(contact.Name), d.Err())
	}
}

func refusesMistakes(t *testing.T, owner *client.Client) {
	d := open(t, owner, "mistakes", policy.Scope{})
	d.known = []string{"taken@client.example", "mistakes@client.example"}
	for _, email := range []string{"", "nobody", "Taken@client.example"} {
		d.Set(contact.Email, email)
		if d.Fault(contact.Email) == nil || d.CanSave() {
			t.Errorf("%q can be saved", email)
		}
	}
	d.Set(contact.Email, "Mistakes@client.example") // its own
	if d.Fault(contact.Email) != nil || !d.CanSave() {
		t.Errorf("the same address in other letters can't be saved: %v", d.Fault(contact.Email))
	}
	d.Set(contact.Name, " ")
	if d.Fault(contact.Name) == nil || d.CanSave() {
		t.Error("no name can be saved")
	}
}

func tellsRefusal(t *testing.T, owner *client.Client) {
	d := open(t, owner, "refused", policy.Scope{})
	open(t, owner, "holder", policy.Scope{})
	d.Set(contact.Email, "holder@client.example")
	d.save()
	if policy.CodeOf(d.Err()) != policy.Exists || len(d.failed) != 1 || d.Busy() {
		t.Errorf("the error is %v, told %v", d.Err(), d.failed)
	}
	d.Set(contact.Email, "free@client.example")
	if d.Err() != nil {
		t.Errorf("it is told of another address: %v", d.Err())
	}
}

func undoClashes(t *testing.T, owner *client.Client) {
	d := open(t, owner, "clash", policy.Scope{})
	d.Set(contact.Name, "Acme Bank")
	d.save()
	d.other(func(c *policy.Client) { c.Name = "Theirs" })
	var told error
	d.cfg.Undo(d.saved[0], func(err error) { told = err })
	d.pump.Settle()
	d.wantStored("Theirs", "clash@client.example")
	if policy.CodeOf(told) != policy.Stale {
		t.Errorf("told is %v", told)
	}
}

func tellsDeleted(t *testing.T, owner *client.Client) {
	d := open(t, owner, "deleted", policy.Scope{})
	d.Set(contact.Name, "Acme Bank")
	d.before = func() {
		if _, err := owner.Clients().Delete(t.Context(), "deleted", d.stored().Revision, client.Terms{}); err != nil {
			t.Error(err)
		}
	}
	d.save()
	if !d.Gone() || d.CanSave() {
		t.Errorf("gone: %t, can be saved: %t", d.Gone(), d.CanSave())
	}
}

func waits(t *testing.T, owner *client.Client) {
	d := open(t, owner, "waits", policy.Scope{})
	d.Set(contact.Name, "Acme Bank")
	d.SetOffline(true)
	d.save()
	d.wantStored("Acme", "waits@client.example")
}
