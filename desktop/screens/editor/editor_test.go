package editor_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/lang"
	model "sightline.example/desktop/model/editor"
	"sightline.example/desktop/model/sketch"
	"sightline.example/desktop/screens/editor"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

var noon = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// stage is the screen, with a sidecar that answers as the test says.
type stage struct {
	*widgetstest.Window
	t     *testing.T
	pump  *asynctest.Pump
	model *model.Editor

	mu      sync.Mutex
	preview api.Preview
	err     error // of previews
	stored  client.Stored[policy.Client]
	refusal error // of saves
	closed  bool
}

// setting is what the screen is shown with.
type setting struct {
	width, height float32
	variant       look.Variant
	name          string
	scope         policy.Scope
	long          bool // names are
}

func (s setting) orUsual() setting {
	if s.width == 0 {
		s.width, s.height = 900, 600
	}
	if s.name == "" {
		s.name = "Acme Bank"
	}
	if s.variant == "" {
		s.variant = look.Light
	}
	return s
}

func open(t *testing.T, with setting) *stage {
	t.Helper()
	with = with.orUsual()
	s := &stage{t: t, pump: asynctest.New(t)}
	c := policy.Client{
		ID: "acme", Name: with.name, Email: "office@acme.example", Status: policy.Active, Scope: with.scope,
		Trail: policy.Trail{Changed: noon.Add(-3 * time.Minute), ChangedBy: "Bob Miller"},
	}
	s.stored = client.Stored[policy.Client]{Value: c, Revision: 7}
	s.preview = previewOf(12, 3)
	widgetstest.Start(t, with.variant)
	if err := lang.Load(lang.System); err != nil {
		t.Fatal(err)
	}
	s.model = model.New(model.Config{
		On: s.pump, Preview: s.ask, Get: s.get, Replace: s.replace, Now: func() time.Time { return noon }, Zone: time.UTC,
	}, c, 7)
	t.Cleanup(s.model.Close)
	s.model.Sketch.SetDirectory(directory(with.long))
	screen := editor.New(editor.Config{
		Model: s.model, After: s.pump.After, Now: func() time.Time { return noon },
		OnClose: func() { s.closed = true }, OnChange: func() {},
	})
	s.Window = widgetstest.Open(t, look.NewPanel(theme.ColorNameBackground, screen.Content), with.width, with.height)
	s.rest()
	return s
}

func (s *stage) ask(context.Context, string, api.NewPreview) (api.Preview, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.preview, s.err
}

func (s *stage) get(context.Context, string) (client.Stored[policy.Client], error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stored, nil
}

func (s *stage) replace(_ context.Context, _ string, revision int64, c policy.Client, _ client.Terms) (client.Stored[policy.Client], error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.refusal != nil:
		return client.Stored[policy.Client]{}, s.refusal
	case revision != s.stored.Revision:
		return client.Stored[policy.Client]{}, policy.Errorf(policy.Stale, "stale")
	}
	s.stored = client.Stored[policy.Client]{Value: c, Revision: revision + 1}
	return s.stored, nil
}

// rest lets everything come to an end, and lays the window out.
func (s *stage) rest() {
	s.t.Helper()
	s.pump.Advance(2 * time.Second)
	s.Relayout()
}

func (s *stage) tap(text string) {
	s.t.Helper()
	s.Tap(text)
	s.rest()
}

func previewOf(employees, projects int) api.Preview {
	return api.Preview{
		Mode: policy.ModeBoth, Employees: listing("Employee", employees), Projects: listing("Project", projects),
		Against: &api.Edit{},
	}
}

func listing(name string, n int) (l api.Listing) {
	l.Count = n
	for i := range min(n, 50) {
		l.Items = append(l.Items, api.Named{ID: fmt.Sprint(i), Name: fmt.Sprintf("%s %d", name, i+1)})
	}
	return l
}

func directory(long bool) *sketch.Directory {
	var groups, projects []sketch.Thing
	for i := range 40 {
		name := fmt.Sprintf("Team %02d", i)
		if long {
			name += " for very long names of groups in a company with many departments, branches and countries"
		}
		groups = append(groups, sketch.Thing{ID: fmt.Sprintf("g%02d", i), Name: name, Employees: i * 37 % 100})
	}
	for i := range 60 {
		name := fmt.Sprintf("Project %02d", i)
		if long {
			name += " which nobody has found a short name for in all the years that it was worked on"
		}
		projects = append(projects, sketch.Thing{ID: fmt.Sprintf("p%02d", i), Name: name, Employees: i * 17 % 60})
	}
	return sketch.NewDirectory(groups, projects)
}

func both() policy.Scope {
	return policy.Scope{Groups: []policy.GroupID{"g01", "g02"}, Projects: []policy.ProjectID{"p03", "p04", "gone"}, Screencasts: true}
}

// look takes pictures in both variants, in a small window and a large one.
func eachLook(t *testing.T, name string, with setting, act func(*stage)) {
	t.Helper()
	for _, v := range []look.Variant{look.Light, look.Dark} {
		for _, size := range []fyne.Size{{Width: 720, Height: 480}, {Width: 1280, Height: 800}} {
			picture := fmt.Sprintf("editor-%s-%s-%.0f", name, v, size.Width)
			t.Run(picture, func(t *testing.T) {
				with.variant, with.width, with.height = v, size.Width, size.Height
				s := open(t, with)
				act(s)
				s.WantFits()
				s.Picture(picture)
			})
		}
	}
}

func TestTheScreenCanBeLookedAt(t *testing.T) {
	eachLook(t, "plain", setting{scope: both()}, func(s *stage) {})
	eachLook(t, "long", setting{scope: both(), long: true, name: "A company whose name is so long that it does not fit on any line of any window"}, func(s *stage) {
		s.preview.Against.Lost.Employees = listing("Somebody with a name that is long, too, and goes on", 55)
		s.preview.Against.Gained.Projects = listing("Project", 2)
		s.model.Sketch.SetGroups([]policy.GroupID{"g01"})
		s.model.Sketch.SetUntil("whenever")
		s.rest()
	})
	eachLook(t, "empty", setting{}, func(s *stage) {
		s.preview = api.Preview{Mode: policy.ModeNone, Message: policy.NoAccessMessage}
		s.model.Sketch.SetDirectory(sketch.NewDirectory(nil, nil))
		s.rest()
	})
	eachLook(t, "failing", setting{scope: both()}, func(s *stage) {
		s.err, s.refusal = policy.Errorf(policy.Unavailable, "no"), policy.Errorf(policy.Unavailable, "no")
		s.model.Sketch.SetProjects(nil)
		s.model.Save()
		s.rest()
		s.model.Confirm()
		s.rest()
	})
	eachLook(t, "conflict", setting{scope: both()}, func(s *stage) { s.clash() })
}

// clash makes a conflict in which one line contradicts.
func (s *stage) clash() {
	s.t.Helper()
	theirs := s.stored
	theirs.Revision++
	theirs.Value.Scope.Groups = nil
	theirs.Value.Scope.Screencasts = false
	s.model.Sketch.SetGroups([]policy.GroupID{"g01", "g05"})
	s.stored = theirs
	s.model.Remote(&theirs.Value, theirs.Revision)
	s.model.Save()
	s.rest()
}

func TestSavingAsksBeforeMuchIsLost(t *testing.T) {
	s := open(t, setting{scope: both()})
	s.preview.Against.Lost.Employees = listing("Employee", 55)
	s.tap("Team 02")
	s.WantTexts("Not saved: -1 group", "Loses 55 employees")
	s.tap("Save")
	s.WantTexts("Narrow the access of Acme Bank?")
	s.Press(fyne.KeyEscape)
	s.rest()
	if s.stored.Revision != 7 {
		t.Error("it was saved all the same")
	}
	s.tap("Save")
	s.TapLast("Save")
	s.rest()
	s.WantNoTexts("Not saved: -1 group")
	if got := len(s.stored.Value.Scope.Groups); s.stored.Revision != 8 || got != 1 {
		t.Errorf("saved is revision %d with %d groups", s.stored.Revision, got)
	}
}

func TestTheRuleInForceIsSaidAndWhatTurnsItIsPointedOut(t *testing.T) {
	s := open(t, setting{scope: policy.Scope{Projects: []policy.ProjectID{"p03"}}, width: 1280, height: 800})
	s.WantTexts("Sees all work on the selected projects (1\u00a0project), whoever", "does it.")
	s.tap("Team 01")
	s.WantTexts("This narrows the access. With the first group, work on the")
	s.model.Sketch.SetProjects(nil)
	s.model.Sketch.SetGroups(nil)
	s.rest()
	s.WantTexts("Sees nothing: neither groups nor projects are selected.")
}

func TestWhatWasTypedWronglySaysSoBesideTheField(t *testing.T) {
	s := open(t, setting{scope: both()})
	s.Canvas().Focus(widgetstest.Find[*control.Entry](s.Window)[0])
	s.Type("soon")
	s.rest()
	s.WantTexts("A day like 2026-04-30.", "soon")
	if s.model.CanSave() {
		t.Error("it can be saved")
	}
}

func TestAConflictIsResolvedInTwoColumns(t *testing.T) {
	s := open(t, setting{scope: both(), width: 1280, height: 800})
	s.clash()
	s.WantTexts("Group Team 05", "choose", "Choose a side in 1 line first.")
	s.tap("Save the result")
	if s.stored.Revision != 8 {
		t.Fatal("it was saved though nobody chose")
	}
	s.Tap("Mine") // the title of the column
	s.TapLast("Mine")
	s.rest()
	s.tap("Save the result")
	want := []policy.GroupID{"g05"}
	if got := s.stored.Value.Scope.Groups; s.stored.Revision != 9 || len(got) != 1 || got[0] != want[0] {
		t.Errorf("saved is revision %d with %v, want %v", s.stored.Revision, got, want)
	}
	s.WantTexts("What they will see")
}

func TestNewsAndTheEndOfTheClientAreBanners(t *testing.T) {
	s := open(t, setting{scope: both()})
	s.model.Sketch.SetScreencasts(false)
	theirs := s.stored.Value
	theirs.Scope.Groups = nil
	s.model.Remote(&theirs, 8)
	s.rest()
	s.tap("Take theirs")
	if s.model.Dirty() {
		t.Error("dirty after theirs was taken")
	}
	s.model.Sketch.SetScreencasts(true)
	s.model.Remote(nil, 0)
	s.rest()
	s.tap("Discard")
	if !s.closed {
		t.Error("the screen is not closed")
	}
}

func TestOfflineTheScopeCanBeLookedAtOnly(t *testing.T) {
	s := open(t, setting{scope: both()})
	s.model.SetOffline(true)
	s.rest()
	s.tap("Team 00")
	s.tap("Allow seeing screencasts")
	if s.model.Dirty() {
		t.Errorf("changed to %+v", s.model.Sketch.Scope())
	}
	if said := strings.Join(s.Texts(), " "); strings.Contains(said, "reached again") {
		t.Errorf("nothing was changed, and it is said to be kept: %q", said)
	}
}

func TestOfflineIsSaidThatWhatWasChangedIsKept(t *testing.T) {
	s := open(t, setting{scope: both()})
	s.tap("Team 00")
	s.model.SetOffline(true)
	s.rest()
	if said := strings.Join(s.Texts(), " "); !strings.Contains(said, "What you changed is kept.") {
		t.Errorf("shown is %q", said)
	}
}

func TestEverythingIsReachedByKeyboard(t *testing.T) {
	s := open(t, setting{scope: both()})
	seen := map[fyne.Focusable]bool{}
	for range 30 {
		s.Press(fyne.KeyTab)
		seen[s.Canvas().Focused()] = true
	}
	if len(seen) < 14 { // undo is disabled, and so are redo and save
		t.Errorf("%d things were reached", len(seen))
	}
}

func TestTheScreenLooksAsItDid(t *testing.T) {
	open(t, setting{scope: both()}).WantMarkup("editor")
}
