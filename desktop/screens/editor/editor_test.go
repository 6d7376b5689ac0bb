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
	"github.com/google/go-cmp/cmp"

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

func (s *stage) ask(_ context.Context, _ string, q api.NewPreview) (api.Preview, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.preview
	lists := []*api.Listing{&p.Employees, &p.Projects}
	if s.preview.Against != nil {
		p.Against = new(*s.preview.Against)
		lists = append(lists, &p.Against.Lost.Employees)
	}
	for _, l := range lists {
		l.Items = l.Items[:min(q.Limit, len(l.Items))]
	}
	return p, s.err
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
	for i := range n {
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

func TestARefusalStandsBesideItsField(t *testing.T) {
	for field, want := range map[string]struct {
		name   string // of the field, as the banner has it
		beside int    // how many it stands beside
	}{
		"scope.until":     {"Until: ", 1},
		"scope.from":      {"From: ", 1},
		"scope.groups[1]": {"Groups: ", 1},
		"scope":           {"", 2}, // groups and projects
		"status":          {"Status: ", 0},
	} {
		t.Run(field, func(t *testing.T) {
			s := open(t, setting{scope: policy.Scope{Groups: []policy.GroupID{"g01"}}})
			s.refusal = policy.FieldErrorf(field, "must be in the future")
			s.model.Sketch.SetScreencasts(true)
			s.model.Save()
			s.rest()
			s.WantTexts("Not saved. " + want.name + "Must be in the future.")
			s.WantFits()
			s.Picture("editor-refused-" + field)
			beside := 0
			for _, text := range s.Texts() {
				if text == "Must be in the future." {
					beside++
				}
			}
			if beside != want.beside {
				t.Errorf("it stands beside %d fields", beside)
			}
			s.model.Sketch.SetScreencasts(false)
			s.rest()
			s.WantNoTexts("Must be in the future.")
		})
	}
}

func TestWhatThePreviewHasAgainstADateStandsBesideIt(t *testing.T) {
	s := open(t, setting{})
	s.err = policy.FieldErrorf("scope.until", "must be in the years 1970 to 9999")
	s.model.Sketch.SetUntil("1066-10-14")
	s.rest()
	s.WantTexts("Must be in the years", "1970 to 9999.", "What is shown here is of before: Until: Must")
}

func TestWhatIsGoneIsReplaced(t *testing.T) {
	s := open(t, setting{scope: policy.Scope{Groups: []policy.GroupID{"g01", "gone", "lost"}}})
	s.WantTexts("Selected, but gone: 2")
	s.WantFits()
	s.Picture("editor-gone")
	s.tap("Replace…")
	s.WantTexts("Type a name")
	s.Type("Team 07")
	s.Press(fyne.KeyReturn)
	s.rest()
	s.WantNoTexts("Selected, but gone: 2")
	want := policy.Scope{Groups: []policy.GroupID{"g01", "g07"}}
	if diff := cmp.Diff(want, s.model.Sketch.Scope()); diff != "" {
		t.Error(diff)
	}
	s.model.Sketch.Undo()
	s.rest()
	s.model.Sketch.SetLocked(true)
	s.rest()
	s.tap("Replace…")
	s.WantNoTexts("Type a name")
}

func TestTheQuestionNamesAllThatIsLost(t *testing.T) {
	s := open(t, setting{scope: both()})
	s.preview.Against.Lost.Employees = listing("Person", 55)
	s.preview.Against.Lost.Projects = listing("Work", 3)
	s.tap("Team 02")
	s.tap("Save")
	s.WantTexts("Narrow the access of Acme Bank?", "Loses 55 employees · Loses 3 projects", "Loses 55 employees", "Person 1")
	s.WantFits()
	s.Picture("editor-question")
	s.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyEnd) // around to the names
	s.rest()
	s.WantTexts("Person 55", "Loses 3 projects", "Work 3")
	s.Press(fyne.KeyEscape)
	s.rest()
	s.WantNoTexts("Narrow the access of Acme Bank?")
}

func TestAllNamesOfThePreviewCanBeSeen(t *testing.T) {
	s := open(t, setting{scope: both(), width: 1280, height: 800})
	s.WantNoTexts("All names…")
	s.preview = previewOf(70, 3)
	s.preview.Groups = listing("Crew", 2)
	s.preview.Against.Gained.Groups = listing("Crew", 1)
	s.tap("Team 02")
	s.WantTexts("2 groups", "Gains 1 group")
	s.tap("All names…")
	s.WantTexts("70 employees", "Employee 12")
	s.WantFits()
	s.Picture("editor-names")
	s.Press(fyne.KeyEnd)
	s.rest()
	s.WantTexts("Project 3", "Crew 2")
	s.Press(fyne.KeyHome, fyne.KeyPageDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyPageUp)
	s.rest()
	s.WantTexts("Employee 1")
	s.Press(fyne.KeyReturn)
	s.rest()
	s.WantNoTexts("Employee 1")
}
