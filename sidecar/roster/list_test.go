package roster_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/roster"
)

func TestARowTellsWhatEditingTakes(t *testing.T) {
	acme := named("acme", "Acme")
	until := noon.Add(-time.Hour)
	acme.Scope = policy.Scope{Groups: []policy.GroupID{"design", "gone"}, Projects: []policy.ProjectID{"site", "gone"}, Until: &until}
	l := start(t, client(acme), account("acme", noon), group("design"), project("site"),
		policy.Change{Kind: policy.KindClients, ID: "broken", Unreadable: true, Revision: 6})
	want := roster.Page{Revision: 1, ClientPage: api.ClientPage{
		Items: []api.ClientRow{{
			Versioned: api.Versioned[policy.Client]{Revision: 5, Value: acme},
			Standing:  "expired", Mode: "both", Dead: 2,
			Account: &api.RowAccount{Name: "Account of acme", Created: noon, Seen: noon},
		}},
		Unreadable: []string{"broken"},
		Total:      2,
		Statuses:   []api.StatusCount{{Status: "invited"}, {Status: "active"}, {Status: "suspended"}, {Status: "expired", Clients: 1}},
		Modes:      []api.ModeCount{{Mode: "groups"}, {Mode: "projects"}, {Mode: "both", Clients: 1}, {Mode: "none"}},
	}}
	if diff := cmp.Diff(want, l.page(t, roster.Query{})); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyThoseWhoMayReadClientsAreAnswered(t *testing.T) {
	l := three(t)
	if _, err := l.List(t.Context(), app, roster.Query{Limit: 1}); policy.CodeOf(err) != policy.Forbidden {
		t.Errorf("the error is %v", err)
	}
}

func TestThereIsNoListBeforeASnapshotOrAKey(t *testing.T) {
	by, hasKey := rules(t), false
	r := roster.New(roster.Config{Authoriser: by, Key: func() ([]byte, bool) { return nil, hasKey }})
	wantUnavailable := func() {
		t.Helper()
		if _, err := r.List(t.Context(), auditor, roster.Query{Limit: 1}); policy.CodeOf(err) != policy.Unavailable {
			t.Errorf("the error is %v", err)
		}
	}
	hasKey = true
	wantUnavailable()
	r.Follow((&policy.Data{}).Apply(1), nil)
	hasKey = false
	wantUnavailable()
}

func TestWrongQueriesAreRefusedByField(t *testing.T) {
	l := three(t)
	tests := []struct {
		q    roster.Query
		want string
	}{
		{roster.Query{Search: strings.Repeat("a", 255), Limit: 1}, "search: is 255 bytes long; the limit is 254"},
		{roster.Query{Status: "deleted", Limit: 1}, "status: must be invited, active, suspended or expired"},
		{roster.Query{Mode: "all", Limit: 1}, "mode: must be groups, projects, both or none"},
		{roster.Query{Sort: "age", Limit: 1}, "sort: must be id, name, email, status, mode, seen, changed or created"},
		{roster.Query{Group: "a/b", Limit: 1}, "group: has a character that is not a letter, a digit or one of -._~@:+ at position 2"},
		{roster.Query{Project: policy.ProjectID(strings.Repeat("a", 129)), Limit: 1}, "project: is 129 bytes long; the limit is 128"},
		{roster.Query{}, "limit: must be 1 to 1000"},
		{roster.Query{Limit: 1001}, "limit: must be 1 to 1000"},
	}
	for _, test := range tests {
		_, err := l.List(t.Context(), auditor, test.q)
		e, ok := errors.AsType[*policy.Error](err)
		if !ok || e.Code != policy.Invalid || e.Error() != test.want {
			t.Errorf("the error is %v, want %s", err, test.want)
		}
	}
}

func TestSearchIsAsPeopleType(t *testing.T) {
	acme := named("acme", "Acme Bank")
	acme.Email = "Ann.Lee@Mail.Acme.example"
	l := start(t, client(acme), client(named("lodz", "Łódź & Søn")), client(named("cafe", "CAFÉ Ærø")), client(named("strasse", "Große Straße")))
	tests := map[string]string{
		"acme ba":                   "[acme]",
		"BA ac":                     "[acme]",
		"cme":                       "[]", // not where a word begins
		"lee":                       "[acme]",
		"ann.l":                     "[acme]",
		"lee@mail":                  "[acme]",
		"ann.lee@mail.acme.example": "[acme]",
		"e@m":                       "[acme]",
		"ann@":                      "[]",
		"@acme":                     "[]",
		"lodz":                      "[lodz]",
		"ŁÓDŹ son":                  "[lodz]",
		"søn":                       "[lodz]",
		"café":                      "[cafe]",
		"Cafe\u0301 aero":           "[cafe]", // the accent as a letter of its own
		"strasse":                   "[strasse]",
		"GROSSE STRAẞE":             "[strasse]",
		"  ":                        "[acme cafe lodz strasse]",
		"&":                         "[acme cafe lodz strasse]",
		"@example.com":              "[cafe lodz strasse]",
	}
	for search, want := range tests {
		if got := fmt.Sprint(l.ids(t, roster.Query{Search: search})); got != want {
			t.Errorf("%q finds %s, want %s", search, got, want)
		}
	}
}

// Time passes without any change being applied.
func TestExpiryIsAsOfTheTimeOfAsking(t *testing.T) {
	soon, later := named("soon", "Soon"), named("later", "Later")
	at := noon.Add(time.Hour)
	then := noon.Add(2 * time.Hour)
	soon.Scope.Until, later.Scope.Until = &at, &then
	l := start(t, client(soon), client(later), client(named("ever", "Ever")))
	expired := func() string { return fmt.Sprint(l.ids(t, roster.Query{Status: policy.Expired})) }
	for _, test := range []struct {
		after time.Duration
		want  string
	}{
		{0, "[]"}, {time.Hour - 1, "[]"}, {time.Hour, "[soon]"}, {2*time.Hour - 1, "[soon]"}, {2 * time.Hour, "[later soon]"}, {time.Hour - 1, "[]"},
	} {
		l.now = noon.Add(test.after)
		if got := expired(); got != test.want {
			t.Errorf("after %s %s are expired, want %s", test.after, got, test.want)
		}
	}
}
