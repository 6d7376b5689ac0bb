package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// harbour starts a sidecar with two groups, a project, an employee and two
// clients, one of whom has both groups selected.
func harbour(t *testing.T, o sidecartest.Options) *sidecartest.Sidecar {
	t.Helper()
	sidecar := sidecartest.Start(t, o)
	doc := api.Document{
		Directory: policy.Directory{
			Employees: []policy.Employee{{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}}},
			Groups:    []policy.Group{{ID: "design", Name: "Design"}, {ID: "dev", Name: "Development"}},
			Projects:  []policy.Project{{ID: "site", Name: "Website"}},
		},
		Clients: []policy.Client{
			{ID: "acme", Name: "Acme", Email: "acme@client.example", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"design", "dev"}}},
			{ID: "dune", Name: "Dune", Email: "dune@client.example", Status: policy.Suspended, Scope: policy.Scope{Projects: []policy.ProjectID{"site"}}},
		},
	}
	stored, err := sidecar.Owner.Import(t.Context(), doc, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	sidecar.Owner = sidecar.Owner.AtLeast(stored.Token)
	return sidecar
}

// follow returns a store that has read everything.
func follow(t *testing.T, pump *asynctest.Pump, c *client.Client) *model.Store {
	t.Helper()
	s := model.NewStore(model.StoreConfig{On: pump, Client: c})
	t.Cleanup(s.Close)
	pump.Until(func() bool { return s.Link().State == model.LinkLive })
	return s
}

func TestTheStoreReadsEverythingAndFollowsWhatChanges(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner)
	d := s.Data()
	if d.Clients.Len() != 2 || d.Employees.Len() != 1 || d.Groups.Len() != 2 || d.Projects.Len() != 1 {
		t.Fatalf("read %d clients, %d employees, %d groups, %d projects", d.Clients.Len(), d.Employees.Len(), d.Groups.Len(), d.Projects.Len())
	}
	before := s.Client("acme")
	if _, err := sidecar.Owner.AtLeast(d.Token).Who(t.Context()); d.Token == "" || err != nil {
		t.Errorf("the token %q: %v", d.Token, err)
	}

	wanted := before.Client
	wanted.Name, wanted.Scope = "Acme Bank", policy.Scope{Groups: []policy.GroupID{"dev"}, Projects: []policy.ProjectID{"site"}, Screencasts: true}
	stored, err := sidecar.Owner.Clients().Replace(t.Context(), "acme", before.Revision, wanted, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	pump.Until(func() bool { return s.Client("acme").Revision == stored.Revision })
	if s.Data().Token == d.Token || !s.Data().SameDirectory(d) {
		t.Error("a change of a client has the token of before, or counts as one of the directory")
	}
	got := s.Client("acme").Client
	if got.Changed.IsZero() || got.ChangedBy != "Olive" {
		t.Errorf("changed by %q at %v", got.ChangedBy, got.Changed)
	}
	got.Trail = stored.Value.Trail
	if diff := cmp.Diff(stored.Value, got); diff != "" {
		t.Errorf("-stored +copy\n%s", diff)
	}
	if before.Name != "Acme" || len(before.Scope.Groups) != 2 {
		t.Error("the version before was changed")
	}

	group, err := sidecar.Owner.Groups().Get(t.Context(), "dev")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sidecar.Owner.Groups().Delete(t.Context(), "dev", group.Revision, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	pump.Until(func() bool { return s.Group("dev") == nil })
	if s.Data().SameDirectory(d) {
		t.Error("a group less is the same directory")
	}
	if dead := s.Data().DeadGroups(s.Client("acme").Scope); len(dead) != 1 || dead[0] != "dev" {
		t.Errorf("dead are %v", dead)
	}
}

func TestTheStoreReadsPageAfterPage(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	doc := api.Document{Directory: policy.Directory{Employees: []policy.Employee{}, Groups: []policy.Group{}, Projects: []policy.Project{}}}
	const n = 2_500
	for i := range n {
		doc.Clients = append(doc.Clients, client0(i))
	}
	stored, err := sidecar.Owner.Import(t.Context(), doc, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner.AtLeast(stored.Token))
	if s.Data().Clients.Len() != n {
		t.Errorf("read %d of %d", s.Data().Clients.Len(), n)
	}
	if last := policy.CanonicalEmail(client0(n - 1).Email); !s.Data().HasAddress(last) || s.Data().HasAddress("nobody@client.example") {
		t.Errorf("%s is not there, or nobody is", last)
	}
}

func client0(i int) policy.Client {
	c := someone(4*i+3, "Client").Client // of mode none: no references
	c.Trail = policy.Trail{}
	return c
}

func TestAStoreThatIsCutOffSaysSoAndGoesOnWhenItCan(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	gate := newGate(t, sidecar.URL)
	pump := asynctest.New(t)
	c := *sidecar.Owner
	c.BaseURL = gate.URL
	s := follow(t, pump, &c)
	gate.shut()
	pump.Until(func() bool { return s.Link().State == model.LinkReconnecting && !s.Link().Retry.IsZero() })
	if policy.CodeOf(s.Link().Err) != policy.Unavailable || s.Link().Unready() || s.Data().Clients.Len() != 2 {
		t.Errorf("cut off: %+v", s.Link())
	}
	if _, err := sidecar.Owner.Suspend(t.Context(), "acme", 0, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	gate.open()
	s.Retry()
	pump.Until(func() bool { return s.Link().State == model.LinkLive && s.Client("acme").Status == policy.Suspended })
}

func TestAStoreWhoseSessionIsOverWaitsForANewOne(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	pump := asynctest.New(t)
	c := *sidecar.Owner
	c.Key = "sightline_session_none"
	s := model.NewStore(model.StoreConfig{On: pump, Client: &c})
	t.Cleanup(s.Close)
	pump.Until(func() bool { return s.Link().State == model.LinkSignedOut })
	if !s.Link().Retry.IsZero() {
		t.Error("it is going to be tried again by itself")
	}
}

func TestAClientWhoAcceptsHasAnAccountAtOnce(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	invited, err := sidecar.Owner.Invite(t.Context(), api.NewInvitation{Email: "gina@client.example", Name: "Gina", Link: true}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner.AtLeast(invited.Token))
	id := invited.Value.Value.ID
	if c := s.Client(id); c == nil || c.Account != "" {
		t.Fatalf("before: %+v", c)
	}
	link := invited.Value.Link[strings.LastIndex(invited.Value.Link, "/")+1:]
	accepted := api.Acceptance{Link: link, Name: "Gina Guest", Password: "four quiet herons at dawn"}
	if _, err := sidecar.Owner.Accept(t.Context(), accepted); err != nil {
		t.Fatal(err)
	}
	pump.Until(func() bool { return s.Client(id).Status == policy.Active })
	if got := s.Client(id).Account; got != "Gina Guest" {
		t.Errorf("the account is %q", got)
	}
}

func TestTheEndOfAnAccessIsToldWhenItComes(t *testing.T) {
	pump := asynctest.New(t)
	now := noon
	s := model.NewStore(model.StoreConfig{On: pump, Empty: true, Now: func() time.Time { return now }})
	t.Cleanup(s.Close)
	until := func(hours int) *model.Client {
		end := noon.Add(time.Duration(hours) * time.Hour)
		return model.NewClient(policy.Client{ID: policy.ClientID(rune('a' + hours)), Status: policy.Active, Scope: policy.Scope{Until: &end}}, 1)
	}
	m := model.NewClients(pump, s)
	t.Cleanup(m.Close)
	m.SetFilter(model.Filter{Standing: policy.Expired})
	s.Install(&model.Data{Clients: model.NewTable([]*model.Client{until(1), until(2), until(-1)})}, model.Link{State: model.LinkLive})
	pump.Advance(time.Minute)
	for hour := range 2 {
		if m.Len() != hour+1 {
			t.Errorf("after %d hours %d are listed as expired", hour, m.Len())
		}
		now = now.Add(time.Hour)
		pump.Advance(time.Hour)
	}
	if m.Len() != 3 || pump.Timers() != 0 {
		t.Errorf("at the end %d are listed as expired, and %d timers are left", m.Len(), pump.Timers())
	}
}

func TestWatchersAreToldOnceInATenthOfASecond(t *testing.T) {
	pump := asynctest.New(t)
	s := model.NewStore(model.StoreConfig{On: pump, Empty: true})
	t.Cleanup(s.Close)
	told := 0
	stop := s.Watch(func() { told++ })
	for range 10 {
		s.Install(company(1), model.Link{State: model.LinkLive})
	}
	pump.Advance(99 * time.Millisecond)
	if told != 0 {
		t.Error("told at once")
	}
	pump.Advance(time.Millisecond)
	if told != 1 {
		t.Errorf("told %d times, want 1", told)
	}
	stop()
	s.Install(company(2), model.Link{State: model.LinkLive})
	pump.Advance(time.Second)
	if told != 1 {
		t.Error("told after stop")
	}
}
