package roster_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sightline.example/policy"
	"sightline.example/sidecar/roster"
)

// name is a name with what is expected of it: its place among the names and its
// words as they are searched.
type name struct {
	text, words string
	place       int
}

// names come in their order; those of the same place differ in case only.
var names = []name{
	{"---", "", 0},
	{"2 Fast", "2 fast", 1},
	{"10 Downing", "10 downing", 2},
	{"acme", "acme", 3},
	{"ACME", "acme", 3},
	{"Acme Bank", "acme bank", 4},
	{"Äcme Bank", "acme bank", 5},
	{"Acme Barn", "acme barn", 6},
	{"Ærø-Café", "aero cafe", 7},
	{"Bank of Acme", "bank of acme", 8},
	{"Łódź", "lodz", 9},
	{"Müller & Söhne", "muller sohne", 10},
	{"STRASSE", "strasse", 11},
	{"straße 7", "strasse 7", 12},
}

var (
	locals  = []string{"ann", "joann", "Bea.lee", "info"}
	domains = []string{"acme.example", "Bank.example", "mail.acme.example"}
	terms   = []string{"acme", "ac", "BA", "acme ba", "lodz", "LÓD", "Straße", "@acme", "ann@", "nn@acme.ex", "bea.l", "info@bank.example", "x", "-", "10", "café of", "@", "a@b@c"}
)

// model is the clients as plain lists and maps.
type model struct {
	clients  map[policy.ClientID]*policy.Client // nil for one that can't be read
	names    map[policy.ClientID]name
	seen     map[policy.ClientID]time.Time // of those who have an account
	groups   map[policy.GroupID]bool
	projects map[policy.ProjectID]bool
}

func newModel() *model {
	return &model{
		clients: map[policy.ClientID]*policy.Client{}, names: map[policy.ClientID]name{},
		seen: map[policy.ClientID]time.Time{}, groups: map[policy.GroupID]bool{}, projects: map[policy.ProjectID]bool{},
	}
}

// change draws a change, makes it in the model and returns it. Only clients
// whose id begins with one of the letters are touched.
func (m *model) change(t *rapid.T, letters string) policy.Change {
	id := policy.ClientID(rapid.SampledFrom(strings.Split(letters, "")).Draw(t, "letter") + fmt.Sprint(rapid.IntRange(0, 9).Draw(t, "number")))
	switch rapid.IntRange(0, 11).Draw(t, "kind of change") {
	case 0:
		delete(m.clients, id)
		return gone(policy.KindClients, string(id))
	case 1:
		m.clients[id] = nil
		return policy.Change{Kind: policy.KindClients, ID: string(id), Unreadable: true, Revision: 5}
	case 2, 3:
		m.seen[id] = drawTime(t, "seen")
		return account(id, m.seen[id])
	case 4:
		delete(m.seen, id)
		return gone(policy.KindAccounts, string(id))
	default:
		c := m.draw(t, id)
		m.clients[id] = &c
		return client(c)
	}
}

// build draws a change of what clients select from.
func (m *model) build(t *rapid.T) policy.Change {
	g, p := drawGroup(t, "group"), drawProject(t, "project")
	switch rapid.IntRange(0, 3).Draw(t, "kind of building") {
	case 0:
		m.groups[g] = true
		return group(g)
	case 1:
		delete(m.groups, g)
		return gone(policy.KindGroups, string(g))
	case 2:
		m.projects[p] = true
		return project(p)
	default:
		delete(m.projects, p)
		return gone(policy.KindProjects, string(p))
	}
}

func drawGroup(t *rapid.T, label string) policy.GroupID {
	return rapid.SampledFrom([]policy.GroupID{"g1", "g2", "g3"}).Draw(t, label)
}

func drawProject(t *rapid.T, label string) policy.ProjectID {
	return rapid.SampledFrom([]policy.ProjectID{"p1", "p2"}).Draw(t, label)
}

// drawTime draws one of a few times around noon, or none.
func drawTime(t *rapid.T, label string) time.Time {
	hours := rapid.IntRange(-3, 4).Draw(t, label)
	if hours == 4 {
		return time.Time{}
	}
	return noon.Add(time.Duration(hours) * time.Hour)
}

func (m *model) draw(t *rapid.T, id policy.ClientID) policy.Client {
	m.names[id] = rapid.SampledFrom(names).Draw(t, "name")
	c := policy.Client{
		ID: id, Name: m.names[id].text,
		Email:  rapid.SampledFrom(locals).Draw(t, "local") + "@" + rapid.SampledFrom(domains).Draw(t, "domain"),
		Status: rapid.SampledFrom([]policy.Status{policy.Invited, policy.Active, policy.Active, policy.Suspended}).Draw(t, "status"),
		Trail:  policy.Trail{Created: drawTime(t, "created"), Changed: drawTime(t, "changed")},
	}
	c.Scope.Screencasts = rapid.Bool().Draw(t, "screencasts")
	c.Scope.Groups = rapid.SliceOfNDistinct(rapid.SampledFrom([]policy.GroupID{"g1", "g2", "g3"}), 0, 2, rapid.ID).Draw(t, "groups")
	c.Scope.Projects = rapid.SliceOfNDistinct(rapid.SampledFrom([]policy.ProjectID{"p1", "p2"}), 0, 2, rapid.ID).Draw(t, "projects")
	if until := drawTime(t, "until"); !until.IsZero() {
		c.Scope.Until = &until
	}
	return c
}

// drawQuery draws a query. Half of all conditions are left out, so that several
// hold together now and then.
func drawQuery(t *rapid.T) (q roster.Query) {
	some := func(label string) bool { return rapid.IntRange(0, 4).Draw(t, label+"?") == 0 }
	choice := func(label string) *bool {
		if !some(label) {
			return nil
		}
		v := rapid.Bool().Draw(t, label)
		return &v
	}
	if some("search") {
		q.Search = rapid.SampledFrom(terms).Draw(t, "search")
	}
	if some("status") {
		q.Status = rapid.SampledFrom([]policy.Status{policy.Invited, policy.Active, policy.Suspended, policy.Expired}).Draw(t, "status")
	}
	if some("mode") {
		q.Mode = rapid.SampledFrom([]policy.Mode{policy.ModeGroups, policy.ModeProjects, policy.ModeBoth, policy.ModeNone}).Draw(t, "mode")
	}
	if some("group") {
		q.Group = drawGroup(t, "group")
	}
	if some("project") {
		q.Project = drawProject(t, "project")
	}
	if some("seen before") {
		q.SeenBefore = drawTime(t, "seen before")
	}
	if some("expires before") {
		q.ExpiresBefore = drawTime(t, "expires before")
	}
	q.Screencasts, q.Dead, q.Seen = choice("screencasts"), choice("dead"), choice("seen")
	q.Sort = rapid.SampledFrom(append(roster.Sorts(), "")).Draw(t, "sort")
	q.Descending = rapid.Bool().Draw(t, "descending")
	q.Limit = rapid.IntRange(1, 12).Draw(t, "limit")
	return q
}

// wants returns the ids that a query has to list, in order: those that can be
// read, then the others.
func (m *model) wants(q roster.Query, now time.Time) []policy.ClientID {
	ids := []policy.ClientID{}
	for id := range m.clients {
		if m.matches(id, q, now) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b policy.ClientID) int {
		c := cmp.Or(m.compare(a, b, q.Sort, now), cmp.Compare(a, b))
		if q.Descending {
			return -c
		}
		return c
	})
	readable := func(id policy.ClientID) bool { return m.clients[id] != nil }
	broken := slices.DeleteFunc(slices.Clone(ids), readable)
	return append(slices.DeleteFunc(ids, func(id policy.ClientID) bool { return !readable(id) }), broken...)
}

func (m *model) matches(id policy.ClientID, q roster.Query, now time.Time) bool {
	c := m.clients[id]
	if c == nil {
		q.Sort, q.Descending, q.Limit = "", false, 0
		return q == roster.Query{} || strings.Trim(q.Search, "-") == "" && q == roster.Query{Search: q.Search}
	}
	dead := len(slices.DeleteFunc(slices.Clone(c.Scope.Groups), func(g policy.GroupID) bool { return m.groups[g] })) +
		len(slices.DeleteFunc(slices.Clone(c.Scope.Projects), func(p policy.ProjectID) bool { return m.projects[p] }))
	seen := m.seen[id]
	until := c.Scope.Until
	return m.found(id, q.Search) &&
		(q.Status == "" || m.standing(id, now) == q.Status) &&
		(q.Mode == "" || modeOf(c) == q.Mode) &&
		(q.Screencasts == nil || c.Scope.Screencasts == *q.Screencasts) &&
		(q.Group == "" || slices.Contains(c.Scope.Groups, q.Group)) &&
		(q.Project == "" || slices.Contains(c.Scope.Projects, q.Project)) &&
		(q.Dead == nil || (dead > 0) == *q.Dead) &&
		(q.Seen == nil || seen.IsZero() != *q.Seen) &&
		(q.SeenBefore.IsZero() || seen.Before(q.SeenBefore)) &&
		(q.ExpiresBefore.IsZero() || until != nil && until.After(now) && until.Before(q.ExpiresBefore))
}

func (m *model) found(id policy.ClientID, search string) bool {
	email := strings.ToLower(m.clients[id].Email)
	have := strings.Fields(m.names[id].words + " " + strings.NewReplacer("@", " ", ".", " ").Replace(email))
	for term := range strings.FieldsSeq(strings.ToLower(search)) {
		if strings.Contains(term, "@") {
			if !strings.Contains(email, term) {
				return false
			}
			continue
		}
		plain := strings.NewReplacer("ó", "o", "ß", "ss", "é", "e", ".", " ", "-", " ").Replace(term)
		for want := range strings.FieldsSeq(plain) {
			if !slices.ContainsFunc(have, func(word string) bool { return strings.HasPrefix(word, want) }) {
				return false
			}
		}
	}
	return true
}

func (m *model) standing(id policy.ClientID, now time.Time) policy.Status {
	c := m.clients[id]
	if c.Status == "active" && c.Scope.Until != nil && !c.Scope.Until.After(now) {
		return "expired"
	}
	return c.Status
}

func modeOf(c *policy.Client) policy.Mode {
	return map[[2]bool]policy.Mode{
		{true, false}: "groups", {false, true}: "projects", {true, true}: "both", {false, false}: "none",
	}[[2]bool{len(c.Scope.Groups) > 0, len(c.Scope.Projects) > 0}]
}

func (m *model) compare(a, b policy.ClientID, s roster.Sort, now time.Time) int {
	x, y := m.clients[a], m.clients[b]
	if s == roster.ByID || s == "" || x == nil && y == nil {
		return 0
	}
	if x == nil || y == nil {
		return map[bool]int{true: 1, false: -1}[x == nil]
	}
	ranks := map[string]int{"invited": 0, "active": 1, "suspended": 2, "expired": 3, "groups": 0, "projects": 1, "both": 2, "none": 3}
	switch s {
	case roster.ByName:
		return m.names[a].place - m.names[b].place
	case roster.ByEmail:
		return strings.Compare(strings.ToLower(x.Email), strings.ToLower(y.Email))
	case roster.ByStatus:
		return ranks[string(m.standing(a, now))] - ranks[string(m.standing(b, now))]
	case roster.ByMode:
		return ranks[string(modeOf(x))] - ranks[string(modeOf(y))]
	case roster.BySeen:
		return m.seen[a].Compare(m.seen[b])
	case roster.ByChanged:
		return x.Changed.Compare(y.Changed)
	}
	return x.Created.Compare(y.Created)
}

func TestListsAreWhatGoingThroughAllClientsFinds(t *testing.T) {
	by := rules(t)
	rapid.Check(t, func(rt *rapid.T) {
		m, l := newModel(), startWith(t, by)
		for range rapid.IntRange(1, 8).Draw(rt, "rounds") {
			m.happen(rt, l, "abcde")
			l.now = noon.Add(time.Duration(rapid.IntRange(-210, 210).Draw(rt, "minutes")) * time.Minute)
			if rapid.IntRange(0, 5).Draw(rt, "anew?") == 0 {
				l.Follow(l.data, nil)
			}
			q := drawQuery(rt)
			want := m.wants(q, l.now)
			if diff := gocmp.Diff(want, l.ids(t, q)); diff != "" {
				rt.Fatalf("%+v: %s", q, diff)
			}
			q.Count = true
			m.wantCounts(rt, l.page(t, q), len(want), l.now)
		}
	})
}

// happen makes some changes, some of them in one revision.
func (m *model) happen(t *rapid.T, l *list, letters string) {
	for range rapid.IntRange(0, 6).Draw(t, "revisions") {
		var changes []policy.Change
		for range rapid.IntRange(1, 12).Draw(t, "changes") {
			if rapid.IntRange(0, 5).Draw(t, "build?") == 0 {
				changes = append(changes, m.build(t))
			} else {
				changes = append(changes, m.change(t, letters))
			}
		}
		l.change(changes...)
	}
}

// wantCounts holds the numbers of a page to the model.
func (m *model) wantCounts(t *rapid.T, page roster.Page, matching int, now time.Time) {
	t.Helper()
	statuses, modes := map[policy.Status]int{}, map[policy.Mode]int{}
	for id, c := range m.clients {
		if c != nil {
			statuses[m.standing(id, now)]++
			modes[modeOf(c)]++
		}
	}
	if page.Matching == nil || *page.Matching != matching || page.Total != len(m.clients) {
		t.Fatalf("%v of %d match, want %d of %d", page.Matching, page.Total, matching, len(m.clients))
	}
	for _, s := range page.Statuses {
		if s.Clients != statuses[s.Status] {
			t.Fatalf("%d are %s, want %d", s.Clients, s.Status, statuses[s.Status])
		}
	}
	for _, mode := range page.Modes {
		if mode.Clients != modes[mode.Mode] {
			t.Fatalf("%d have mode %s, want %d", mode.Clients, mode.Mode, modes[mode.Mode])
		}
	}
}

func TestWhoDoesNotChangeIsListedOnceWhileOthersDo(t *testing.T) {
	by := rules(t)
	rapid.Check(t, func(rt *rapid.T) {
		m, l := newModel(), startWith(t, by)
		m.happen(rt, l, "abcde")
		m.happen(rt, l, "abcde")
		q := drawQuery(rt)
		q.Dead = nil // it depends on more than the client
		still := func(id policy.ClientID) bool { return strings.Contains("ab", string(id[0])) }
		want := slices.DeleteFunc(m.wants(q, l.now), func(id policy.ClientID) bool { return !still(id) })
		got := l.idsWhile(t, q, func() { m.happen(rt, l, "cde") })
		got = slices.DeleteFunc(got, func(id policy.ClientID) bool { return !still(id) })
		if diff := gocmp.Diff(want, got); diff != "" {
			rt.Fatalf("%+v: %s", q, diff)
		}
	})
}
