package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// TestKilledUnderWrites kills the sidecar 25 times in the middle of writes. No
// change that was acknowledged may be lost, and what decisions are made on must
// be what is stored.
func TestKilledUnderWrites(t *testing.T) {
	dir := t.TempDir()
	p := spawn(t, "--data-dir="+dir)
	owner, app := firstKeys(t, p, dir)
	stored(t, owner)
	r := rand.New(rand.NewPCG(1, 2))
	var acknowledged []string
	for round := range 25 {
		acknowledged = append(acknowledged, writeUntilKilled(t, p, owner, round, 1+r.IntN(40))...)
		p = spawn(t, "--data-dir="+dir)
		owner.BaseURL, app.BaseURL = p.url, p.url
		if lost := minus(acknowledged, stored(t, owner)); len(lost) > 0 {
			t.Fatalf("round %d: %d of %d acknowledged changes are lost: %v", round, len(lost), len(acknowledged), lost)
		}
	}
	t.Logf("25 kills, %d acknowledged changes, none lost", len(acknowledged))
	expectDecided(t, owner, app)
}

// firstKeys makes an owner and an app's key, and a group with somebody in it.
func firstKeys(t *testing.T, p *process, dir string) (owner, app *client.Client) {
	t.Helper()
	p.curls(t, 1) // it writes the file first
	text, err := os.ReadFile(filepath.Join(dir, "setup.code"))
	if err != nil {
		t.Fatal(err)
	}
	open := &client.Client{BaseURL: p.url}
	first, err := open.Setup(t.Context(), api.Setup{
		Code: strings.TrimSpace(string(text)), Name: "Olive", Email: "olive@example.com", Password: "four quiet herons at dawn",
	})
	if err != nil {
		t.Fatal(err)
	}
	owner = &client.Client{BaseURL: p.url, Key: first.Value.Token}
	made, err := open.As(first).CreateKey(t.Context(), api.NewKey{Name: "app", Role: policy.RoleApp}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	app = &client.Client{BaseURL: p.url, Key: made.Value.Text}
	if _, err := owner.Groups().Create(t.Context(), policy.Group{ID: "staff", Name: "Staff"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	employee := policy.Employee{ID: "ann", Name: "Ann", Groups: []policy.GroupID{"staff"}}
	if _, err := owner.Employees().Create(t.Context(), employee, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	return owner, app
}

// writeUntilKilled creates groups until the process is killed, and returns what
// was acknowledged.
func writeUntilKilled(t *testing.T, p *process, owner *client.Client, round, kill int) []string {
	t.Helper()
	return killUnder(p, round, kill, func(id string) error {
		_, err := owner.Groups().Create(context.Background(), policy.Group{ID: policy.GroupID(id), Name: id}, client.Terms{})
		return err
	})
}

// killUnder writes from four sides, each time under another id, kills the process
// after some acknowledgements, and returns what was acknowledged.
func killUnder(p *process, round, kill int, write func(id string) error) []string {
	var mu sync.Mutex
	var acknowledged []string
	var writers sync.WaitGroup
	for w := range 4 {
		writers.Go(func() {
			for n := 0; ; n++ {
				id := fmt.Sprintf("g-%d-%d-%d", round, w, n)
				if write(id) != nil {
					return
				}
				mu.Lock()
				acknowledged = append(acknowledged, id)
				if len(acknowledged) == kill {
					_ = p.Process.Kill()
				}
				mu.Unlock()
			}
		})
	}
	writers.Wait()
	_ = p.Wait()
	return acknowledged
}

// stored returns the ids of all stored groups.
func stored(t *testing.T, owner *client.Client) []string {
	t.Helper()
	var ids []string
	for after := ""; ; {
		page, err := owner.Groups().List(t.Context(), after, api.MaxPage)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range page.Items {
			ids = append(ids, string(g.Value.ID))
		}
		if after = page.Next; after == "" {
			return ids
		}
	}
}

func minus(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(id string) bool { return slices.Contains(some, id) })
}

// expectDecided wants decisions to know exactly the groups that are stored: a
// client with all of them, and some that do not exist, is asked about each.
func expectDecided(t *testing.T, owner, app *client.Client) {
	t.Helper()
	want := stored(t, owner)
	selected := append(slices.Clone(want), "never-1", "never-2")
	scope := policy.Scope{}
	for _, id := range selected {
		scope.Groups = append(scope.Groups, policy.GroupID(id))
	}
	c := policy.Client{ID: "acme", Name: "Acme", Email: "acme@example.com", Status: policy.Active, Scope: scope}
	made, err := owner.Clients().Create(t.Context(), c, client.Terms{Force: true})
	if err != nil {
		t.Fatal(err)
	}
	var decided []string
	for ids := range slices.Chunk(selected, api.MaxItems) {
		decided = append(decided, listed(t, app.AtLeast(made.Token), ids)...)
	}
	if diff := cmp.Diff(want, decided); diff != "" {
		t.Errorf("groups (-stored +decided):\n%s", diff)
	}
}

// listed returns those of the groups that the client acme can see.
func listed(t *testing.T, app *client.Client, ids []string) []string {
	t.Helper()
	batch := api.Evaluations{
		Subject: &policy.Entity{Type: policy.TypeClient, ID: "acme"},
		Action:  &policy.Action{Name: policy.ActionView},
		Options: api.Options{Reasons: true},
	}
	for _, id := range ids {
		batch.Evaluations = append(batch.Evaluations, api.Item{Resource: &policy.Entity{Type: policy.TypeGroup, ID: id}})
	}
	got, err := app.Evaluations(t.Context(), batch)
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	for i, d := range got.Decisions {
		switch {
		case d.Context.Reason == policy.CodeTimeout: // machines of tests stand still now and then
			seen = append(seen, listed(t, app, ids[i:i+1])...)
		case d.Decision:
			seen = append(seen, ids[i])
		}
	}
	return seen
}
