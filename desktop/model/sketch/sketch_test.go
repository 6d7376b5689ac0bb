package sketch_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// asked is a sidecar that answers previews with what it was asked, and remembers.
type asked struct {
	mu     sync.Mutex
	all    []api.NewPreview
	tokens []string
	err    error
}

func (a *asked) preview(_ context.Context, token string, q api.NewPreview) (api.Preview, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all, a.tokens = append(a.all, q), append(a.tokens, token)
	return api.Preview{Mode: q.Scope.Mode()}, a.err
}

var berlin = time.FixedZone("CET", 3600)

func start(t *testing.T, base policy.Scope) (*sketch.Sketch, *asynctest.Pump, *asked) {
	t.Helper()
	pump, a := asynctest.New(t), &asked{}
	s := sketch.New(sketch.Config{On: pump, Preview: a.preview, Client: "acme", Zone: berlin}, base)
	t.Cleanup(s.Close)
	return s, pump, a
}

func design() policy.Scope { return policy.Scope{Groups: []policy.GroupID{"design"}} }

func TestThePreviewIsAskedForWhenTheDraftHasRested(t *testing.T) {
	s, pump, a := start(t, policy.Scope{})
	pump.Advance(sketch.Rest - 1)
	if len(a.all) != 0 {
		t.Error("asked before the draft had rested")
	}
	s.SetGroups([]policy.GroupID{"dev"})
	pump.Advance(sketch.Rest - 1)
	s.SetGroups([]policy.GroupID{"design"})
	if s.Preview().State != sketch.Loading {
		t.Errorf("the preview is %s", s.Preview().State)
	}
	pump.Advance(sketch.Rest)
	want := []api.NewPreview{{Client: "acme", Scope: design(), Limit: 50}}
	if diff := cmp.Diff(want, a.all); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if p := s.Preview(); p.State != sketch.Ready || p.Value.Mode != policy.ModeGroups {
		t.Errorf("the preview is %+v", p)
	}
}

func TestWhatWasKnownStaysToBeLookedAt(t *testing.T) {
	s, pump, a := start(t, design())
	pump.Advance(sketch.Rest)
	a.err = errors.New("no connection")
	s.SetScreencasts(true)
	if p := s.Preview(); p.State != sketch.Loading || p.Value == nil {
		t.Errorf("while it loads: %+v", p)
	}
	pump.Advance(sketch.Rest)
	if p := s.Preview(); p.State != sketch.Failed || p.Value == nil || p.Err == nil {
		t.Errorf("when it failed: %+v", p)
	}
	a.err = nil
	s.Ask()
	pump.Advance(sketch.Rest)
	if p := s.Preview(); p.State != sketch.Ready || p.Err != nil {
		t.Errorf("when it was tried again: %+v", p)
	}
}

func TestThePreviewIsAsOfTheDirectoryThatIsShown(t *testing.T) {
	s, pump, a := start(t, design())
	pump.Advance(sketch.Rest)
	d := sketch.NewDirectory(nil, nil)
	d.Token = "as of now"
	s.SetDirectory(d)
	pump.Advance(sketch.Rest)
	if diff := cmp.Diff([]string{"", "as of now"}, a.tokens); diff != "" {
		t.Error(diff)
	}
}

func TestALockedSketchCanBeLookedAtOnly(t *testing.T) {
	s, _, _ := start(t, design())
	s.SetScreencasts(true)
	s.SetLocked(true)
	for name, act := range map[string]func(){
		"groups": func() { s.SetGroups(nil) }, "projects": func() { s.SetProjects([]policy.ProjectID{"site"}) },
		"screencasts": func() { s.SetScreencasts(false) }, "from": func() { s.SetFrom("2026-01-01") },
		"until": func() { s.SetUntil("2026-01-01") }, "undo": s.Undo, "redo": s.Redo, "replace": func() { s.ReplaceDead("design", "site") },
	} {
		act()
		if diff := cmp.Diff(policy.Scope{Groups: design().Groups, Screencasts: true}, s.Scope()); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
	if s.CanUndo() {
		t.Error("it can be undone")
	}
}

func TestAnotherScopeCanBePreviewed(t *testing.T) {
	s, pump, a := start(t, design())
	s.Look(&policy.Scope{Projects: []policy.ProjectID{"site"}})
	pump.Advance(sketch.Rest)
	s.Look(nil)
	pump.Advance(sketch.Rest)
	want := []api.NewPreview{
		{Client: "acme", Scope: policy.Scope{Projects: []policy.ProjectID{"site"}}, Limit: 50},
		{Client: "acme", Scope: design(), Limit: 50},
	}
	if diff := cmp.Diff(want, a.all); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestDeadReferencesAreThoseThatTheDirectoryLacks(t *testing.T) {
	s, _, _ := start(t, policy.Scope{Groups: []policy.GroupID{"design", "gone"}, Projects: []policy.ProjectID{"lost"}})
	s.SetDirectory(sketch.NewDirectory([]sketch.Thing{{ID: "design", Name: "Design"}}, nil))
	want := scope.Dead{Groups: []policy.GroupID{"gone"}, Projects: []policy.ProjectID{"lost"}}
	if diff := cmp.Diff(want, s.Dead()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if name := s.Directory().GroupName("design") + " " + s.Directory().ProjectName("lost"); name != "Design lost" {
		t.Errorf("they are called %s", name)
	}
	s.ReplaceDead("design", "")
	s.SetProjects(nil)
	if diff := cmp.Diff(design(), s.Scope()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestWhatWasTypedStaysAndCanNotBeSaved(t *testing.T) {
	s, _, _ := start(t, design())
	s.SetUntil("next week")
	if s.Until() != (sketch.Date{Text: "next week", Err: sketch.ErrNoDate}) || s.Valid() || !s.Dirty() {
		t.Errorf("%+v, valid %t, dirty %t", s.Until(), s.Valid(), s.Dirty())
	}
	s.SetUntil("2026-04-30")
	s.SetFrom("2026-05-01")
	if s.Valid() {
		t.Error("a period that ends before it begins is valid")
	}
	s.SetFrom("2026-04-30")
	if want := time.Date(2026, 4, 30, 23, 0, 0, 0, time.UTC); !s.Valid() || !s.Scope().Until.Equal(want) {
		t.Errorf("until %v, want %v", s.Scope().Until, want)
	}
	s.Undo()
	s.Undo()
	s.Undo()
	if s.Dirty() || s.Until().Text != "" {
		t.Errorf("after undoing all the end is %q", s.Until().Text)
	}
}

func TestDatesAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "seconds")/60*60, 0).UTC()
		if rapid.Bool().Draw(t, "midnight") {
			at = time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, berlin).UTC()
		}
		from, err := sketch.ParseFrom(sketch.FormatFrom(&at, berlin), berlin)
		if err != nil || !from.Equal(at) {
			t.Fatalf("from %v: read as %v, %v", at, from, err)
		}
		until, err := sketch.ParseUntil(sketch.FormatUntil(&at, berlin), berlin)
		if err != nil || !until.Equal(at) {
			t.Fatalf("until %v: read as %v, %v", at, until, err)
		}
	})
}

func TestWhatCanBeSelectedIsListedByName(t *testing.T) {
	d := sketch.NewDirectory(
		[]sketch.Thing{{ID: "a", Name: "Team 10"}, {ID: "b", Name: "team 9"}, {ID: "d", Name: "Écoute"}, {ID: "c", Name: "Team 10"}},
		[]sketch.Thing{{ID: "y", Name: "Shop"}, {ID: "z", Name: "App"}},
	)
	var got []string
	for _, t := range slices.Concat(d.Groups, d.Projects) {
		got = append(got, t.ID)
	}
	if diff := cmp.Diff([]string{"d", "b", "a", "c", "z", "y"}, got); diff != "" {
		t.Error(diff)
	}
	if d.GroupName("d") != "Écoute" || d.ProjectName("y") != "Shop" {
		t.Error("names are mixed up")
	}
}

func TestThePreviewIsReadyWhileTheDirectoryNeverRests(t *testing.T) {
	s, pump, a := start(t, design())
	for range 40 {
		s.SetDirectory(sketch.NewDirectory(nil, nil))
		pump.Advance(150 * time.Millisecond)
	}
	if p := s.Preview(); p.State != sketch.Ready || len(a.all) < 10 {
		t.Errorf("after six seconds it is %s, and was asked for %d times", p.State, len(a.all))
	}
	states := map[sketch.PreviewState]bool{}
	s.OnChange = func() { states[s.Preview().State] = true }
	for range 5 {
		s.SetDirectory(sketch.NewDirectory(nil, nil))
		pump.Advance(time.Second)
	}
	if diff := cmp.Diff(map[sketch.PreviewState]bool{sketch.Ready: true}, states); diff != "" {
		t.Errorf("what is known is dimmed: -want +got\n%s", diff)
	}
}

func TestTheSameDirectoryAsOfLaterIsNotAskedAbout(t *testing.T) {
	s, pump, a := start(t, design())
	d := sketch.NewDirectory(nil, nil)
	s.SetDirectory(d)
	pump.Advance(sketch.Rest)
	s.OnChange = func() { t.Error("something is to be shown") }
	s.SetDirectory(d.At("later"))
	pump.Advance(time.Second)
	s.OnChange = func() {}
	if len(a.all) != 1 {
		t.Errorf("asked %d times, want once", len(a.all))
	}
	s.SetScreencasts(true)
	pump.Advance(sketch.Rest)
	if got := a.tokens[len(a.tokens)-1]; got != "later" {
		t.Errorf("the next question is as of %q", got)
	}
}
