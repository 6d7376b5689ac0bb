//go:build acceptance

package acceptance

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"sightline.example/sidecar/sidecartest"
)

func TestCheck33HowItWasLeft(t *testing.T) {
	a, sidecar := begin(t)
	a.clickKind("title", "E-mail")
	a.choose("Light theme")
	a.resize(1111, 777)
	a.dragEdge("Status", 60)
	before := a.order().column("Status")
	a.stop(syscall.SIGTERM)
	a = launch(t, options{home: a.home})
	a.resume(sidecar)
	a.wantSize(1111, 777)
	if at := a.order().column("Status"); !near(at, before) {
		t.Errorf("the column begins at %d, and did at %d", at, before)
	}
	a.wantGround("Light theme", true)
	a.doubleClickEdge("Status") // as wide as at first
	a.when("the width of the column", func(s seen) bool { return near(s.column("Status"), before-60) })
}

// title returns the title of a column of the list, and whether it is there.
func (s seen) title(of string) (item, bool) {
	for _, i := range s.all(of) {
		if i.Kind == "title" {
			return i, true
		}
	}
	return item{}, false
}

// column returns where a column of the list begins; -1 if it can't be seen.
func (s seen) column(title string) int {
	if i, ok := s.title(title); ok {
		return i.X - inset
	}
	return -1
}

// inset is between the edge of a column and its title.
const inset = 10

// order waits for the order by address, and for the columns to be laid out.
func (a *app) order() seen {
	a.t.Helper()
	return a.when("the order by address", func(s seen) bool {
		row := firstRow(s)
		return len(row) > 0 && row[0].Text == "Acme Bank" && s.column("Status") > 0
	})
}

// dragEdge drags the left edge of a column.
func (a *app) dragEdge(title string, by int) {
	a.t.Helper()
	at := a.toEdge(title)
	a.do("mousedown", "1")
	for range 6 { // as a hand does it
		a.do("mousemove_relative", "--", strconv.Itoa(by/6), "0")
	}
	a.when("the edge", func(s seen) bool { return near(s.column(title), at+by) })
	a.do("mouseup", "1")
	a.search("") // the button comes before the keys
}

func (a *app) doubleClickEdge(title string) {
	a.t.Helper()
	a.toEdge(title)
	a.do("click", "--repeat", "2", "--delay", "60", "1")
}

// toEdge moves the pointer to the left edge of a column, and returns where that is.
func (a *app) toEdge(title string) int {
	a.t.Helper()
	now := a.when(title, func(s seen) bool { return s.column(title) > 0 })
	at, _ := now.title(title)
	a.do("mousemove", strconv.Itoa(a.x+now.column(title)), strconv.Itoa(a.y+at.Y+at.Height/2))
	return now.column(title)
}

// TestCheck33SpoiltFiles starts an app that finds nonsense in all that it keeps.
func TestCheck33SpoiltFiles(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	for name, text := range map[string]string{
		"empty": "", "cut": `{"theme": "light", "wid`, "other kinds": `{"window": 7, "widths": [], "connections": "none"}`, "no text": "\x00\xff\xfe",
	} {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			for _, path := range []string{
				"sightline/settings.json", "sightline/connections.json", "fyne/example.sightline.desktop/preferences.json", "fyne/settings.json",
			} {
				path = filepath.Join(home, "config", path)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			launch(t, options{home: home}).signIn(sidecar.URL)
		})
	}
}
