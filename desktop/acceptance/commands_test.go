//go:build acceptance

package acceptance

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestCheck30WhoOpensTheAccessReview(t *testing.T) {
	a, _ := begin(t)
	a.press("ctrl+k")
	a.when("the palette", func(s seen) bool { return s.Overlay && focused(s) == "Type a command or a name" })
	a.write("who")
	a.when("what is found", func(s seen) bool { return s.has("Who can see") && focused(s) == "who" })
	a.press("Return")
	a.arrive("Access review")
	a.until("Who can see it?")
}

// TestCheck30EveryCommand looks up all that is in the menus, on each page that has
// commands of its own.
func TestCheck30EveryCommand(t *testing.T) {
	a, _ := begin(t)
	found := map[string]bool{}
	pages := []struct {
		name string
		open func()
	}{
		{"Clients", func() {}},
		{"Zebra Zoo", func() { a.edit("Zebra Zoo") }},
		{"Zebra Zoo", func() { a.press("ctrl+i"); a.until("Activity") }}, // the details
		{"Groups", func() { a.press("ctrl+3") }},
		{"Team 01", func() { a.choose("Team 01") }},
		{"Employees", func() { a.press("ctrl+5") }},
		{"Access review", func() { a.press("ctrl+6") }},
		{"Audit log", func() { a.press("ctrl+7") }},
	}
	for _, page := range pages {
		page.open()
		a.when(page.name, func(s seen) bool { return strings.Contains(s.Title, page.name) && !s.Overlay })
		fresh := slices.DeleteFunc(a.commands(), func(title string) bool { return found[title] })
		help := a.help()
		for _, title := range fresh {
			found[title] = true
			if !help[title] {
				t.Errorf("%s: the help lacks %q", page.name, title)
			}
		}
		a.lookUp(fresh)
	}
	if len(found) < 30 {
		t.Errorf("the menus have only %d commands", len(found))
	}
}

// commands returns the titles of all that is in the menus.
func (a *app) commands() (titles []string) {
	a.t.Helper()
	var menus []struct{ Items []struct{ Title string } }
	if err := a.ask("menus", &menus); err != nil {
		a.t.Fatal(err)
	}
	for _, menu := range menus {
		for _, item := range menu.Items {
			titles = append(titles, item.Title)
		}
	}
	return titles
}

// lookUp finds commands in the palette, where the title of each is both typed and
// found.
func (a *app) lookUp(titles []string) {
	a.t.Helper()
	a.press("ctrl+k")
	a.when("the palette", func(s seen) bool { return s.Overlay && focused(s) == "Type a command or a name" })
	for _, title := range titles {
		title = strings.TrimSuffix(title, "…")
		a.press("ctrl+a")
		a.write(title)
		a.when(title+" in the palette", func(s seen) bool { return focused(s) == title && len(s.all(title)) > 1 })
	}
	a.press("Escape")
	a.when("the end of the palette", func(s seen) bool { return !s.Overlay })
}

// help returns all that F1 shows, from its first line to its last.
func (a *app) help() map[string]bool {
	a.t.Helper()
	a.press("F1")
	now := a.when("the help", func(s seen) bool { return s.Overlay && s.has("Keyboard shortcuts") })
	a.do("mousemove", strconv.Itoa(a.x+now.Width/2), strconv.Itoa(a.y+now.Height/2))
	all := map[string]bool{}
	a.when("the last line of the help", func(s seen) bool {
		for _, i := range s.Items {
			all[i.Text] = true
		}
		a.do("click", "--repeat", "3", "5")
		return all["In the titles of lists: sort, wider, narrower, as at first"]
	})
	if !all["Ctrl+K"] || !all["Ctrl+1"] {
		a.t.Error("the help lacks keys")
	}
	a.press("Escape")
	a.when("the page", func(s seen) bool { return !s.Overlay })
	return all
}
