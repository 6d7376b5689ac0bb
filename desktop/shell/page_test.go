package shell

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/session"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
)

// draft is a page with something that is not saved.
type draft struct {
	*Page
	unsaved   string
	discarded int
	closed    int
}

func newDraft() *draft {
	d := &draft{unsaved: "Two groups were added."}
	d.Page = &Page{
		ID: "draft", Title: "Draft", Content: look.Line("the draft"),
		Dirty:   func() string { return d.unsaved },
		Discard: func() { d.discarded++; d.unsaved = "" },
		Close:   func() { d.closed++ },
	}
	return d
}

// opened returns a shell with a plain page, and a draft over it.
func opened(t *testing.T) (*Shell, *draft, *widgetstest.Window) {
	t.Helper()
	widgetstest.Start(t, look.Light)
	s := New(Config{App: fyne.CurrentApp(), On: asynctest.New(t), Book: &session.Book{}, Vault: &session.Vault{}, Settings: &Settings{}})
	s.host.Objects = []fyne.CanvasObject{s.pages.host}
	s.pages.push(&Page{ID: "plain", Title: "Plain", Content: look.Line("the plain page")})
	d := newDraft()
	s.pages.push(d.Page)
	w := widgetstest.Over(t, s.window)
	w.Relayout()
	return s, d, w
}

func TestWhatIsNotSavedIsAskedAboutOnce(t *testing.T) {
	s, d, w := opened(t)
	for name, leave := range map[string]func(){
		"back": s.pages.back, "elsewhere": func() { s.pages.replace(func() *Page { return &Page{Content: look.Line("x")} }) }, "quit": s.Quit,
	} {
		leave()
		w.WantTexts("Discard what you changed?", "Two groups were added.")
		w.Press(fyne.KeyEscape)
		w.WantTexts("the draft")
		if s.pages.top() != d.Page || d.discarded+d.closed > 0 {
			t.Errorf("%s: the draft is gone", name)
		}
	}
	s.pages.back()
	w.Tap("Discard")
	w.Relayout()
	w.WantTexts("the plain page")
	if d.discarded != 1 || d.closed != 1 {
		t.Errorf("discarded %d times, closed %d times", d.discarded, d.closed)
	}
}

func TestTheWindowCanBeClosedWhileSomethingIsAsked(t *testing.T) {
	s, d, w := opened(t)
	s.showHelp()
	s.Quit()
	w.WantTexts("Discard what you changed?")
	s.Quit()
	w.WantTexts("Discard what you changed?")
	if n := len(s.window.Canvas().Overlays().List()); n != 1 {
		t.Errorf("%d things are over the window", n)
	}
	w.Press(fyne.KeyEscape)
	if s.pages.top() != d.Page {
		t.Error("the draft is gone")
	}
}

func TestWhatIsSavedIsNotAskedAbout(t *testing.T) {
	s, d, w := opened(t)
	if s.window.Title() != "• Draft - Sightline" {
		t.Errorf("the title is %q", s.window.Title())
	}
	d.unsaved = ""
	s.pages.back()
	w.Relayout()
	w.WantTexts("the plain page")
	if s.window.Title() != "Plain - Sightline" {
		t.Errorf("the title is %q", s.window.Title())
	}
}

func TestAPageHasTheKeyboardOnceItIsPainted(t *testing.T) {
	s, _, w := opened(t)
	field, tries, painted := control.NewEntry(""), 0, false
	page := &Page{ID: "field", Title: "Field", Content: field, Focus: func() {
		if tries++; painted {
			w.Canvas().Focus(field)
		}
	}}
	pump := s.cfg.On.(*asynctest.Pump)
	s.pages.push(page)
	pump.Advance(3 * focusPause)
	painted = true
	pump.Advance(time.Second)
	if w.Canvas().Focused() != field || tries != 5 {
		t.Errorf("the focus is on %v after %d tries", w.Canvas().Focused(), tries)
	}
	painted, tries = false, 0
	s.pages.show()
	s.pages.pop()
	pump.Advance(time.Second)
	if tries != 1 {
		t.Errorf("a page that is gone was given the keyboard %d times", tries)
	}
}

func TestEscapeGoesBack(t *testing.T) {
	_, d, w := opened(t)
	d.unsaved = ""
	w.Press(fyne.KeyEscape)
	w.Relayout()
	w.WantTexts("the plain page")
}

func TestADraftUnderAPageIsAskedAboutOnlyWhereItWouldBeLost(t *testing.T) {
	s, _, w := opened(t)
	s.pages.push(&Page{ID: "over", Title: "Over", Content: look.Line("over it")})
	s.pages.back()
	w.Relayout()
	w.WantTexts("the draft")
	s.pages.push(&Page{ID: "over", Title: "Over", Content: look.Line("over it")})
	s.Quit()
	w.WantTexts("Discard what you changed?")
}

func TestEachPageWithSomethingUnsavedIsAskedAbout(t *testing.T) {
	s, below, w := opened(t)
	above := newDraft()
	above.Page.ID, above.Page.Title, above.unsaved = "other", "Other", "A name was typed."
	s.pages.push(above.Page)
	left := 0
	s.pages.guard(func() { left++ })
	w.WantTexts("A name was typed.")
	w.Tap("Discard")
	w.WantTexts("Draft: Two groups were added.")
	w.Tap("Keep editing")
	if left+above.discarded+below.discarded > 0 {
		t.Error("something was discarded although the admin goes on")
	}
	s.pages.guard(func() { left++ })
	w.Tap("Discard")
	w.Tap("Discard")
	if left != 1 || above.discarded != 1 || below.discarded != 1 {
		t.Errorf("left %d times, discarded %d and %d times", left, above.discarded, below.discarded)
	}
}

func TestAPageIsNotOpenedOverItself(t *testing.T) {
	s, d, w := opened(t)
	over := &Page{ID: "over", Title: "Over", Content: look.Line("over it")}
	s.pages.push(over)
	s.pages.push(newDraft().Page)
	s.pages.top().ID = "top"
	if s.pages.reveal("nowhere") {
		t.Error("there is a page that is not there")
	}
	if !s.pages.reveal("draft") {
		t.Fatal("the page is not found")
	}
	w.Tap("Discard")
	if s.pages.top() != d.Page || d.unsaved == "" {
		t.Errorf("on top is %q, unsaved on the draft %q", s.pages.top().Title, d.unsaved)
	}
}

func TestAPageThatGoesWhileItIsAskedAboutTakesNoOtherWithIt(t *testing.T) {
	s, d, w := opened(t)
	s.pages.back()
	w.WantTexts("Discard what you changed?")
	s.pages.remove(d.Page)
	w.Tap("Discard")
	w.WantTexts("the plain page")
	if top := s.pages.top(); top == nil || top.ID != "plain" {
		t.Errorf("on top is %v", top)
	}
}

func TestAPageIsExchangedWhereverItIs(t *testing.T) {
	s, d, w := opened(t)
	plain := s.pages.pages[0]
	s.pages.exchange(plain, func() *Page { return &Page{ID: "other", Content: look.Line("the other page")} })
	w.WantTexts("the draft")
	d.unsaved = ""
	s.pages.back()
	w.WantTexts("the other page")
	s.pages.exchange(plain, func() *Page {
		t.Error("a page that is gone is exchanged")
		return plain
	})
}

func TestFilesAreDroppedOnThePageOnTop(t *testing.T) {
	s, d, _ := opened(t)
	var dropped []string
	d.Dropped = func(paths []string) { dropped = paths }
	files := []fyne.URI{storage.NewFileURI("/home/olive/groups.csv"), storage.NewFileURI("/home/olive/projects.csv")}
	s.pages.dropped(files)
	if diff := cmp.Diff([]string{"/home/olive/groups.csv", "/home/olive/projects.csv"}, dropped); diff != "" {
		t.Error(diff)
	}
	dropped = nil
	s.pages.back() // asks
	s.pages.dropped(files)
	if dropped != nil {
		t.Error("they are dropped behind a question")
	}
}
