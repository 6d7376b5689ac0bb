package main

import (
	"strings"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// TestRulesDirectory hosts another set of rules, the fixture of the AuthZEN
// certification scenario (section 1.4), and asks its eight decisions.
func TestRulesDirectory(t *testing.T) {
	dir := t.TempDir()
	p := spawn(t, "--data-dir="+dir, "--rules=../policy/policytest/certification")
	_, app := firstKeys(t, p, dir)
	user := func(id string) policy.Entity { return policy.Entity{Type: "user", ID: id} }
	record := func(id string) policy.Entity { return policy.Entity{Type: "record", ID: id} }
	archived := policy.Entity{Type: "record", ID: "record-2", Properties: map[string]any{"status": "archived"}}
	admin := policy.Entity{Type: "user", ID: "bob", Properties: map[string]any{"role": "admin"}}
	action := func(name string) policy.Action { return policy.Action{Name: name} }
	remove := func(soft bool) policy.Action {
		return policy.Action{Name: "delete", Properties: map[string]any{"soft": soft}}
	}
	cases := []struct {
		name    string
		request policy.Request
		want    bool
	}{
		{"1 alice reads", policy.Request{Subject: user("alice"), Action: action("read"), Resource: record("record-1")}, true},
		{"2 alice writes", policy.Request{Subject: user("alice"), Action: action("write"), Resource: record("record-1")}, true},
		{"3 bob reads", policy.Request{Subject: user("bob"), Action: action("read"), Resource: record("record-1")}, true},
		{"4 bob writes", policy.Request{Subject: user("bob"), Action: action("write"), Resource: record("record-1")}, false},
		{"5 archived", policy.Request{Subject: user("alice"), Action: action("write"), Resource: archived}, false},
		{"6 admin", policy.Request{Subject: admin, Action: action("write"), Resource: archived}, true},
		{"7 soft delete", policy.Request{Subject: user("alice"), Action: remove(true), Resource: record("record-1")}, true},
		{"8 hard delete", policy.Request{Subject: user("alice"), Action: remove(false), Resource: record("record-1")}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := app.Evaluate(t.Context(), c.request)
			if err != nil {
				t.Fatal(err)
			}
			if got.Allow != c.want {
				t.Errorf("got %t (%s), want %t", got.Allow, got.Reason.Code, c.want)
			}
		})
	}
}

// TestFirstOwner takes the way of a new operator: the set-up code makes one owner
// and is worth nothing then.
func TestFirstOwner(t *testing.T) {
	dir := t.TempDir()
	p := spawn(t, "--data-dir="+dir)
	lines := p.curls(t, 1)
	var problem api.Problem
	paste(t, lines[0], &problem)
	if problem.Code != policy.Invalid || problem.Field != "email" {
		t.Errorf("the line as it is printed gives %+v", problem)
	}
	line := strings.NewReplacer("NAME", "Olive", "ADDRESS", "olive@example.com", "PASSWORD", "four quiet herons at dawn").Replace(lines[0])
	var owner api.SignedIn
	paste(t, line, &owner)
	c := &client.Client{BaseURL: p.url, Key: owner.Token}
	if _, err := c.Keys(t.Context(), "", 0); err != nil {
		t.Errorf("list the keys with the owner's session: %v", err)
	}
	paste(t, line, &problem)
	if problem.Code != policy.Unauthenticated || problem.Field != "code" {
		t.Errorf("the second use of the set-up code gives %+v", problem)
	}
}
