//go:build acceptance

package acceptance

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/sidecartest"
)

const question = "Discard what you changed?"

// goodbyes are the ways to leave a page from which the app ends; turns are the others,
// each with the page it leads to.
func (a *app) goodbyes() map[string]func() {
	return map[string]func(){
		"the window's button": a.closeWindow, "Ctrl+Q": func() { a.press("ctrl+q") }, "the menu": a.quitByMenu,
	}
}

func (a *app) turns() map[string]turn {
	return map[string]turn{
		"Escape":   {func() { a.press("Escape") }, "Clients"},
		"Back":     {func() { a.press("alt+Left") }, "Clients"},
		"the rail": {func() { a.click("Overview") }, "Overview"},
		"Ctrl+1":   {func() { a.press("ctrl+1") }, "Overview"},
	}
}

type turn struct {
	leave func()
	to    string
}

// quitByMenu chooses the last command of the first menu by the mouse and the arrows.
func (a *app) quitByMenu() {
	a.t.Helper()
	a.do("mousemove", strconv.Itoa(a.x+14), strconv.Itoa(a.y+12), "click", "1")
	a.press("Up", "Return")
}

// half opens the editor of a client who sees nothing, and leaves it half done.
func (a *app) half() {
	a.t.Helper()
	a.edit("Zebra Zoo")
	if a.see().has("Not saved: ") {
		a.t.Error("what was discarded is still there")
	}
	a.clickKind("line", "Team 02")
	a.until("Not saved: +1 group")
}

// asked waits for the question whether to discard, and checks that it can't be
// passed by.
func (a *app) asked(way string, again func()) {
	a.t.Helper()
	a.when("a question after "+way, func(s seen) bool { return s.Overlay && s.has(question) })
	a.press("ctrl+s") // does nothing here
	again()           // as does this
	a.when("the question after "+way, func(s seen) bool { return s.Overlay && s.has(question) })
}

// kept waits until the editor is back, with what was changed.
func (a *app) kept(way string) {
	a.t.Helper()
	now := a.when("the editor after "+way, func(s seen) bool { return !s.Overlay })
	if !now.has("Not saved: +1 group") || !strings.Contains(now.Title, "Zebra Zoo") {
		a.t.Errorf("%s: what was changed is gone; shown is %s", way, now.text())
	}
}

func TestCheck14KeepEditing(t *testing.T) {
	a, sidecar := begin(t)
	a.half()
	ways := a.goodbyes()
	for way, turn := range a.turns() {
		ways[way] = turn.leave
	}
	keeps := map[string]func(){
		"by Escape": func() { a.press("Escape") }, "by the button": func() { a.clickKind("button", "Keep editing") },
	}
	for way, leave := range ways {
		for how, keep := range keeps {
			leave()
			a.asked(way, a.closeWindow)
			keep()
			a.kept(way + ", " + how)
		}
	}
	wantScope(t, sidecar, "zebra", policy.Scope{})
}

func TestCheck14DiscardedOrSaved(t *testing.T) {
	a, sidecar := begin(t)
	for way, turn := range a.turns() {
		a.list()
		a.half()
		turn.leave()
		a.asked(way, a.closeWindow)
		a.clickKind("button", "Discard")
		a.arrive(turn.to)
	}
	wantScope(t, sidecar, "zebra", policy.Scope{})
	a.half()
	a.save("Zebra Zoo")
	for _, turn := range a.turns() { // nothing is asked
		a.list()
		a.edit("Zebra Zoo")
		turn.leave()
		a.arrive(turn.to)
	}
}

// list goes to the list of clients.
func (a *app) list() {
	a.t.Helper()
	a.press("ctrl+2")
	a.arrive("Clients")
}

// arrive waits for a page, over which nothing lies.
func (a *app) arrive(page string) {
	a.t.Helper()
	a.when(page, func(s seen) bool { return strings.HasPrefix(s.Title, page) && !s.Overlay })
}

func TestCheck14DiscardedAtTheEnd(t *testing.T) {
	for _, way := range slices.Sorted(maps.Keys((&app{}).goodbyes())) {
		t.Run(way, func(t *testing.T) {
			a, sidecar := begin(t)
			a.half()
			a.goodbyes()[way]()
			a.asked(way, a.closeWindow)
			a.clickKind("button", "Discard")
			a.wantEnd()
			if n := a.drafts(); n != 0 {
				t.Errorf("%d drafts are kept of what was discarded", n)
			}
			wantScope(t, sidecar, "zebra", policy.Scope{})
		})
	}
}

func TestCheck14SavedAtTheEnd(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	for _, way := range slices.Sorted(maps.Keys((&app{}).goodbyes())) {
		t.Run(way, func(t *testing.T) {
			a := launch(t, options{})
			a.signIn(sidecar.URL)
			a.edit("Acme Bank")
			a.click("Allow seeing screencasts")
			a.until("Not saved: ")
			a.save("Acme Bank")
			a.goodbyes()[way]()
			a.wantEnd()
		})
	}
}

// wantEnd waits until the app has ended by itself.
func (a *app) wantEnd() {
	a.t.Helper()
	a.gone(time.Now())
	if code := a.code(); code != 0 {
		a.t.Errorf("the exit code is %d", code)
	}
}
