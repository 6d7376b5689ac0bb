package engine_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/policy/policytest"
	"sightline.example/rego"
)

func TestCases(t *testing.T) {
	for _, s := range policytest.Suites(t) {
		t.Run(s.Name, func(t *testing.T) {
			var now time.Time
			view := newEngine(t, func() time.Time { return now }, s.World.Data(t))
			for _, c := range s.Cases {
				t.Run(c.Name, func(t *testing.T) {
					now = c.Now
					decided, explained := view.Decide(t.Context(), c.Request()), view.Explain(t.Context(), c.Request())
					check(t, s.World, c, explained)
					explained.Reason.Admin = ""
					if diff := cmp.Diff(explained, decided); diff != "" {
						t.Errorf("Decide is not Explain without the admin's sentence (-explain +decide):\n%s", diff)
					}
				})
			}
		})
	}
}

// newEngine returns a view of the product's rules over data. Its time limit is
// out of reach, so that no answer depends on how busy the machine is.
func newEngine(tb testing.TB, now func() time.Time, data *policy.Data) engine.View {
	tb.Helper()
	e, err := engine.New(tb.Context(), rego.Files, engine.Config{Limit: time.Hour, Now: now})
	if err != nil {
		tb.Fatal(err)
	}
	return swap(tb, e, data)
}

func swap(tb testing.TB, e *engine.Engine, data *policy.Data) engine.View {
	tb.Helper()
	e.Swap(data)
	view, ok := e.View()
	if !ok {
		tb.Fatal("there is no view")
	}
	return view
}

func check(t *testing.T, w policytest.World, c policytest.Case, got policy.Decision) {
	t.Helper()
	if got.Allow != c.Allow || got.Reason.Code != c.Reason {
		t.Errorf("got %v %q, want %v %q", got.Allow, got.Reason.Code, c.Allow, c.Reason)
	}
	admin, client := words(got.Reason.Admin), words(got.Reason.Client)
	if len(admin) == 0 || len(client) == 0 {
		t.Errorf("a sentence is missing: %+v", got.Reason)
	}
	if c.AdminSays != "" && !slices.Contains(admin, c.AdminSays) {
		t.Errorf("the admin's sentence has no %q: %s", c.AdminSays, got.Reason.Admin)
	}
	if c.ClientUntold != "" && slices.Contains(client, c.ClientUntold) {
		t.Errorf("the client's sentence has %q: %s", c.ClientUntold, got.Reason.Client)
	}
	if c.Reason == "no_access" && got.Reason.Client != policy.NoAccessMessage {
		t.Errorf("the client's sentence is not the message: %s", got.Reason.Client)
	}
	for _, secret := range ids(w) {
		if !c.Allow && slices.Contains(client, secret) {
			t.Errorf("a no tells the client of %q: %s", secret, got.Reason.Client)
		}
	}
}

func words(sentence string) []string {
	return strings.FieldsFunc(strings.ToLower(sentence), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// ids returns what a client could be told of: all but the other clients.
func ids(w policytest.World) []string {
	var all []string
	for _, e := range w.Employees {
		all = append(all, string(e.ID))
	}
	for _, g := range w.Groups {
		all = append(all, string(g.ID))
	}
	for _, p := range w.Projects {
		all = append(all, string(p.ID))
	}
	return all
}
