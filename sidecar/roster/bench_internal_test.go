package roster

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"sightline.example/policy"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

// company returns n clients: 300 groups and 1,500 projects to select from, of
// which one in a hundred is gone; names of two words out of 20,000 and of 200;
// one in fifty suspended, one in ten invited, one in ten expired; and accounts.
func company(n int) *policy.Data {
	r := rand.New(rand.NewPCG(1, 2))
	var changes []policy.Change
	for i := range 300 {
		if id := fmt.Sprint("group-", i); i%100 != 7 {
			changes = append(changes, policy.Change{Kind: policy.KindGroups, ID: id, Value: &policy.Group{ID: policy.GroupID(id), Name: id}})
		}
	}
	for i := range 1500 {
		if id := fmt.Sprint("project-", i); i%100 != 7 {
			changes = append(changes, policy.Change{Kind: policy.KindProjects, ID: id, Value: &policy.Project{ID: policy.ProjectID(id), Name: id}})
		}
	}
	for i := range n {
		c := guest(r, i)
		changes = append(changes, policy.Change{Kind: policy.KindClients, ID: string(c.ID), Value: c, Revision: 1})
		if c.Status != policy.Invited {
			changes = append(changes, seen(c.ID, noon.Add(-time.Duration(r.IntN(1e6))*time.Second)))
		}
	}
	return (&policy.Data{}).Apply(1, changes...)
}

func seen(id policy.ClientID, at time.Time) policy.Change {
	return policy.Change{Kind: policy.KindAccounts, ID: string(id), Value: &policy.Account{Client: id, Name: "Ann Lee", Created: noon, Seen: at}}
}

func guest(r *rand.Rand, i int) *policy.Client {
	first, second := r.IntN(20_000), r.IntN(200)
	c := &policy.Client{
		ID:   policy.ClientID(fmt.Sprint("client-", i)),
		Name: fmt.Sprintf("%s %s", syllables(first), syllables(second)), Status: policy.Active,
		Email: fmt.Sprintf("%s.%d@%s.example", syllables(second), i, syllables(first)),
		Trail: policy.Trail{
			Created: noon.Add(-time.Duration(r.IntN(1e8)) * time.Second),
			Changed: noon.Add(-time.Duration(r.IntN(1e7)) * time.Second),
		},
		Scope: policy.Scope{Screencasts: i%3 == 0},
	}
	if until := noon.Add(time.Duration(r.IntN(1000)-500) * time.Hour); i%5 == 0 {
		c.Scope.Until = &until
	}
	if i%10 == 1 {
		c.Status = policy.Invited
	}
	if i%50 == 2 {
		c.Status = policy.Suspended
	}
	if i%4 != 0 {
		c.Scope.Groups = []policy.GroupID{policy.GroupID(fmt.Sprint("group-", r.IntN(300)))}
	}
	if i%4 > 1 {
		c.Scope.Projects = []policy.ProjectID{policy.ProjectID(fmt.Sprint("project-", r.IntN(1500)))}
	}
	return c
}

// syllables returns a word that is like no other's.
func syllables(n int) string {
	word := ""
	for n += 200; n > 0; n /= 40 {
		word += string("bdfgklmn"[n%8]) + string("aeiou"[n/8%5])
	}
	return word
}

func open(tb testing.TB, d *policy.Data) *Roster {
	tb.Helper()
	r := New(Config{
		Key: func() ([]byte, bool) { return []byte("a key of this test"), true },
		Now: func() time.Time { return noon },
	})
	r.Follow(d, nil)
	return r
}

// BenchmarkPage measures pages of 100 clients.
//
// Ledger (2 cores AMD EPYC, shared with a load of 7, one run each, in µs),
// 1,000 and 100,000 clients:
//
//	sort, first and middle page, each of 8    28-139    30-131   ratio about 1
//	search selective, address, none           1-2.4     1-24
//	search unselective                        85        279      ratio 3.3
//	search of two frequent words              29        2999     both hold of few together
//	filter status, mode, screencasts          15-85     96-657
//	filter group, project, dead               1-7       13-622   a hundred times the rows
//	hardly together, and counting all         11, 70    2503, 19079
func BenchmarkPage(b *testing.B) {
	on, off := true, false
	queries := []struct {
		name string
		q    Query
	}{
		{"search/selective", Query{Search: "client-77 bababe"}},
		{"search/two words", Query{Search: "ba fe"}},
		{"search/unselective", Query{Search: "example", Sort: ByName}},
		{"search/address", Query{Search: "@baba"}},
		{"search/none", Query{Search: "zzz"}},
		{"filter/status=invited", Query{Status: policy.Invited, Sort: ByName}},
		{"filter/status=expired", Query{Status: policy.Expired, Sort: ByStatus}},
		{"filter/status=suspended", Query{Status: policy.Suspended, Sort: ByName}},
		{"filter/mode=both", Query{Mode: policy.ModeBoth, Sort: ByName}},
		{"filter/screencasts", Query{Screencasts: &on, Sort: ByName}},
		{"filter/group", Query{Group: "group-8", Sort: ByName}},
		{"filter/project", Query{Project: "project-8", Sort: ByName}},
		{"filter/dead", Query{Dead: &on, Sort: ByName}},
		{"filter/alive", Query{Dead: &off, Sort: ByName}},
		{"filter/never seen", Query{Seen: &off, Sort: ByName}},
		{"filter/seen before", Query{SeenBefore: noon.Add(-260 * time.Hour), Sort: ByName}},
		{"filter/expires before", Query{ExpiresBefore: noon.Add(24 * time.Hour), Sort: ByName}},
		{"worst/hardly together", Query{Status: policy.Invited, Seen: &on, Mode: policy.ModeBoth, Sort: ByName}},
		{"worst/count", Query{Search: "example", Sort: ByName, Count: true}},
	}
	for _, s := range Sorts() {
		queries = append(queries, struct {
			name string
			q    Query
		}{"sort/" + string(s), Query{Sort: s}})
	}
	for _, clients := range []int{1_000, 100_000} {
		r := open(b, company(clients))
		for _, query := range queries {
			q := query.q
			q.Limit = 100
			if q.Sort == "" {
				q.Sort = ByID
			}
			b.Run(fmt.Sprintf("%s/first/clients=%d", query.name, clients), func(b *testing.B) { measure(b, r, q) })
			if query.name[:4] == "sort" {
				q.After = middle(b, r, q)
				b.Run(fmt.Sprintf("%s/middle/clients=%d", query.name, clients), func(b *testing.B) { measure(b, r, q) })
			}
		}
	}
}

func measure(b *testing.B, r *Roster, q Query) {
	quiet(b)
	for b.Loop() {
		if _, err := r.find(&q); err != nil {
			b.Fatal(err)
		}
	}
}

// quiet keeps the garbage of what came before out of the measurement.
func quiet(b *testing.B) {
	old := debug.SetGCPercent(400) // as the sidecar sets it
	b.Cleanup(func() { debug.SetGCPercent(old) })
	runtime.GC()
	b.ReportAllocs()
}

// middle returns the cursor of the client in the middle of a list.
func middle(tb testing.TB, r *Roster, q Query) string {
	tb.Helper()
	x := r.current.Load()
	at, ok := x.sorted[q.Sort].set.GetAt(x.size() / 2)
	if !ok {
		tb.Fatal("there is nobody")
	}
	key, _ := r.cfg.Key()
	return cursor(key, &q, at)
}

// BenchmarkFollow measures the change of one client's scope, of one client's
// last use, and the deletion of a group, each in a revision of its own; and
// reading everything anew.
//
// Ledger (as above), 1,000 and 100,000 clients: a client 64 and 174 µs, its last
// use 32 and 92 µs, a group 6 and 6 µs, everything 8 ms and, in two runs, 850 and
// 1,420 ms.
func BenchmarkFollow(b *testing.B) {
	for _, clients := range []int{1_000, 100_000} {
		d := company(clients)
		r := open(b, d)
		random := rand.New(rand.NewPCG(3, 4))
		apply := func(c policy.Change) {
			before := d
			d = before.Apply(before.Revision()+1, c)
			r.Follow(d, []policy.Change{c})
		}
		b.Run(fmt.Sprintf("client/clients=%d", clients), func(b *testing.B) {
			quiet(b)
			for b.Loop() {
				c := guest(random, random.IntN(clients))
				apply(policy.Change{Kind: policy.KindClients, ID: string(c.ID), Value: c, Revision: 2})
			}
		})
		b.Run(fmt.Sprintf("seen/clients=%d", clients), func(b *testing.B) {
			quiet(b)
			for b.Loop() {
				apply(seen(policy.ClientID(fmt.Sprint("client-", random.IntN(clients))), noon.Add(time.Duration(random.IntN(1000))*time.Second)))
			}
		})
		b.Run(fmt.Sprintf("group/clients=%d", clients), func(b *testing.B) {
			quiet(b)
			for b.Loop() {
				apply(policy.Change{Kind: policy.KindGroups, ID: fmt.Sprint("group-", random.IntN(300))})
			}
		})
		b.Run(fmt.Sprintf("anew/clients=%d", clients), func(b *testing.B) {
			quiet(b)
			for b.Loop() {
				r.Follow(d, nil)
			}
		})
	}
}
