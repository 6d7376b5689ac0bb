//go:build acceptance

package acceptance

import (
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

func TestCheck04Search(t *testing.T) {
	a, sidecar := begin(t)
	a.search("acme ba")
	typed := time.Now()
	a.until("2 of 240 clients", "Acme Bank", "Acme Bakery")
	a.wantWithin("from the last key to the rows", time.Since(typed), time.Second) // half of it is for the machine
	found, err := sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Search: "acme ba"})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(found.Value.Items); n != 2 {
		t.Errorf("the sidecar finds %d", n)
	}
	a.press("Escape")
	a.until("240 clients", "Guest 004")
}

// search types into the search field of the page.
func (a *app) search(text string) {
	a.t.Helper()
	a.press("ctrl+f")
	a.when("the search", func(s seen) bool { return strings.HasPrefix(focused(s), "Search") })
	a.write(text)
}

func TestCheck05Sort(t *testing.T) {
	a, sidecar := begin(t)
	a.click("Acme Bank")
	columns := []struct{ title, sort string }{{"E-mail", "email"}, {"Status", "status"}, {"Sees", "mode"}, {"Name", "name"}}
	for _, column := range columns {
		for _, descending := range []bool{false, true} {
			a.clickKind("title", column.title)
			a.wantFirst(sidecar, column.sort, descending)
		}
	}
	a.press("ctrl+i") // what was selected is still
	a.when("the details", func(s seen) bool { return strings.HasPrefix(s.Title, "Acme Bank") })
}

// wantFirst waits until the first row has what the first row of the sidecar has.
func (a *app) wantFirst(sidecar *sidecartest.Sidecar, by string, descending bool) {
	a.t.Helper()
	found, err := sidecar.Owner.ListClients(a.t.Context(), client.ClientQuery{Sort: by, Descending: descending, Limit: 1})
	if err != nil {
		a.t.Fatal(err)
	}
	first := found.Value.Items[0].Value
	want := map[string]string{"email": first.Email, "name": first.Name, "status": string(first.Status), "mode": string(first.Scope.Mode())}[by]
	a.when(fmt.Sprintf("%s first, by %s", want, by), func(s seen) bool {
		return slices.ContainsFunc(firstRow(s), func(i item) bool { return same(i.Text, want) })
	})
}

// same reports whether a cell shows a value, which may be cut or in other words.
func same(cell, value string) bool {
	cell = strings.TrimSuffix(strings.ToLower(cell), "…")
	words := map[string]string{"both": "groups + projects", "none": "nothing"}
	if w := words[value]; w != "" {
		value = w
	}
	return cell != "" && strings.HasPrefix(strings.ToLower(value), cell)
}

// firstRow returns the items of the first row of the clients.
func firstRow(s seen) (row []item) {
	titles := s.all("E-mail")
	if len(titles) == 0 {
		return nil
	}
	title := titles[0]
	for _, i := range s.Items {
		if i.X > title.X-160 && i.Y >= title.Y+title.Height/2 && i.Y < title.Y+title.Height/2+36 && i.Kind == "label" && i.Y > title.Y {
			row = append(row, i)
		}
	}
	return row
}

func TestCheck06Filter(t *testing.T) {
	a, sidecar := begin(t)
	a.clickKind("button", "Status")
	a.click("Suspended")
	a.until("Status: Suspended")
	a.clickKind("button", "Sees")
	a.click("Groups")
	a.until("Sees: Groups")
	found, err := sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Status: policy.Suspended, Mode: policy.ModeGroups, Count: true})
	if err != nil {
		t.Fatal(err)
	}
	a.until(fmt.Sprintf("%d of 240 clients", *found.Value.Matching))
	a.stop(syscall.SIGTERM)
	a = launch(t, options{home: a.home})
	a.resume(sidecar)
	a.until("Status: Suspended", "Sees: Groups", fmt.Sprintf("%d of 240 clients", *found.Value.Matching))
	a.click("Clear filters")
	a.untilGone("Status: Suspended")
	a.until("240 clients", "Acme Bank")
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
	a.search("acme")
	a.until("2 of 240 clients")
	a.click("Acme Bank")
	before := a.see().all("Acme Bakery")[0]
	changed := time.Now()
	change(t, sidecar, "acme-bank", func(c *policy.Client) { c.Scope.Projects = []policy.ProjectID{"p1"} })
	a.until("Groups + projects", "1 group, 1 pr")
	a.wantWithin("from the change to the row", time.Since(changed), 2*time.Second)
	if after := a.see().all("Acme Bakery")[0]; after.Y != before.Y {
		t.Errorf("the rows have moved from %d to %d", before.Y, after.Y)
	}
	a.press("Return")
	a.when("the editor", func(s seen) bool { return strings.HasPrefix(s.Title, "Acme Bank") })
}
