package editor_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/editor"
	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// company is the directory of the tests: twelve people, two groups, two projects.
func company() api.Document {
	doc := api.Document{Directory: policy.Directory{
		Groups:   []policy.Group{{ID: "design", Name: "Design"}, {ID: "dev", Name: "Development"}},
		Projects: []policy.Project{{ID: "app", Name: "App"}, {ID: "site", Name: "Website"}},
	}}
	for i := range 12 {
		e := policy.Employee{ID: policy.EmployeeID(rune('a' + i)), Name: "Employee", Projects: []policy.ProjectID{"site"}}
		e.Groups = []policy.GroupID{"design"}
		if i >= 2 {
			e.Groups = []policy.GroupID{"dev"}
		}
		doc.Employees = append(doc.Employees, e)
	}
	return doc
}

// desk is an editor at work in front of a sidecar.
type desk struct {
	*editor.Editor
	t       *testing.T
	pump    *asynctest.Pump
	owner   *client.Client
	cfg     editor.Config
	asked   []editor.Doubt
	saved   []editor.Saved
	kept    map[policy.ClientID]scope.Record
	invited []policy.Client
}

func newSidecar(t *testing.T) *client.Client {
	t.Helper()
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	if _, err := owner.Import(t.Context(), company(), client.Terms{}); err != nil {
		t.Fatal(err)
	}
	return owner
}

// open opens an editor of a fresh client with the scope.
func open(t *testing.T, owner *client.Client, id policy.ClientID, s policy.Scope, adjust ...func(*editor.Config)) *desk {
	t.Helper()
	c := policy.Client{ID: id, Name: "Acme", Email: string(id) + "@client.example", Status: policy.Active, Scope: s}
	stored, err := owner.Clients().Create(t.Context(), c, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, pump: asynctest.New(t), owner: owner, kept: map[policy.ClientID]scope.Record{}}
	d.cfg = editor.Calls(d.pump, owner)
	d.cfg.Keep = func(r scope.Record) { d.kept[r.Client] = r }
	d.cfg.Forget = func(id policy.ClientID) { delete(d.kept, id) }
	for _, f := range adjust {
		f(&d.cfg)
	}
	d.sit(stored)
	return d
}

// sit opens the editor of a version.
func (d *desk) sit(stored client.Stored[policy.Client]) {
	d.Editor = editor.New(d.cfg, stored.Value, stored.Revision)
	d.OnAsk = func(q editor.Question) { d.asked = append(d.asked, q.Doubt) }
	d.OnSaved = func(s editor.Saved) { d.saved = append(d.saved, s) }
	d.OnRecreated = func(c policy.Client) { d.invited = append(d.invited, c) }
	d.Sketch.SetDirectory(sketch.NewDirectory(
		[]sketch.Thing{{ID: "design", Name: "Design"}, {ID: "dev", Name: "Development"}},
		[]sketch.Thing{{ID: "app", Name: "App"}, {ID: "site", Name: "Website"}}))
	d.t.Cleanup(d.Close)
	d.rest()
}

// rest lets everything come to an end: previews, saves, what is kept.
func (d *desk) rest() {
	d.t.Helper()
	d.pump.Advance(2 * time.Second)
}

func (d *desk) save() {
	d.t.Helper()
	d.Save()
	d.rest()
}

// insist saves, whatever is asked.
func (d *desk) insist() {
	d.t.Helper()
	d.save()
	if len(d.asked) > 0 {
		d.Confirm()
		d.rest()
	}
}

// stored returns the client as the sidecar has it.
func (d *desk) stored() client.Stored[policy.Client] {
	d.t.Helper()
	stored, err := d.owner.Clients().Get(d.t.Context(), string(d.Client().ID))
	if err != nil {
		d.t.Fatal(err)
	}
	return stored
}

func (d *desk) wantStored(want policy.Scope) {
	d.t.Helper()
	if diff := cmp.Diff(want, d.stored().Value.Scope); diff != "" {
		d.t.Errorf("stored: -want +got\n%s", diff)
	}
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

func (d *desk) otherDeletes() {
	d.t.Helper()
	now := d.stored()
	if _, err := d.owner.Clients().Delete(d.t.Context(), string(now.Value.ID), now.Revision, client.Terms{}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) wantAsked(want ...editor.Doubt) {
	d.t.Helper()
	if diff := cmp.Diff(want, d.asked); diff != "" {
		d.t.Errorf("asked: -want +got\n%s", diff)
	}
}

func (d *desk) wantPhase(want editor.Phase) {
	d.t.Helper()
	if d.Phase() != want {
		d.t.Fatalf("the editor is %s, want %s (%v)", d.Phase(), want, d.Err())
	}
}

func (d *desk) wantClean() {
	d.t.Helper()
	if d.Dirty() || len(d.kept) != 0 || d.News() != nil {
		d.t.Errorf("dirty %t, kept %v, news %v", d.Dirty(), d.kept, d.News())
	}
}

var (
	designers = policy.Scope{Groups: []policy.GroupID{"design"}}
	all       = policy.Scope{Groups: []policy.GroupID{"design", "dev"}}
	onSite    = policy.Scope{Projects: []policy.ProjectID{"site"}}
)

func with(s policy.Scope, change func(*policy.Scope)) policy.Scope {
	s = scope.Canonical(s)
	change(&s)
	return scope.Canonical(s)
}

// failing returns a replace that fails so often before it is the real one, after
// the change has taken effect or before.
func failing(times int, after bool) func(*editor.Config) {
	return func(cfg *editor.Config) {
		replace := cfg.Replace
		cfg.Replace = func(ctx context.Context, id string, revision int64, c policy.Client, t client.Terms) (client.Stored[policy.Client], error) {
			if times--; times < 0 {
				return replace(ctx, id, revision, c, t)
			}
			if after {
				if stored, err := replace(ctx, id, revision, c, t); err != nil {
					return stored, err
				}
			}
			return client.Stored[policy.Client]{}, policy.Errorf(policy.Unavailable, "cut off")
		}
	}
}
