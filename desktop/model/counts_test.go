package model_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
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

// tap is a way to a sidecar on which it is seen whose counts are asked for, and
// on which the answers can be changed.
type tap struct {
	mu     sync.Mutex
	asked  [][]policy.ClientID
	change func(*api.Counted)
}

func (p *tap) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path != api.PathCounts {
		return http.DefaultTransport.RoundTrip(r)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	var asked api.NewCounts
	if err := json.Unmarshal(text, &asked); err != nil {
		return nil, err
	}
	p.asked = append(p.asked, asked.Clients)
	r.Body = io.NopCloser(bytes.NewReader(text))
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil || p.change == nil {
		return answer, err
	}
	defer answer.Body.Close()
	var told api.Counted
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil {
		return nil, err
	}
	p.change(&told)
	text, err = json.Marshal(told)
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	return answer, err
}

// took returns whose counts were asked for since it was called last.
func (p *tap) took() [][]policy.ClientID {
	p.mu.Lock()
	defer p.mu.Unlock()
	taken := p.asked
	p.asked = nil
	return taken
}

func (p *tap) alter(change func(*api.Counted)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.change = change
}

// tapped returns the client of an owner whose requests go through a tap.
func tapped(owner *client.Client) (*client.Client, *tap) {
	p, c := &tap{}, *owner
	c.HTTP = &http.Client{Transport: p}
	return &c, p
}

// texts says how much clients see: "2/1" employees and projects, with a question
// mark while that is not as of now, "?" where nothing is known and "-" where
// nobody knows.
func texts(s *model.Store, ids ...policy.ClientID) string {
	var all []string
	for _, id := range ids {
		sees, current := s.Counts().Of(s.Client(id))
		text := ""
		if sees != nil {
			text = fmt.Sprintf("%d/%d", sees.Employees, sees.Projects)
		} else if current {
			text = "-"
		}
		if !current {
			text += "?"
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

// counted waits until the clients are counted as of now.
func counted(pump *asynctest.Pump, s *model.Store, ids ...policy.ClientID) string {
	texts(s, ids...)
	pump.Pass(150 * time.Millisecond)
	pump.Until(func() bool { return !strings.Contains(texts(s, ids...), "?") })
	return texts(s, ids...)
}

func TestClientsAreCountedTogetherAndAgainWhenSomethingChanges(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	owner, tap := tapped(sidecar.Owner)
	pump := asynctest.New(t)
	s := follow(t, pump, owner)
	if got := texts(s, "dune", "acme", "dune"); got != "? ? ?" {
		t.Errorf("before: %s", got)
	}
	if got := counted(pump, s, "dune", "acme"); got != "0/1 1/0" {
		t.Errorf("counted: %s", got)
	}
	wantAsked(t, tap, []policy.ClientID{"acme", "dune"})

	acme := s.Client("acme")
	changed := acme.Client
	changed.Scope.Groups = []policy.GroupID{"dev"}
	if _, err := sidecar.Owner.Clients().Replace(t.Context(), "acme", acme.Revision, changed, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	pump.Until(func() bool { return s.Client("acme") != acme })
	if got := texts(s, "acme", "dune"); got != "1/0? 0/1" {
		t.Errorf("after a change of one client: %s", got)
	}
	if got := counted(pump, s, "acme", "dune"); got != "0/0 0/1" {
		t.Errorf("counted after that: %s", got)
	}
	wantAsked(t, tap, []policy.ClientID{"acme"})

	bob := policy.Employee{ID: "bob", Name: "Bob", Groups: []policy.GroupID{"dev"}, Projects: []policy.ProjectID{"site"}}
	if _, err := sidecar.Owner.Employees().Create(t.Context(), bob, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	pump.Until(func() bool { return s.Employee("bob") != nil })
	if got := texts(s, "acme", "dune"); got != "0/0? 0/1?" {
		t.Errorf("after a change of the directory: %s", got)
	}
	if got := counted(pump, s, "acme", "dune"); got != "1/1 1/1" {
		t.Errorf("counted after that: %s", got)
	}
}

func wantAsked(t *testing.T, p *tap, want ...[]policy.ClientID) {
	t.Helper()
	if diff := cmp.Diff(want, p.took()); diff != "" {
		t.Errorf("asked about: -want +got\n%s", diff)
	}
}

func TestOfManyWantedTheLastAreCounted(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	owner, tap := tapped(sidecar.Owner)
	pump := asynctest.New(t)
	s := model.NewStore(model.StoreConfig{On: pump, Client: owner, Empty: true})
	t.Cleanup(s.Close)
	s.Install(company(300), model.Link{State: model.LinkLive})
	for _, c := range s.Data().Clients.All() {
		s.Counts().Of(c)
	}
	pump.Advance(time.Second)
	asked := tap.took()
	if len(asked) != 1 || len(asked[0]) != 200 || asked[0][0] != "c000100" || asked[0][199] != "c000299" {
		t.Errorf("asked about %v", asked)
	}
}

func TestWhoIsGoneIsNotAskedAboutAgain(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	owner, tap := tapped(sidecar.Owner)
	pump := asynctest.New(t)
	s := model.NewStore(model.StoreConfig{On: pump, Client: owner, Empty: true})
	t.Cleanup(s.Close)
	s.Install(company(1), model.Link{State: model.LinkLive})
	if got := counted(pump, s, "c000000"); got != "-" {
		t.Errorf("got %s", got)
	}
	pump.Advance(time.Minute)
	wantAsked(t, tap, []policy.ClientID{"c000000"})
}

func TestNobodyIsCountedWhileCutOff(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	owner, tap := tapped(sidecar.Owner)
	pump := asynctest.New(t)
	s := model.NewStore(model.StoreConfig{On: pump, Client: owner, Empty: true})
	t.Cleanup(s.Close)
	s.Install(company(1), model.Link{State: model.LinkOffline})
	texts(s, "c000000")
	pump.Advance(time.Minute)
	wantAsked(t, tap)
}

func TestAfterAFailureOrFromASidecarThatIsBehindItIsTriedLater(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	for name, fail := range map[string]func(*client.Client, *tap){
		"signed out": func(c *client.Client, _ *tap) { c.Key = "" },
		"behind": func(_ *client.Client, p *tap) {
			p.alter(func(told *api.Counted) { told.Revision = 1 })
		},
	} {
		owner, tap := tapped(sidecar.Owner)
		key := owner.Key
		pump := asynctest.New(t)
		s := model.NewStore(model.StoreConfig{On: pump, Client: owner, Empty: true})
		t.Cleanup(s.Close)
		d := company(1)
		d.Revision = 2
		s.Install(d, model.Link{State: model.LinkLive})
		told := 0
		s.Counts().Watch(func() {
			told++
			texts(s, "c000000")
		})
		fail(owner, tap)
		texts(s, "c000000")
		pump.Advance(5 * time.Second)
		if n := len(tap.took()); n != 1 || told != 0 {
			t.Errorf("%s: asked %d times, told %d times", name, n, told)
		}
		owner.Key = key
		tap.alter(nil)
		pump.Advance(time.Second)
		if got := texts(s, "c000000"); got != "-" {
			t.Errorf("%s: later: %s", name, got)
		}
	}
}

func TestAnOrderByCountsHasAllCounted(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	owner, tap := tapped(sidecar.Owner)
	pump := asynctest.New(t)
	s := follow(t, pump, owner)
	m := model.NewClients(pump, s)
	t.Cleanup(m.Close)
	m.Sort(model.Order{By: model.SortEmployees, Descending: true})
	pump.Until(func() bool { return m.Len() == 2 && m.At(0).ID == "acme" && s.Counts().Ended() == 1 })
	m.Sort(model.Order{By: model.SortEmployees})
	pump.Until(func() bool { return m.At(0).ID == "dune" })
	m.Sort(model.Order{By: model.SortProjects})
	pump.Until(func() bool { return m.At(0).ID == "acme" })
	wantAsked(t, tap, []policy.ClientID{"acme", "dune"})

	pump.Pass(2 * time.Second)
	cy := policy.Employee{ID: "cy", Name: "Cy", Groups: []policy.GroupID{"dev"}, Projects: []policy.ProjectID{"site"}}
	if _, err := sidecar.Owner.Employees().Create(t.Context(), cy, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	pump.Until(func() bool { return s.Employee("cy") != nil })
	pump.Pass(time.Second)
	pump.Until(func() bool { return s.Counts().Ended() == 2 })
	if done, total := m.Counting(); done != 0 || total != 0 {
		t.Errorf("counting %d of %d at the end", done, total)
	}
	m.Sort(model.Order{By: model.SortName})
	if _, err := sidecar.Owner.Employees().Create(t.Context(), policy.Employee{ID: "di", Name: "Di"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	pump.Until(func() bool { return s.Employee("di") != nil })
	tap.took()
	pump.Pass(time.Minute)
	wantAsked(t, tap)
}

func TestThoseNotCountedYetComeLast(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner)
	counted(pump, s, "acme")
	for _, by := range []string{model.SortEmployees, model.SortProjects} {
		for _, descending := range []bool{false, true} {
			q := model.Query{Order: model.Order{By: by, Descending: descending}}
			rows := model.List(s.Data(), s.Counts().Snapshot(), q, noon, nil).Rows
			if len(rows) != 2 || rows[0].ID != "acme" {
				t.Errorf("by %s, descending %t: %s is first", by, descending, rows[0].ID)
			}
		}
	}
}

// TestManyAreCountedPageByPage has the sidecar be impatient: of each page it tells
// of 600 clients only.
func TestManyAreCountedPageByPage(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	owner, tap := tapped(sidecar.Owner)
	pump := asynctest.New(t)
	s := model.NewStore(model.StoreConfig{On: pump, Client: owner, Empty: true})
	t.Cleanup(s.Close)
	s.Install(company(1_500), model.Link{State: model.LinkLive})
	at := 0
	tap.alter(func(told *api.Counted) {
		all := []policy.ClientID{}
		for _, c := range company(1_500).Clients.All()[at:min(at+1_000, 1_500)] {
			all = append(all, c.ID)
		}
		told.Revision = 1 << 40
		told.Later = all[min(600, len(all)):]
		at += 600
	})
	ended := false
	s.Counts().Complete(s.Data().Clients.All(), func(_ *model.Counted, err error) {
		ended = true
		if err != nil {
			t.Error(err)
		}
	})
	pump.Until(func() bool { return ended })
	var pages []int
	for _, asked := range tap.took() {
		pages = append(pages, len(asked))
	}
	if want := []int{1_000, 900, 300}; !slices.Equal(pages, want) {
		t.Errorf("asked about %v at once, want %v", pages, want)
	}
	again := false
	s.Counts().Complete(s.Data().Clients.All(), func(*model.Counted, error) { again = true })
	pump.Until(func() bool { return again })
	wantAsked(t, tap)
}

func TestATableTellsWhatWasCounted(t *testing.T) {
	sidecar := harbour(t, sidecartest.Options{})
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner)
	var table string
	s.Counts().Complete([]*model.Client{s.Client("acme")}, func(counts *model.Counted, err error) {
		var text strings.Builder
		if err := model.WriteCSV(&text, s.Data(), counts, s.Data().Clients.All(), noon); err != nil {
			t.Error(err)
		}
		table = text.String()
	})
	pump.Until(func() bool { return table != "" })
	for _, want := range []string{"acme,Acme,acme@client.example,active,groups,Design; Development,,false,1,0,", "dune@client.example,suspended,projects,,Website,false,,,"} {
		if !strings.Contains(table, want) {
			t.Errorf("%q is not in\n%s", want, table)
		}
	}
}
