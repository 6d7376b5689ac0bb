package detail_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/detail"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// desk is the detail of one client, beside a sidecar.
type desk struct {
	*detail.Detail
	t     *testing.T
	pump  *asynctest.Pump
	owner *client.Client
	data  *model.Data

	refused error      // in the place of every answer, if set
	mu      sync.Mutex // several are asked at once
	asked   []api.NewPreview
	keys    []string // of the sendings
	sent    []detail.Sent
	failed  []error
}

// crowd is how many employees the company of the tests has: more than one page.
const crowd = 2_345

func company() api.Document {
	doc := api.Document{Directory: policy.Directory{
		Groups:   []policy.Group{{ID: "design", Name: "Design"}, {ID: "dev", Name: "Development"}},
		Projects: []policy.Project{{ID: "site", Name: "Website"}},
	}}
	for i := range crowd {
		e := policy.Employee{ID: policy.EmployeeID(fmt.Sprintf("e%04d", i)), Name: fmt.Sprintf("Employee %04d", i), Groups: []policy.GroupID{"dev"}}
		if i < 3 {
			e.Groups, e.Projects = []policy.GroupID{"design"}, []policy.ProjectID{"site"}
		}
		doc.Employees = append(doc.Employees, e)
	}
	return doc
}

func start(t *testing.T) *client.Client {
	t.Helper()
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	stored, err := owner.Import(t.Context(), company(), client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	return owner.AtLeast(stored.Token)
}

// open shows the detail of a client with the scope, who has no account.
func open(t *testing.T, owner *client.Client, name string, s policy.Scope) *desk {
	t.Helper()
	c := policy.Client{ID: policy.ClientID(name), Email: name + "@client.example", Name: name, Scope: s, Status: policy.Invited}
	stored, err := owner.Clients().Create(t.Context(), c, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	return show(t, owner, model.NewClient(stored.Value, stored.Revision), stored.Token)
}

// invite is open of a client who was sent an invitation.
func invite(t *testing.T, owner *client.Client, name string) *desk {
	t.Helper()
	stored, err := owner.Invite(t.Context(), api.NewInvitation{Email: name + "@client.example", Name: name, Note: "Welcome."}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	return show(t, owner, model.NewClient(stored.Value.Value, stored.Revision), stored.Token)
}

func show(t *testing.T, owner *client.Client, c *model.Client, token string) *desk {
	t.Helper()
	d := &desk{t: t, pump: asynctest.New(t), owner: owner, data: &model.Data{Token: token}}
	cfg := detail.Calls(d.pump, d.owner)
	preview, send, invitation := cfg.Preview, cfg.Send, cfg.Invitation
	cfg.Preview = func(ctx context.Context, token string, asked api.NewPreview) (api.Preview, error) {
		d.mu.Lock()
		d.asked = append(d.asked, asked)
		d.mu.Unlock()
		if d.refused != nil {
			return api.Preview{}, d.refused
		}
		return preview(ctx, token, asked)
	}
	cfg.Send = func(ctx context.Context, of policy.SubjectType, id string, wanted api.SendInvitation, terms client.Terms) (client.Stored[api.Invited[string]], error) {
		d.keys = append(d.keys, terms.IdempotencyKey)
		if d.refused != nil {
			return client.Stored[api.Invited[string]]{}, d.refused
		}
		return send(ctx, of, id, wanted, terms)
	}
	cfg.Invitation = func(ctx context.Context, of policy.SubjectType, id string) (client.Stored[api.Invitation], error) {
		if d.refused != nil {
			return client.Stored[api.Invitation]{}, d.refused
		}
		return invitation(ctx, of, id)
	}
	d.Detail = detail.New(cfg, c, d.data)
	d.Invitation.OnSent = func(s detail.Sent) { d.sent = append(d.sent, s) }
	d.Invitation.OnFailed = func(err error) { d.failed = append(d.failed, err) }
	t.Cleanup(d.Close)
	d.rest()
	return d
}

func (d *desk) rest() {
	d.t.Helper()
	d.pump.Advance(time.Second)
}

// untilState waits for the invitation to have come so far, which the sidecar does
// in its own time.
func (d *desk) untilState(want detail.InvitationState) {
	d.t.Helper()
	for late := time.Now().Add(10 * time.Second); d.Invitation.State() != want; d.pump.Advance(2 * time.Second) {
		if time.Now().After(late) {
			d.t.Fatalf("the invitation is %s, want %s", d.Invitation.State(), want)
		}
	}
}

func (d *desk) wantCounts(employees, projects, groups int) {
	d.t.Helper()
	want := []int{employees, projects, groups}
	if diff := cmp.Diff(want, []int{d.Employees.Total(), d.Projects.Total(), d.Groups.Total()}); diff != "" {
		d.t.Errorf("employees, projects, groups: -want +got\n%s", diff)
	}
}

func wantRow(t *testing.T, l *detail.List, i int, want string) {
	t.Helper()
	named, read := l.At(i)
	if !read || named.Name != want {
		t.Errorf("row %d is %q (read: %t), want %q", i, named.Name, read, want)
	}
}

func TestADetail(t *testing.T) {
	owner := start(t)
	for name, test := range map[string]func(*testing.T, *client.Client){
		"names whom and what the client sees":      namesVisible,
		"names dead references":                    namesDead,
		"reads very many as they are looked at":    readsPages,
		"finds names among all of them":            finds,
		"follows the client and the directory":     follows,
		"keeps what it knows when nobody answers":  keeps,
		"tells how far the invitation has come":    tells,
		"sends another invitation":                 sends,
		"repeats a sending without sending twice":  repeats,
		"asks for a link anew each time":           links,
		"knows of no invitation of active clients": active,
		"tells that the client was deleted":        deleted,
	} {
		t.Run(name, func(t *testing.T) { test(t, owner) })
	}
}

func namesVisible(t *testing.T, owner *client.Client) {
	d := open(t, owner, "visible", policy.Scope{Groups: []policy.GroupID{"design"}})
	d.wantCounts(3, 1, 1)
	wantRow(t, d.Employees, 1, "Employee 0001")
	wantRow(t, d.Projects, 0, "Website")
	wantRow(t, d.Groups, 0, "Design")
	if v := d.Visible(); v.State != sketch.Ready || v.Blind() {
		t.Errorf("visible is %+v", v)
	}
}

func namesDead(t *testing.T, owner *client.Client) {
	d := open(t, owner, "dead", policy.Scope{Groups: []policy.GroupID{"design"}})
	c := *d.Client()
	c.Scope = policy.Scope{Groups: []policy.GroupID{"gone"}, Projects: []policy.ProjectID{"site"}}
	d.Follow(&c, d.data)
	d.rest()
	v := d.Visible()
	if !v.Blind() || v.Value.Message == "" || len(v.Value.DeadGroups) != 1 {
		t.Errorf("visible is %+v", v.Value)
	}
	d.wantCounts(0, 0, 0)
}

func readsPages(t *testing.T, owner *client.Client) {
	d := open(t, owner, "pages", policy.Scope{Groups: []policy.GroupID{"dev", "design"}})
	d.wantCounts(crowd, 1, 2)
	if len(d.asked) != 1 {
		t.Fatalf("asked %d times, want once for all that is shown first", len(d.asked))
	}
	wantRow(t, d.Employees, 999, "Employee 0999")
	for _, i := range []int{1_500, 1_000, 2_344} { // as one who scrolls past them
		if _, read := d.Employees.At(i); read {
			t.Errorf("row %d was read before it was looked at", i)
		}
	}
	d.rest()
	wantRow(t, d.Employees, 2_344, "Employee 2344")
	wantRow(t, d.Employees, 1_500, "Employee 1500")
	if len(d.asked) != 3 {
		t.Errorf("asked %d times, want once for each of the three pages", len(d.asked))
	}
}

func finds(t *testing.T, owner *client.Client) {
	d := open(t, owner, "finds", policy.Scope{Groups: []policy.GroupID{"dev", "design"}})
	d.Employees.Search("2344 emp")
	d.rest()
	if d.Employees.Len() != 1 || d.Employees.Total() != crowd || d.Projects.Len() != 1 {
		t.Errorf("found %d of %d employees, and %d projects", d.Employees.Len(), d.Employees.Total(), d.Projects.Len())
	}
	wantRow(t, d.Employees, 0, "Employee 2344")
	d.Look() // as after a change: what is searched for stays
	d.rest()
	wantRow(t, d.Employees, 0, "Employee 2344")
	d.Employees.Search("1")
	d.Employees.Search("zebra")
	d.rest()
	if d.Employees.Len() != 0 {
		t.Errorf("found %d for another search", d.Employees.Len())
	}
	d.Employees.Search("")
	d.rest()
	wantRow(t, d.Employees, 0, "Employee 0000")
}

func follows(t *testing.T, owner *client.Client) {
	d := open(t, owner, "follows", policy.Scope{Groups: []policy.GroupID{"design"}})
	asked := len(d.asked)
	renamed := *d.Client()
	renamed.Name = "Other"
	d.Follow(&renamed, d.data)
	d.rest()
	if d.Client().Name != "Other" || len(d.asked) != asked {
		t.Errorf("called %q, and asked %d times more", d.Client().Name, len(d.asked)-asked)
	}
	wider := renamed
	wider.Scope = policy.Scope{Projects: []policy.ProjectID{"site"}}
	d.Follow(&wider, d.data)
	d.rest()
	d.wantCounts(3, 1, 0)
	asked = len(d.asked)
	d.Follow(&wider, &model.Data{Groups: model.NewTable([]*model.Group{{Group: policy.Group{ID: "new"}}})})
	d.Follow(&wider, &model.Data{Groups: model.NewTable([]*model.Group{{Group: policy.Group{ID: "new"}}})})
	d.rest()
	if more := len(d.asked) - asked; more != 2 {
		t.Errorf("asked %d times for two changes of the directory, want one that goes on and one after it", more)
	}
}

func keeps(t *testing.T, owner *client.Client) {
	d := open(t, owner, "keeps", policy.Scope{Groups: []policy.GroupID{"dev", "design"}})
	d.refused = errors.New("no")
	d.Employees.Search("2344")
	d.rest()
	if d.Employees.Err() == nil {
		t.Error("no word of a search that failed")
	}
	asked := len(d.asked)
	d.Employees.At(1_500)
	if d.rest(); len(d.asked) != asked {
		t.Error("what failed is asked for again and again")
	}
	d.SetOffline(true)
	d.Look()
	d.rest()
	if v := d.Visible(); v.State != sketch.Failed || v.Value == nil || d.Employees.Total() != crowd {
		t.Errorf("visible is %+v", v)
	}
	d.refused = nil
	d.SetOffline(false)
	d.rest()
	if v := d.Visible(); v.State != sketch.Ready || d.Employees.Err() != nil || d.Employees.Len() != 1 {
		t.Errorf("visible is %+v, found are %d", v, d.Employees.Len())
	}
	d.refused = errors.New("no")
	d.Employees.Search("1")
	d.rest()
	d.refused = nil
	d.Employees.Retry()
	d.rest()
	if d.Employees.Err() != nil || d.Employees.Len() == 0 {
		t.Errorf("tried again: %v, %d found", d.Employees.Err(), d.Employees.Len())
	}
}

func deleted(t *testing.T, owner *client.Client) {
	d := open(t, owner, "deleted", policy.Scope{Groups: []policy.GroupID{"design"}})
	told := 0
	d.OnChange = func() { told++ }
	d.Follow(nil, d.data)
	if !d.Gone() || told == 0 || d.Client().Name != "deleted" || d.Invitation.State() != detail.InvitationNone {
		t.Errorf("gone: %t, told %d times, invitation %s", d.Gone(), told, d.Invitation.State())
	}
}

func TestTheBeginningAndTheEndOfTheAccessAreTold(t *testing.T) {
	pump := asynctest.New(t)
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	begin, end := now.Add(time.Hour), now.Add(2*time.Hour)
	c := model.NewClient(policy.Client{ID: "acme", Status: policy.Active, Scope: policy.Scope{From: &begin, Until: &end}}, 1)
	none := func(context.Context, string, api.NewPreview) (api.Preview, error) { return api.Preview{}, nil }
	d := &model.Data{}
	m := detail.New(detail.Config{On: pump, Preview: none, Now: func() time.Time { return now }}, c, d)
	t.Cleanup(m.Close)
	pump.Advance(time.Second)
	told := 0
	m.OnChange = func() { told++ }
	for i, at := range []time.Time{now, begin, end} {
		now = at
		m.Follow(c, d)
		m.Follow(c, d)
		if told != i {
			t.Errorf("at %s told %d times, want %d", at, told, i)
		}
	}
}
