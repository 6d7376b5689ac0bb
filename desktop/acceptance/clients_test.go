//go:build acceptance

package acceptance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

func TestCheck04Search(t *testing.T) {
	a, sidecar := begin(t)
	for _, words := range []string{"acme ba", "firm1 guest", "ZEBRA", "nobody of this name"} {
		found, err := sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Search: words, Sort: "name", Count: true})
		if err != nil {
			t.Fatal(err)
		}
		a.search(words)
		typed := time.Now()
		a.until(fmt.Sprintf("%d of 240 clients", *found.Value.Matching))
		a.wantWithin("from the last key to the rows", time.Since(typed), time.Second) // half of it is for the machine
		now := a.see()
		for _, c := range found.Value.Items[:min(8, len(found.Value.Items))] {
			if len(now.all(c.Value.Name)) == 0 {
				t.Errorf("%q: %s is not listed; shown is %s", words, c.Value.Name, now.text())
			}
		}
		a.press("Escape")
		a.until("240 clients", "Guest 004", "Acme Bank")
	}
}

// search types into the search field of the page.
func (a *app) search(text string) {
	a.t.Helper()
	a.press("ctrl+f")
	a.when("the search", func(s seen) bool { return strings.HasPrefix(focused(s), "Search") })
	a.write(text)
}

func TestCheck05Sort(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	for _, id := range []policy.ClientID{"c50", "zebra", "c90"} { // in another order than that of their names
		change(t, sidecar, id, func(c *policy.Client) { c.Scope.Screencasts = true })
	}
	a := launch(t, options{size: "1900x900"})
	a.resize(1880, 880) // all columns have room
	a.signIn(sidecar.URL)
	a.click("Acme Bank")
	all := everyone(t, sidecar)
	columns := []struct {
		title string
		first func(descending bool) policy.Client
	}{
		{"E-mail", byAPI(t, sidecar, "email")},
		{"Status", byAPI(t, sidecar, "status")},
		{"Sees", byAPI(t, sidecar, "mode")},
		{"Screencasts", all.by(func(r api.ClientRow) int { return map[bool]int{true: 1}[r.Value.Scope.Screencasts] })},
		{"Employees", all.by(func(r api.ClientRow) int { return r.Sees.Employees })},
		{"Projects", all.by(func(r api.ClientRow) int { return r.Sees.Projects })},
		{"Selected", all.by(func(r api.ClientRow) int { return len(r.Value.Scope.Groups) + len(r.Value.Scope.Projects) })},
		{"Last seen", byAPI(t, sidecar, "seen")},
		{"Changed", byAPI(t, sidecar, "changed")},
		{"Name", byAPI(t, sidecar, "name")},
	}
	if n := a.titles(); n != len(columns) {
		t.Errorf("there are %d columns, want %d", n, len(columns))
	}
	for _, column := range columns {
		for _, descending := range []bool{false, true} {
			a.clickKind("title", column.title)
			want := column.first(descending).Name
			a.when(fmt.Sprintf("%s first, by %s, descending: %t", want, column.title, descending), func(s seen) bool {
				row := firstRow(s)
				return len(row) > 0 && row[0].Text == want
			})
		}
		a.press("ctrl+i") // what was selected is still
		a.when("the details of what was selected", func(s seen) bool { return strings.HasPrefix(s.Title, "Acme Bank") })
		a.press("Escape")
		a.when("the rows", func(s seen) bool { return strings.HasPrefix(s.Title, "Clients") && s.has("240 clients") })
	}
}

// titles returns how many columns can be seen.
func (a *app) titles() (n int) {
	a.t.Helper()
	for _, i := range a.see().Items {
		if i.Kind == "title" {
			n++
		}
	}
	return n
}

// byAPI returns who comes first in an order of the sidecar.
func byAPI(t *testing.T, sidecar *sidecartest.Sidecar, sort string) func(descending bool) policy.Client {
	return func(descending bool) policy.Client {
		t.Helper()
		found, err := sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Sort: sort, Descending: descending, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		return found.Value.Items[0].Value
	}
}

// rows are clients as the sidecar lists them, by their ids.
type rows []api.ClientRow

// everyone returns all clients, with how much they see.
func everyone(t *testing.T, sidecar *sidecartest.Sidecar) (all rows) {
	t.Helper()
	query := client.ClientQuery{Sort: "id"}
	for {
		page, err := sidecar.Owner.ListClients(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.Value.Items...)
		if query.After = page.Value.Next; query.After == "" {
			break
		}
	}
	for i := range all {
		all[i].Sees = &api.Sees{}
		all[i].Sees.Employees, all[i].Sees.Projects = counts(t, sidecar, all[i].Value.ID)
	}
	return all
}

// by returns who comes first in an order that the sidecar has not.
func (r rows) by(number func(api.ClientRow) int) func(descending bool) policy.Client {
	sorted := slices.Clone(r)
	slices.SortStableFunc(sorted, func(a, b api.ClientRow) int { return cmp.Compare(number(a), number(b)) })
	return func(descending bool) policy.Client {
		if descending {
			return sorted[len(sorted)-1].Value
		}
		return sorted[0].Value
	}
}

// firstRow returns the items of the first row of the clients.
func firstRow(s seen) (row []item) {
	title, there := s.title("Name")
	if !there {
		return nil
	}
	for _, i := range s.Items {
		if i.X > title.X-inset && i.Y >= title.Y+title.Height/2 && i.Y < title.Y+title.Height/2+36 && i.Kind == "label" && i.Y > title.Y {
			row = append(row, i)
		}
	}
	return row
}

func TestCheck06Filter(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	for i, scope := range []policy.Scope{{}, {Groups: []policy.GroupID{"g1"}}, {Groups: []policy.GroupID{"g2"}}} {
		invitation := api.NewInvitation{Email: fmt.Sprintf("new%d@firm.example", i), Name: fmt.Sprintf("New %d", i), Scope: scope}
		if _, err := sidecar.Owner.Invite(t.Context(), invitation, client.Terms{}); err != nil {
			t.Fatal(err)
		}
	}
	a := launch(t, options{})
	a.enter(sidecar.URL, sidecartest.Email)
	a.until("Live", "243 clients")
	a.clickKind("button", "Status")
	a.click("Invited")
	a.until("Status: Invited")
	a.clickKind("button", "Sees")
	a.click("Groups")
	both := client.ClientQuery{Status: policy.Invited, Mode: policy.ModeGroups}
	a.until("Status: Invited", "Sees: Groups", listed(t, sidecar, both), "New 1", "New 2")
	a.stop(syscall.SIGTERM)
	a = launch(t, options{home: a.home})
	a.resumeAt(sidecar, listed(t, sidecar, both))
	a.until("Status: Invited", "Sees: Groups")
	a.removeFilter("Status: Invited")
	a.until("Sees: Groups", listed(t, sidecar, client.ClientQuery{Mode: policy.ModeGroups}))
	a.click("Clear filters")
	a.untilGone("Sees: Groups")
	a.when("all clients", func(s seen) bool { return len(s.all("243 clients")) > 0 && s.has("Acme Bakery") })
}

// listed returns what the app has to say of a list of the sidecar.
func listed(t *testing.T, sidecar *sidecartest.Sidecar, q client.ClientQuery) string {
	t.Helper()
	q.Count = true
	found, err := sidecar.Owner.ListClients(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d of %d clients", *found.Value.Matching, found.Value.Total)
}

// removeFilter clicks on what takes a filter away.
func (a *app) removeFilter(words string) {
	a.t.Helper()
	a.click(words)
	a.untilGone(words)
}

func TestCheck08KeyboardOnly(t *testing.T) {
	a, _ := begin(t)
	a.press("ctrl+f")
	for range 12 {
		a.press("Tab")
		if wait(time.Second/2, func() bool { return inRows(a.see()) }) == nil {
			break
		}
	}
	a.when("the rows", inRows)
	a.press("Home", "Next", "Next")
	a.untilGone("Acme Bakery")
	a.press("Home")
	a.until("Acme Bakery")
	a.press("End")
	a.until("Zebra Zoo")
	for range 2 { // the same row has the keyboard after coming back
		a.press("Return")
		a.when("the editor", func(s seen) bool { return strings.HasPrefix(s.Title, "Zebra Zoo") && s.has("Allow seeing screencasts") })
		a.press("Escape")
		a.when("the rows", func(s seen) bool { return s.has("240 clients") && inRows(s) })
	}
}

// inRows reports whether the rows have the keyboard.
func inRows(s seen) bool {
	return slices.ContainsFunc(s.Items, func(i item) bool { return i.Focused && i.Kind == "label" && strings.Contains(i.Text, "Guest") })
}

func TestCheck22ChangedByOthers(t *testing.T) {
	a, sidecar := begin(t)
	a.press("End", "Up", "Up") // scrolled down, and a row selected that is not the last
	before := a.when("the last rows", func(s seen) bool { return s.has("Zebra Zoo") && !s.has("Acme Bank") && inRows(s) })
	changed := time.Now()
	change(t, sidecar, "zebra", func(c *policy.Client) { c.Email = "one@zebra.example" })
	a.until("one@zebra.example")
	a.wantBy("from the change to the row", time.Since(changed), 2*time.Second)
	change(t, sidecar, "acme-bank", func(c *policy.Client) { c.Name = "Acme Banking" }) // above what is shown
	change(t, sidecar, "zebra", func(c *policy.Client) { c.Email = "two@zebra.example" })
	after := a.until("two@zebra.example")
	if a, b := names(before), names(after); !slices.Equal(a, b) {
		t.Errorf("the rows have moved from %v to %v", a, b)
	}
	a.press("Return") // what was selected is still
	a.when("the editor", func(s seen) bool { return strings.HasPrefix(s.Title, "Guest 239") })
}

// names returns the names in the list, and where they stand.
func names(s seen) (all []string) {
	head, _ := s.title("Name")
	for _, i := range s.Items {
		if i.Kind == "label" && i.X >= head.X-inset && i.X < head.X+inset && i.Y > head.Y+head.Height {
			all = append(all, fmt.Sprint(i.Text, " at ", i.Y))
		}
	}
	return all
}
