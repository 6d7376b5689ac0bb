package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/mail/mailtest"
)

// TestKilledUnderInvitations kills the sidecar in the middle of invitations, and
// of the messages they send. Each that was acknowledged has made one client, one
// record and one letter, which arrives, under one id however often.
func TestKilledUnderInvitations(t *testing.T) {
	kills := 10
	if os.Getenv("SIGHTLINE_THOROUGH") == "1" {
		kills = 25
	}
	dir, server := t.TempDir(), mailtest.Start(t, mailtest.Script{})
	args := []string{
		"--data-dir=" + dir, "--public-url=http://127.0.0.1:8470", "--mail-from=sightline@example.com",
		"--smtp-host=" + server.Host, fmt.Sprintf("--smtp-port=%d", server.Port), "--smtp-ca=" + server.CAFile,
	}
	p := spawn(t, args...)
	owner, _ := firstKeys(t, p, dir)
	r := rand.New(rand.NewPCG(3, 4))
	var acknowledged []string
	for round := range kills {
		acknowledged = append(acknowledged, killUnder(p, round, 1+r.IntN(20), func(id string) error {
			_, err := owner.Invite(context.Background(), api.NewInvitation{Email: id + "@example.com"}, client.Terms{})
			return err
		})...)
		p = spawn(t, args...)
		owner.BaseURL = p.url
		if ids := invited(t, owner); len(minus(acknowledged, ids)) > 0 {
			t.Fatalf("round %d: lost are %v", round, minus(acknowledged, ids))
		}
		if round%4 == 3 {
			// So that it is killed while messages are on their way, too: whoever comes
			// after a killed sender waits until that one is known to be gone.
			server.Wait(t, len(server.Messages())+1)
		}
	}
	awaitDelivery(t, owner)
	repeats := expectOneLetterEach(t, server.Messages(), invited(t, owner))
	t.Logf("%d kills, %d acknowledged invitations, %d stored, %d messages, %d of them repeats",
		kills, len(acknowledged), len(invited(t, owner)), len(server.Messages()), repeats)
}

// invited returns the ids that were invited and are stored. It fails the test
// unless each has one client, and each client one record of its invitation.
func invited(t *testing.T, owner *client.Client) []string {
	t.Helper()
	records := map[string]int{}
	for q := (audit.Query{Action: "invite", Limit: api.MaxPage}); ; {
		page, err := owner.FindAudit(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Items {
			records[r.ID]++
		}
		if q.After = page.Next; q.After == 0 {
			break
		}
	}
	var ids []string
	seen := map[string]bool{}
	for _, c := range everyClient(t, owner) {
		id, _, _ := strings.Cut(c.Email, "@")
		ids = append(ids, id)
		if seen[id] || records[string(c.ID)] != 1 {
			t.Errorf("%s has %d records, and is there twice: %t", c.Email, records[string(c.ID)], seen[id])
		}
		seen[id] = true
	}
	if len(records) != len(ids) {
		t.Errorf("there are %d clients, and records of %d invitations", len(ids), len(records))
	}
	return ids
}

func everyClient(t *testing.T, owner *client.Client) []policy.Client {
	t.Helper()
	var all []policy.Client
	for after := ""; ; {
		page, err := owner.Clients().List(t.Context(), after, api.MaxPage)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Items {
			all = append(all, c.Value)
		}
		if after = page.Next; after == "" {
			return all
		}
	}
}

// awaitDelivery waits until the invitations of all clients are sent. A message
// that was on its way when its sender was killed is sent again after a minute.
func awaitDelivery(t *testing.T, owner *client.Client) {
	t.Helper()
	limit, look := time.After(5*time.Minute), time.NewTicker(100*time.Millisecond)
	defer look.Stop()
	for _, c := range everyClient(t, owner) {
		for {
			got, err := owner.Invitation(t.Context(), policy.SubjectClient, string(c.ID))
			if err != nil {
				t.Fatal(err)
			}
			if got.Value.Delivery.State == policy.DeliverySent {
				break
			}
			select {
			case <-look.C:
			case <-limit:
				t.Fatalf("the invitation of %s is still %+v", c.Email, got.Value.Delivery)
			}
		}
	}
}

// expectOneLetterEach wants a message to each, and all to the same one to be the
// same message. It returns how many came again.
func expectOneLetterEach(t *testing.T, messages []mailtest.Message, ids []string) (repeats int) {
	t.Helper()
	letters := map[string]string{} // by the id of who is invited
	for _, m := range messages {
		id, _, _ := strings.Cut(strings.Trim(m.To, "<>"), "@")
		letter := m.Header.Get("Message-Id")
		switch before, again := letters[id]; {
		case again && before != letter:
			t.Errorf("%s got two messages, %s and %s", id, before, letter)
		case again:
			repeats++
		}
		letters[id] = letter
	}
	distinct := map[string]bool{}
	for _, id := range ids {
		if letters[id] == "" {
			t.Errorf("%s got no message", id)
		}
		distinct[letters[id]] = true
	}
	if len(distinct) != len(ids) || len(letters) != len(ids) {
		t.Errorf("%d letters went to %d of %d", len(distinct), len(letters), len(ids))
	}
	return repeats
}
