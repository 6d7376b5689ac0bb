package service_test

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/password"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// racers is how many requests the races here are between.
const racers = 64

// trio returns three sidecars on one cluster.
func trio(t *testing.T) [3]*sidecartest.Sidecar {
	t.Helper()
	o := sidecartest.Options{Endpoints: []string{storetest.Start(t).Endpoint()}, Passwords: password.AtFloor()}
	var all [3]*sidecartest.Sidecar
	for i := range all {
		all[i] = sidecartest.Start(t, o)
		o.Owner = all[i].Owner.Key
	}
	return all
}

// thoroughly returns one of two numbers.
func thoroughly(usual, thorough int) int {
	if os.Getenv("SIGHTLINE_THOROUGH") == "1" {
		return thorough
	}
	return usual
}

// TestALinkMakesOneAccount accepts one invitation many times at once, at three
// sidecars, and in the hands of several people.
func TestALinkMakesOneAccount(t *testing.T) {
	all := trio(t)
	rounds := thoroughly(20, 200)
	counts := map[policy.Code]int{}
	begun := time.Now()
	for round := range rounds {
		email := fmt.Sprintf("c%d@example.com", round)
		invited, err := all[0].Owner.Invite(t.Context(), api.NewInvitation{Email: email, Link: true}, noTerms)
		if err != nil {
			t.Fatal(err)
		}
		_, link := linkPath(t, invited.Value.Link)
		for code, n := range acceptAtOnce(t, all, link) {
			counts[code] += n
		}
		if round+1 != counts[""] {
			t.Fatalf("round %d: %d were told that they made the account: %v", round, counts[""]-round, counts)
		}
		expectAccount(t, all[round%3], invited.Value.Value.ID)
	}
	t.Logf("%d rounds of %d requests in %s: %v", rounds, racers, time.Since(begun).Round(time.Millisecond), counts)
}

// acceptAtOnce accepts a link from all sides and returns how often there was
// which answer; the empty code is success.
func acceptAtOnce(t *testing.T, all [3]*sidecartest.Sidecar, link string) map[policy.Code]int {
	t.Helper()
	var mu sync.Mutex
	counts := map[policy.Code]int{}
	start := make(chan struct{})
	var racing sync.WaitGroup
	for i := range racers {
		racing.Go(func() {
			<-start
			open := &client.Client{BaseURL: all[i%3].URL}
			_, err := open.Accept(t.Context(), api.Acceptance{
				Link: link, Name: fmt.Sprint("Racer ", i), Password: fmt.Sprintf("four quiet herons %d", i),
			})
			mu.Lock()
			defer mu.Unlock()
			counts[policy.CodeOf(err)]++
			switch policy.CodeOf(err) {
			case "", policy.LinkFault, policy.TooMany:
			default:
				t.Errorf("a racer got %v", err)
			}
		})
	}
	close(start)
	racing.Wait()
	return counts
}

// expectAccount wants a client to be active, with one acceptance in the log.
func expectAccount(t *testing.T, s *sidecartest.Sidecar, id policy.ClientID) {
	t.Helper()
	got, err := s.Owner.Clients().Get(t.Context(), string(id))
	if err != nil || got.Value.Status != policy.Active {
		t.Errorf("the client is %s (%v)", got.Value.Status, err)
	}
	log, err := s.Owner.FindAudit(t.Context(), audit.Query{Action: "accept", ID: string(id), Descending: true, Limit: 10})
	if err != nil || len(log.Items) != 1 {
		t.Errorf("the log has %d acceptances of %s (%v)", len(log.Items), id, err)
	}
}

// TestNewsOfAMessageIsInNobodysWay changes an invitation each time just before
// somebody else's change of it is written, as the outbox does.
func TestNewsOfAMessageIsInNobodysWay(t *testing.T) {
	cluster := storetest.Start(t)
	s := sidecartest.Start(t, sidecartest.Options{Endpoints: []string{cluster.Endpoint()}, Prefix: "/news/"})
	invited, err := s.Owner.Invite(t.Context(), api.NewInvitation{Email: "cleo@example.com"}, noTerms)
	if err != nil {
		t.Fatal(err)
	}
	id := string(invited.Value.Value.ID)
	key := "/news/client-invitations/" + id
	interfere := func() {
		cluster.Catch("client-invitations/", func(execute func()) error {
			cluster.Put(t, key, cluster.Values(t, key)[key])
			execute()
			return nil
		})
	}
	interfere()
	if _, err := s.Owner.SendInvitation(t.Context(), policy.SubjectClient, id, api.SendInvitation{}, noTerms); err != nil {
		t.Errorf("to send another: %v", err)
	}
	interfere()
	if _, err := s.Owner.RevokeInvitation(t.Context(), policy.SubjectClient, id, noTerms); err != nil {
		t.Errorf("to revoke: %v", err)
	}
}

// TestNoUpdateOfAScopeIsLost lets writers add one group each to what they have
// seen of a scope, once and without trying again, over and over. The groups that
// are there at the end are those whose writers were told so.
func TestNoUpdateOfAScopeIsLost(t *testing.T) {
	all := trio(t)
	token := build(t, all[0], studio())
	rounds := thoroughly(8, 60)
	accepted, refused := map[policy.GroupID]bool{"design": true}, 0
	var mu sync.Mutex
	var writing sync.WaitGroup
	for w := range racers {
		writing.Go(func() {
			c := all[w%3].Owner.AtLeast(token).Clients()
			for n := range rounds {
				added := policy.GroupID(fmt.Sprintf("g-%d-%d", w, n))
				seen, err := c.Get(t.Context(), "acme")
				if err != nil {
					t.Error(err)
					return
				}
				seen.Value.Scope.Groups = append(seen.Value.Scope.Groups, added)
				_, err = c.Replace(t.Context(), "acme", seen.Revision, seen.Value, client.Terms{Force: true})
				mu.Lock()
				switch code := policy.CodeOf(err); code {
				case "":
					accepted[added] = true
				case policy.Stale:
					refused++
				default:
					t.Errorf("a writer got %v", err)
				}
				mu.Unlock()
			}
		})
	}
	writing.Wait()
	expectGroups(t, all[0], accepted)
	t.Logf("%d writers: %d accepted, %d refused", racers, len(accepted)-1, refused)
	if refused == 0 {
		t.Error("nobody was in anybody's way")
	}
}

func expectGroups(t *testing.T, s *sidecartest.Sidecar, want map[policy.GroupID]bool) {
	t.Helper()
	got, err := s.Owner.Clients().Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Value.Scope.Groups) != len(want) {
		t.Errorf("the scope has %d groups, want %d", len(got.Value.Scope.Groups), len(want))
	}
	for _, id := range got.Value.Scope.Groups {
		if !want[id] {
			t.Errorf("the scope has %s, whose writer was refused", id)
		}
	}
}
