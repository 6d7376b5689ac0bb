package model_test

import (
	"sync/atomic"
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

// filled returns a list of the clients of a company.
func filled(t *testing.T, pump *asynctest.Pump, d *model.Data) (*model.Clients, *model.Store) {
	t.Helper()
	s := model.NewStore(model.StoreConfig{On: pump, Empty: true})
	s.Install(d, model.Link{State: model.LinkLive})
	m := model.NewClients(pump, s)
	t.Cleanup(m.Close)
	pump.Settle()
	return m, s
}

func TestTheListAnswersTheNewestQuestion(t *testing.T) {
	pump := asynctest.New(t)
	m, _ := filled(t, pump, company(12))
	changes := 0
	m.OnChange = func() { changes++ }
	m.Search("acme")
	m.Search("acme ba")
	m.Search("delta")
	pump.Settle()
	if m.Len() != 2 || m.At(0).Name != "Delta Foods" || m.Total() != 12 {
		t.Errorf("listed are %d of %d", m.Len(), m.Total())
	}
	if changes == 0 {
		t.Error("nobody was told")
	}
	m.SetFilter(model.Filter{Mode: policy.ModeBoth})
	m.Sort(model.Order{By: model.SortEmail, Descending: true})
	m.Search("")
	pump.Settle()
	if m.Len() != 3 || m.At(0).Email != "office6@client.example" {
		t.Errorf("listed are %d, the first is %s", m.Len(), m.At(0).Email)
	}
}

func TestTheListFollowsTheStore(t *testing.T) {
	pump := asynctest.New(t)
	m, s := filled(t, pump, company(2))
	s.Install(company(5), model.Link{State: model.LinkLive})
	pump.Advance(1e9)
	if m.Len() != 5 {
		t.Errorf("listed are %d, want 5", m.Len())
	}
}

func TestTheListKnowsWhyItIsEmpty(t *testing.T) {
	pump := asynctest.New(t)
	for name, c := range map[string]struct {
		data   *model.Data
		link   model.LinkState
		search string
		want   model.ClientsState
	}{
		"loading": {company(0), model.LinkLoading, "", model.ClientsLoading},
		"failed":  {company(0), model.LinkOffline, "", model.ClientsFailed},
		"none":    {company(0), model.LinkLive, "", model.ClientsNone},
		"nomatch": {company(3), model.LinkLive, "zzz", model.ClientsNoMatch},
		"rows":    {company(3), model.LinkOffline, "", model.ClientsRows},
	} {
		s := model.NewStore(model.StoreConfig{On: pump, Empty: true})
		s.Install(c.data, model.Link{State: c.link})
		m := model.NewClients(pump, s)
		m.Search(c.search)
		pump.Settle()
		if got := m.State(); got != c.want {
			t.Errorf("%s: the state is %q, want %q", name, got, c.want)
		}
		m.Close()
	}
}

// do does an act and returns its outcome.
func do(t *testing.T, pump *asynctest.Pump, c *client.Client, a model.Act, clients ...*model.Client) (out model.Outcome) {
	t.Helper()
	done := false
	acts := model.Acts{On: pump, Client: c}
	acts.Do(a, clients, func(int, int) {}, func(o model.Outcome) { out, done = o, true })
	pump.Until(func() bool { return done })
	return out
}

func TestAnActIsDoneWithThoseItFits(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner)
	acme, dune := s.Client("acme"), s.Client("dune")
	out := do(t, pump, sidecar.Owner, model.ActSuspend, acme, dune)
	if len(out.Done) != 1 || out.Done[0] != acme || out.Skipped != 1 || len(out.Failed) != 0 {
		t.Errorf("the outcome is %+v", out)
	}
	pump.Until(func() bool { return s.Client("acme").Status == policy.Suspended })
	do(t, pump, sidecar.Owner, out.Act.Undo(), s.Client("acme"))
	pump.Until(func() bool { return s.Client("acme").Status == policy.Active })
	do(t, pump, sidecar.Owner, model.ActDelete, s.Client("dune"))
	pump.Until(func() bool { return s.Client("dune") == nil })
}

func TestOneFailureDoesNotKeepTheOthers(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner)
	gone := *s.Client("acme")
	gone.ID = "gone"
	out := do(t, pump, sidecar.Owner, model.ActDelete, &gone, s.Client("dune"))
	if len(out.Failed) != 1 || policy.CodeOf(out.Failed[0].Err) != policy.NotFound || len(out.Done) != 1 {
		t.Errorf("the outcome is %+v", out)
	}
}

func TestWhereNobodyIsLetInTheOthersAreNotTried(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner)
	nobody := &client.Client{BaseURL: sidecar.URL}
	out := do(t, pump, nobody, model.ActDelete, s.Client("acme"), s.Client("dune"))
	var codes []policy.Code
	for _, f := range out.Failed {
		codes = append(codes, policy.CodeOf(f.Err))
	}
	if diff := cmp.Diff([]policy.Code{policy.Unauthenticated, policy.Unauthenticated}, codes); diff != "" {
		t.Error(diff)
	}
}

func TestWhoIsListedIsKnownOfEachClient(t *testing.T) {
	pump := asynctest.New(t)
	m, _ := filled(t, pump, company(60))
	m.SetQuery(model.Query{Search: "acme", Filter: model.Filter{Standing: policy.Active}, Order: model.Order{By: model.SortName}})
	pump.Settle()
	listed := map[string]bool{}
	for _, c := range m.Rows() {
		listed[string(c.ID)] = true
	}
	if len(listed) == 0 || len(listed) == 60 {
		t.Fatalf("%d are listed", len(listed))
	}
	for _, c := range m.Data().Clients.All() {
		if got := m.Lists(string(c.ID)); got != listed[string(c.ID)] {
			t.Errorf("%s is listed: %t", c.ID, got)
		}
	}
	if m.Whole() {
		t.Error("all are listed")
	}
	m.SetQuery(model.Query{Order: model.Order{By: model.SortName}})
	pump.Settle()
	if !m.Whole() {
		t.Error("not all are listed")
	}
	if m.Lists("nobody") {
		t.Error("nobody is listed")
	}
}

func TestTheOverviewCountsAndFindsWhoAsksForALook(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner)
	m := model.NewOverview(pump, s, sidecar.Owner)
	t.Cleanup(m.Close)
	pump.Until(func() bool { return len(m.Standings()) == 4 && m.Standings()[1].Clients == 1 })
	counts := map[policy.Status]int{}
	for _, c := range m.Standings() {
		counts[c.Filter.Standing] = c.Clients
	}
	want := map[policy.Status]int{policy.Invited: 0, policy.Active: 1, policy.Suspended: 1, policy.Expired: 0}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Error(diff)
	}
	if pending, _ := m.Pending(); !pending {
		t.Error("nothing is being found out")
	}
	pump.Pass(5e9)
	pump.Until(func() bool { pending, _ := m.Pending(); return !pending })
	if _, err := m.Pending(); err != nil {
		t.Error(err)
	}
}

func TestTheOverviewLooksAtOnceAtFirst(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	pump := asynctest.New(t)
	s := model.NewStore(model.StoreConfig{On: pump, Empty: true})
	t.Cleanup(s.Close)
	s.Install(company(1), model.Link{State: model.LinkLive})
	m := model.NewOverview(pump, s, sidecar.Owner)
	t.Cleanup(m.Close)
	pump.Settle()
	if pending, err := m.Pending(); pending || err != nil {
		t.Errorf("it is still being looked: %t, %v", pending, err)
	}
}

func TestTheOverviewOfASidecarThatIsGoneSaysSo(t *testing.T) {
	pump := asynctest.New(t)
	s := model.NewStore(model.StoreConfig{On: pump, Empty: true})
	t.Cleanup(s.Close)
	s.Install(company(1), model.Link{State: model.LinkOffline})
	m := model.NewOverview(pump, s, &client.Client{BaseURL: "http://127.0.0.1:1"})
	t.Cleanup(m.Close)
	if pending, err := m.Pending(); !pending || err != nil {
		t.Errorf("before it is known: %t, %v", pending, err)
	}
	pump.Settle()
	if pending, err := m.Pending(); pending || err == nil {
		t.Errorf("pending %t, and no error", pending)
	}
}

func TestTheOverviewComesToAnEndWhileChangesDoNot(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	pump := asynctest.New(t)
	s := model.NewStore(model.StoreConfig{On: pump, Empty: true})
	t.Cleanup(s.Close)
	m := model.NewOverview(pump, s, sidecar.Owner)
	t.Cleanup(m.Close)
	for i := range 8 {
		s.Install(company(i+1), model.Link{State: model.LinkLive})
		pump.Advance(500 * time.Millisecond)
	}
	if pending, err := m.Pending(); pending || err != nil {
		t.Errorf("after four seconds it is still being looked: %v", err)
	}
}

func TestTheOverviewFindsInvitationsThatEndSoonAndHowTheSidecarStands(t *testing.T) {
	var ago atomic.Int64
	sidecar := harbour(t, sidecartest.Options{Clock: func() time.Time { return time.Now().Add(-time.Duration(ago.Load())) }})
	ago.Store(int64(48*time.Hour + time.Minute)) // not quite a day is left of the invitation
	soon, err := sidecar.Owner.Invite(t.Context(), api.NewInvitation{Email: "soon@client.example"}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	ago.Store(int64(48*time.Hour - time.Minute))
	if _, err := sidecar.Owner.Invite(t.Context(), api.NewInvitation{Email: "later@client.example"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner)
	m := model.NewOverview(pump, s, sidecar.Owner)
	t.Cleanup(m.Close)
	if now, err := m.Sidecar(); now != nil || err != nil {
		t.Errorf("it stands at %+v (%v) before anybody asked", now, err)
	}
	pump.Pass(5e9)
	pump.Until(func() bool { pending, _ := m.Pending(); return !pending })
	pump.Until(func() bool { now, _ := m.Sidecar(); return now != nil })
	var got []model.Count
	for _, c := range m.Attention() {
		if c.Filter.Finding == "invitation_ends" {
			got = append(got, c)
		}
	}
	want := []model.Count{{Filter: model.Filter{Finding: "invitation_ends", Only: []policy.ClientID{soon.Value.Value.ID}}, Clients: 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if now, _ := m.Sidecar(); now.State != "fresh" || now.Rules == "" {
		t.Errorf("it stands at %+v", now)
	}
	sidecar.Stop(t)
	pump.Pass(30 * time.Second)
	pump.Until(func() bool { _, err := m.Sidecar(); return err != nil })
	if now, err := m.Sidecar(); now != nil || policy.CodeOf(err) != policy.Unavailable {
		t.Errorf("stopped it stands at %+v (%v)", now, err)
	}
}

func TestAnActThatIsStoppedLeavesTheOthersAsTheyWere(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner)
	acts := model.Acts{On: pump, Client: sidecar.Owner}
	var out *model.Outcome
	stop := acts.Do(model.ActDelete, []*model.Client{s.Client("acme"), s.Client("dune")}, func(int, int) {}, func(o model.Outcome) { out = &o })
	stop()
	pump.Until(func() bool { return out != nil })
	if len(out.Done)+out.Left != 2 || out.Left == 0 {
		t.Errorf("the outcome is %+v", out)
	}
	if _, err := sidecar.Owner.Clients().Get(t.Context(), "dune"); err != nil {
		t.Error(err)
	}
}
