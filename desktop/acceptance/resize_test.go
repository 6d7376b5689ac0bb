//go:build acceptance

package acceptance

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sightline.example/sidecar/sidecartest"
)

// screen is a part of the app, and the button it is there for, if there is one.
type screen struct {
	name    string
	open    func()
	primary string
}

// screens returns all that fill the window, for an app in which somebody is signed in.
func (a *app) screens() []screen {
	a.t.Helper()
	table := filepath.Join(a.home, "clients.csv")
	if err := os.WriteFile(table, []byte(guests(60)), 0o600); err != nil {
		a.t.Fatal(err)
	}
	at := func(key, title string) func() {
		return func() {
			a.press(key)
			a.arrive(title)
		}
	}
	return []screen{
		{"the overview", at("ctrl+1", "Overview"), ""},
		{"the clients", at("ctrl+2", "Clients"), "Invite a client"},
		{"the invitation", func() { a.list(); a.invite() }, "Send"},
		{"the table", func() { a.list(); a.openTable(table) }, "Invite 58"},
		{"the editor", func() { a.edit("Zebra Zoo") }, "Save"},
		{"the editor, half done", a.half, "Save"},
		{"the details", func() { a.save("Zebra Zoo"); a.press("ctrl+i"); a.until("Activity") }, "Edit"},
		{"the groups", at("ctrl+3", "Groups"), "New group"},
		{"a group", func() { a.choose("Team 01"); a.arrive("Team 01") }, "Save"},
		{"the projects", at("ctrl+4", "Projects"), "New project"},
		{"a project", func() { a.choose("Job 01"); a.arrive("Job 01") }, "Save"},
		{"the employees", at("ctrl+5", "Employees"), "New employee"},
		{"the import", func() { a.choose("Import"); a.until("Import the directory") }, "Import"},
		{"the access review", a.reviewed, ""},
		{"the audit log", func() {
			a.press("ctrl+7")
			a.arrive("Audit log")
			a.clickLast("Client Zebra Zoo")
			a.until("Groups: + Team 02")
		}, ""},
		{"the settings", func() { a.press("ctrl+comma"); a.arrive("Settings") }, ""},
	}
}

// reviewed asks who can see a project.
func (a *app) reviewed() {
	a.t.Helper()
	a.press("ctrl+6")
	a.arrive("Access review")
	a.clickKind("button", "Choose a project…")
	a.pick("Job 05")
	a.until("Who can see the project Job 05?", "clients can see it")
}

func TestCheck31Resize(t *testing.T) {
	for _, size := range []struct {
		name          string
		width, height int
		scale         string
	}{{"small", 900, 600, "1"}, {"large", 2560, 1600, "2"}} {
		t.Run(size.name, func(t *testing.T) {
			sidecar := world(t, sidecartest.Options{})
			a := launch(t, options{size: "2600x1700", env: []string{"FYNE_SCALE=" + size.scale}})
			a.resize(size.width, size.height)
			a.wantWhole("the sign-in", size.width, size.height)
			a.signIn(sidecar.URL)
			for _, screen := range a.screens() {
				screen.open()
				a.wantWhole(screen.name, size.width, size.height)
				if screen.primary != "" {
					a.wantPrimary(screen.name, screen.primary)
				}
				a.shot(t.Name() + " " + screen.name)
			}
		})
	}
}

// resize gives the window another size.
func (a *app) resize(width, height int) {
	a.t.Helper()
	id := strconv.Itoa(a.window())
	a.when("the size", func(s seen) bool { // at its start the app gives itself one
		if near(s.Width, width) && near(s.Height, height) {
			return true
		}
		a.do("windowsize", id, strconv.Itoa(width), strconv.Itoa(height))
		return false
	})
}

// wantWhole complains about each thing of which some can't be seen, each word of the
// app itself that ends in an ellipsis, and a window that has another size.
func (a *app) wantWhole(where string, width, height int) {
	a.t.Helper()
	var cut []string
	if wait(patience, func() bool { // it may be laid out just now
		cut = nil
		now := a.see()
		if !near(now.Width, width) || !near(now.Height, height) {
			cut = append(cut, "the window itself, which has grown to "+strconv.Itoa(now.Width)+" x "+strconv.Itoa(now.Height))
		}
		for _, i := range now.Items {
			if i.Cut || shortened(i) {
				cut = append(cut, i.Kind+" "+i.words())
			}
		}
		return len(cut) == 0
	}) != nil {
		a.t.Errorf("%s: cut are %q", where, cut)
	}
}

// wantPrimary complains if the button that a page is there for can't be seen.
func (a *app) wantPrimary(where, words string) {
	a.t.Helper()
	a.when(where+": the button "+words+", whole", func(s seen) bool {
		return slices.ContainsFunc(s.all(words), func(i item) bool { return i.Kind == "button" && !i.Cut && !i.Partly })
	})
}

// shortened reports whether an item is words of the app itself, and not all of them
// are there.
func shortened(i item) bool {
	if i.Short {
		return own()[i.Text]
	}
	begin, cut := strings.CutSuffix(i.Text, "…")
	if i.Kind != "title" || !cut || own()[i.Text] { // cells tell the rest where the pointer rests on them
		return false
	}
	for text := range own() {
		if strings.HasPrefix(text, begin) {
			return true
		}
	}
	return false
}

var ownWords map[string]bool

// own returns the texts of the app itself in which there is no place for data.
func own() map[string]bool {
	if ownWords != nil {
		return ownWords
	}
	ownWords = map[string]bool{}
	text, err := os.ReadFile("../lang/catalogue/en.json")
	var all map[string]any
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		panic(err)
	}
	for words := range all {
		ownWords[words] = !strings.Contains(words, "{{")
	}
	return ownWords
}
