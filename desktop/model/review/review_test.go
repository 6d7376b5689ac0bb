package review_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/review"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

var ada = review.Thing{Kind: policy.TypeEmployee, ID: "ada", Name: "Ada"}

// company returns a sidecar whose clients see Ada through a group, through a
// project, and not at all.
func company(t *testing.T) *client.Client {
	t.Helper()
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	doc := api.Document{
		Directory: policy.Directory{
			Employees: []policy.Employee{{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"app"}}},
			Groups:    []policy.Group{{ID: "design", Name: "Design"}, {ID: "dev", Name: "Development"}},
			Projects:  []policy.Project{{ID: "app", Name: "App"}},
		},
		Clients: []policy.Client{
			{ID: "acme", Name: "Acme", Email: "acme@client.example", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"design", "dev"}}},
			{ID: "birch", Name: "Birch", Email: "birch@client.example", Status: policy.Active, Scope: policy.Scope{Projects: []policy.ProjectID{"app"}}},
			{ID: "cedar", Name: "Cedar", Email: "cedar@client.example", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"dev"}}},
		},
	}
	stored, err := owner.Import(t.Context(), doc, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	return owner.AtLeast(stored.Token)
}

// through says who of the review sees the thing, and through what.
func through(m *review.Review) (all []string) {
	for i := range m.Len() {
		c := m.At(i)
		line := c.Name + ":"
		for _, n := range append(c.Groups, c.Projects...) {
			line += " " + n.Name
		}
		all = append(all, line)
	}
	return all
}

func TestWhoSeesSomethingIsToldWithThroughWhat(t *testing.T) {
	pump := asynctest.New(t)
	m := review.New(review.Calls(pump, company(t)))
	defer m.Close()
	if m.Read() || m.Busy() {
		t.Error("something is known before anything was asked")
	}
	m.Ask(ada)
	pump.Settle()
	if diff := cmp.Diff([]string{"Acme: Design", "Birch: App"}, through(m)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	var table string
	m.Export(func(text []byte, err error) {
		if err != nil {
			t.Error(err)
		}
		table = string(text)
	})
	pump.Settle()
	if n := strings.Count(table, "\n"); n != 3 || !strings.Contains(table, "acme@client.example") || strings.Contains(table, "cedar") {
		t.Errorf("the table is\n%s", table)
	}
}

func TestOnlyClientsWithScreencastsAreListed(t *testing.T) {
	pump, owner := asynctest.New(t), company(t)
	calls := review.Calls(pump, owner)
	calls.Screencasts = func(id policy.ClientID) bool { return id == "birch" }
	m := review.New(calls)
	defer m.Close()
	m.Show(new(true))
	m.Ask(ada)
	pump.Settle()
	if diff := cmp.Diff([]string{"Birch: App"}, through(m)); diff != "" || m.Total() != 2 {
		t.Errorf("of %d: %s", m.Total(), diff)
	}
	var table string
	m.Export(func(text []byte, err error) {
		if err != nil {
			t.Error(err)
		}
		table = string(text)
	})
	pump.Settle()
	if n := strings.Count(table, "\n"); n != 2 || strings.Count(table, "\r\n") != n || !strings.Contains(table, "birch@client.example") {
		t.Errorf("the table is\n%s", table)
	}
	m.Show(new(false))
	if diff := cmp.Diff([]string{"Acme: Design"}, through(m)); diff != "" {
		t.Error(diff)
	}
	m.Show(nil)
	if m.Len() != 2 {
		t.Errorf("%d are listed without a filter", m.Len())
	}
}

func TestAllPagesAreRead(t *testing.T) {
	pump := asynctest.New(t)
	pages := map[policy.ClientID]api.Review{
		"":  {Clients: []api.Reviewed{{ID: "a", Name: "A"}}, Next: "a"},
		"a": {Clients: []api.Reviewed{{ID: "b", Name: "B"}}},
	}
	m := review.New(review.Config{On: pump, Review: func(_ context.Context, _, _ string, after policy.ClientID, _ int) (api.Review, error) {
		return pages[after], nil
	}})
	defer m.Close()
	m.Ask(ada)
	pump.Settle()
	if diff := cmp.Diff([]string{"A:", "B:"}, through(m)); diff != "" {
		t.Error(diff)
	}
}

func TestAFailedReviewCanBeAskedAgain(t *testing.T) {
	pump := asynctest.New(t)
	broken := errors.New("cut off")
	failing := broken
	m := review.New(review.Config{On: pump, Review: func(context.Context, string, string, policy.ClientID, int) (api.Review, error) {
		return api.Review{Clients: []api.Reviewed{{ID: "a", Name: "A"}}}, failing
	}})
	defer m.Close()
	m.Ask(ada)
	pump.Settle()
	if !errors.Is(m.Err(), broken) || m.Read() {
		t.Fatalf("read %t, err %v", m.Read(), m.Err())
	}
	failing = nil
	m.Again()
	pump.Settle()
	if m.Err() != nil || m.Len() != 1 {
		t.Errorf("err %v, %d clients", m.Err(), m.Len())
	}
	failing = broken
	m.Again()
	pump.Settle()
	if m.Len() != 1 {
		t.Error("what was known is lost by a failure")
	}
}

func TestAReviewThatIsAskedAgainAndAgainIsAnswered(t *testing.T) {
	pump := asynctest.New(t)
	answers, begun := make(chan struct{}), make(chan struct{}, 10)
	m := review.New(review.Config{On: pump, Review: func(ctx context.Context, _, id string, _ policy.ClientID, _ int) (api.Review, error) {
		begun <- struct{}{}
		select {
		case <-answers:
			return api.Review{Clients: []api.Reviewed{{ID: "a", Name: id}}}, nil
		case <-ctx.Done():
			return api.Review{}, ctx.Err()
		}
	}})
	defer m.Close()
	m.Ask(ada)
	for range 5 {
		<-begun
		m.Again()
		m.Again()
		answered := false
		m.OnChange = func() { answered = true }
		answers <- struct{}{}
		pump.Until(func() bool { return answered })
	}
	<-begun
	m.Ask(review.Thing{Kind: policy.TypeEmployee, ID: "bob"}) // another one is not kept waiting
	<-begun
	close(answers)
	pump.Settle()
	if got := m.At(0).Name; got != "bob" {
		t.Errorf("the answer is about %s", got)
	}
}

func TestWhyIsAnsweredByTheRules(t *testing.T) {
	pump := asynctest.New(t)
	calls := review.Calls(pump, company(t))
	for name, test := range map[string]struct {
		client policy.ClientID
		want   bool
		reason string
		groups []review.Named
	}{
		"through a group": {"acme", true, "in_group", []review.Named{{ID: "design", Name: "Design"}}},
		"not at all":      {"cedar", false, "no_access", []review.Named{}},
	} {
		t.Run(name, func(t *testing.T) {
			w := review.NewWhy(calls, test.client)
			defer w.Close()
			w.Ask(ada)
			pump.Settle()
			a := w.Answer()
			if a == nil {
				t.Fatal(w.Err())
			}
			if a.Decision.Decision != test.want || a.Decision.Context.Reason != test.reason {
				t.Errorf("%t because of %s, want %t because of %s", a.Decision.Decision, a.Decision.Context.Reason, test.want, test.reason)
			}
			if diff := cmp.Diff(test.groups, a.Groups); diff != "" {
				t.Errorf("groups: -want +got\n%s", diff)
			}
			if len(w.Traced()) != 0 {
				t.Error("there is a trace that nobody asked for")
			}
			w.Trace()
			pump.Settle()
			if len(w.Traced()) < 10 {
				t.Errorf("the trace is %q", w.Traced())
			}
		})
	}
}
