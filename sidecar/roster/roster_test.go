package roster_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"sightline.example/policy"
	"sightline.example/sidecar/roster"
)

// Each revision gives all clients the same new name, and lets a period end.
func TestReadersSeeWholeRevisionsWhileTheyAreMade(t *testing.T) {
	by := rules(t)
	r := roster.New(roster.Config{
		Authoriser: by,
		Key:        func() ([]byte, bool) { return []byte("a key of this test"), true },
	})
	revision := func(n int) (changes []policy.Change) {
		for i := range 40 {
			c := named(fmt.Sprint("c", i), fmt.Sprint("Name ", n))
			until := time.Now().Add(time.Duration(i) * time.Millisecond)
			c.Scope.Until = &until
			changes = append(changes, client(c))
		}
		return changes
	}
	data := (&policy.Data{}).Apply(1, revision(1)...)
	r.Follow(data, nil)
	ctx, stop := context.WithCancel(t.Context())
	var readers errgroup.Group
	for _, s := range []roster.Sort{roster.ByName, roster.ByStatus} {
		readers.Go(func() error {
			for ctx.Err() == nil {
				page, err := r.List(context.Background(), auditor, roster.Query{Sort: s, Limit: 100, Search: "name"})
				if err != nil {
					return err
				}
				names := map[string]bool{}
				for _, item := range page.Items {
					names[item.Value.Name] = true
				}
				if len(page.Items) != 40 || len(names) != 1 {
					return fmt.Errorf("%d clients of the names %v", len(page.Items), names)
				}
			}
			return nil
		})
	}
	for n := 2; n < 150; n++ {
		before, changes := data, revision(n)
		data = before.Apply(int64(n), changes...)
		r.Follow(data, changes)
	}
	stop()
	if err := readers.Wait(); err != nil {
		t.Error(err)
	}
}

func TestReadingEverythingAnewForgetsWhatIsGone(t *testing.T) {
	l := three(t)
	l.Follow((&policy.Data{}).Apply(9, client(named("d", "Dora"))), nil)
	if got := fmt.Sprint(l.ids(t, roster.Query{})); got != "[d]" {
		t.Errorf("there are %s", got)
	}
}

func TestDeadReferencesFollowWhatExists(t *testing.T) {
	acme := named("acme", "Acme")
	acme.Scope.Groups, acme.Scope.Projects = []policy.GroupID{"design"}, []policy.ProjectID{"site"}
	l := start(t, client(acme), client(named("other", "Other")), group("design"), project("site"))
	wantDead := func(n int, want string) {
		t.Helper()
		if got := fmt.Sprint(l.ids(t, roster.Query{Dead: yes()})); got != want {
			t.Errorf("dead references are in %s, want %s", got, want)
		}
		if got := l.page(t, roster.Query{Search: "acme"}).Items[0].Dead; got != n {
			t.Errorf("there are %d dead references, want %d", got, n)
		}
	}
	wantDead(0, "[]")
	l.change(gone(policy.KindGroups, "design"))
	wantDead(1, "[acme]")
	l.change(gone(policy.KindProjects, "site"))
	wantDead(2, "[acme]")
	l.change(group("design"), project("site"))
	wantDead(0, "[]")
}

func TestTheOrderOfIDsGoesOnAfterAny(t *testing.T) {
	l := start(t, client(named("b", "B")), client(named("d", "D")), client(named("a", "Z")),
		policy.Change{Kind: policy.KindClients, ID: "c", Unreadable: true})
	for after, want := range map[policy.ClientID][]policy.ClientID{
		"": {"a", "b", "c", "d"}, "a": {"b", "c", "d"}, "bb": {"c", "d"}, "c": {"d"}, "d": nil,
	} {
		if got := slices.Collect(l.After(after)); !slices.Equal(got, want) {
			t.Errorf("after %q come %v, want %v", after, got, want)
		}
	}
	going := l.After("a")
	l.change(client(named("bb", "BB")), gone(policy.KindClients, "c"))
	if got, want := slices.Collect(going), []policy.ClientID{"b", "bb", "d"}; !slices.Equal(got, want) {
		t.Errorf("after a change come %v, want %v", got, want)
	}
	if got := slices.Collect(roster.New(roster.Config{}).After("")); got != nil {
		t.Errorf("before there is a snapshot come %v", got)
	}
}
