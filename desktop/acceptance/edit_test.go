//go:build acceptance

package acceptance

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/sidecartest"
)

// edit opens the editor of a client.
func (a *app) edit(name string) {
	a.t.Helper()
	a.choose(name)
	a.when("the editor", func(s seen) bool {
		return strings.Contains(s.Title, name) && s.has("Allow seeing screencasts") && !s.has("Looking…") && s.has("What they will see")
	})
}

func TestCheck11TheFourStates(t *testing.T) {
	a, sidecar := begin(t)
	a.edit("Zebra Zoo")
	states := []struct {
		tick       []string
		want       policy.Scope
		says, chip string
	}{
		{[]string{"Team 01"}, policy.Scope{Groups: []policy.GroupID{"g1"}}, "Sees all work of the people in the selected groups", "Groups"},
		{[]string{"Job 01"}, policy.Scope{Groups: []policy.GroupID{"g1"}, Projects: []policy.ProjectID{"p1"}}, "Sees only work by people in the selected groups", "Groups + projects"},
		{[]string{"Team 01"}, policy.Scope{Projects: []policy.ProjectID{"p1"}}, "Sees all work on the selected projects", "Projects"},
		{[]string{"Job 01"}, policy.Scope{}, "Sees nothing: neither groups nor projects are selected.", "Nothing"},
	}
	for _, state := range states {
		for _, name := range state.tick {
			a.clickKind("line", name)
		}
		a.until(state.says)
		a.save("Zebra Zoo")
		wantScope(t, sidecar, "zebra", state.want)
		employees, projects := counts(t, sidecar, "zebra")
		a.until(fmt.Sprintf("%d employee", employees), fmt.Sprintf("%d project", projects))
		wantEnforced(t, sidecar, "zebra", state.want)
		a.press("Escape")
		a.search("zebra")
		a.until("1 of 240 clients")
		a.when("the row of Zebra Zoo", func(s seen) bool {
			var cells []string
			for _, i := range firstRow(s) {
				cells = append(cells, i.Text)
			}
			return slices.Contains(cells, state.chip) && slices.Contains(cells, strconv.Itoa(employees)) && slices.Contains(cells, strconv.Itoa(projects))
		})
		a.press("Escape")
		a.edit("Zebra Zoo")
	}
}

// save saves what is being edited, whatever it asks, and waits until that is done.
func (a *app) save(name string) {
	a.t.Helper()
	a.when("the preview", func(s seen) bool { return !s.has("Looking…") })
	a.wantDisabled("Save", false)
	a.press("ctrl+s")
	now := a.when("an answer", func(s seen) bool {
		return s.Overlay || s.has("The scope of "+name+" is saved.") && !s.has("Not saved: ")
	})
	if now.Overlay {
		a.clickKind("button", "Save")
	}
	a.when("the end of the save", func(s seen) bool {
		return !s.Overlay && s.has("The scope of "+name+" is saved.") && !s.has("Not saved: ") && !s.has("Saving…")
	})
}

// wantEnforced asks the sidecar for time entries of 20 employees on projects, half of
// which the scope allows in plain words if it allows so many, and compares the answers.
func wantEnforced(t *testing.T, sidecar *sidecartest.Sidecar, id policy.ClientID, scope policy.Scope) {
	t.Helper()
	type pair struct {
		employee policy.Employee
		project  policy.ProjectID
	}
	sample := map[bool][]pair{}
	for _, e := range document().Employees {
		for i := range manyProjects {
			allowed := inScope(scope, e, project(i))
			sample[allowed] = append(sample[allowed], pair{e, project(i)})
		}
	}
	if len(sample[true]) == 0 != (scope.Mode() == policy.ModeNone) {
		t.Fatalf("nothing is allowed by %+v", scope)
	}
	r := rand.New(rand.NewPCG(11, 11))
	asked := 0
	for _, want := range []bool{true, false} {
		pairs := sample[want]
		r.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		most := 10
		if !want {
			most = 20 - asked
		}
		for _, p := range pairs[:min(most, len(pairs))] {
			asked++
			if mayNow(t, sidecar, id, policy.TypeTimeEntry, p.employee, p.project) != want {
				t.Errorf("work of %s on %s: visible is %t, want %t", p.employee.ID, p.project, !want, want)
			}
		}
	}
	if asked != 20 {
		t.Errorf("%d pairs were asked about", asked)
	}
}

// inScope says in plain words whether a scope covers the work of an employee on a project.
func inScope(scope policy.Scope, e policy.Employee, p policy.ProjectID) bool {
	byGroup := slices.ContainsFunc(e.Groups, func(g policy.GroupID) bool { return slices.Contains(scope.Groups, g) })
	byProject := slices.Contains(scope.Projects, p)
	switch {
	case len(scope.Groups) > 0 && len(scope.Projects) > 0:
		return byGroup && byProject
	case len(scope.Groups) > 0:
		return byGroup
	}
	return byProject
}

func TestCheck12SaveThatNarrows(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	before := policy.Scope{Projects: []policy.ProjectID{"p1", "p2", "p3"}}
	after := policy.Scope{Groups: []policy.GroupID{"g1"}, Projects: before.Projects}
	change(t, sidecar, "acme-bakery", func(c *policy.Client) { c.Scope = before })
	a := launch(t, options{})
	a.signIn(sidecar.URL)
	preview, err := sidecar.Owner.Preview(t.Context(), api.NewPreview{Client: "acme-bakery", Scope: after})
	if err != nil {
		t.Fatal(err)
	}
	loses := fmt.Sprintf("Loses %d employees", preview.Against.Lost.Employees.Count)
	a.edit("Acme Bakery")
	a.clickKind("line", "Team 01")
	a.until("This narrows the access.", loses, fmt.Sprintf("%d employees", preview.Employees.Count))
	a.when("the preview", func(s seen) bool { return !s.has("Looking…") })
	a.press("ctrl+s")
	a.until("Narrow the access of Acme Bakery?", loses)
	wantScope(t, sidecar, "acme-bakery", before)
	a.clickKind("button", "Save")
	a.until("The scope of Acme Bakery is saved.")
	wantScope(t, sidecar, "acme-bakery", after)
	a.clickLast("Undo") // the editor has one of its own
	a.until("The scope of Acme Bakery is what it was before.")
	wantScope(t, sidecar, "acme-bakery", before)
	if n := len(records(t, sidecar, "acme-bakery")); n != 3 {
		t.Errorf("the audit log has %d records of it, want 3", n)
	}
	a.choose("Audit log")
	a.arrive("Audit log")
	a.wantRecords("Acme Bakery", "Groups: − Team 01", "Groups: + Team 01", "Projects: + Job 02   + Job 03")
}

// wantRecords selects the records of a client in the audit log, the newest first, and
// waits for what each of them changed.
func (a *app) wantRecords(name string, changes ...string) {
	a.t.Helper()
	row := "Client " + name
	rows := a.when("the records of "+name, func(s seen) bool { return len(s.all(row)) == len(changes) }).all(row)
	for i, change := range changes {
		a.clickOn(rows[i])
		a.until(change, "Olive, ")
	}
}

func TestCheck13Screencasts(t *testing.T) {
	a, sidecar := begin(t)
	ask := func() bool {
		return mayNow(t, sidecar, "acme-bank", policy.TypeScreencast, document().Employees[1], "p1")
	}
	if ask() {
		t.Fatal("screencasts are visible before")
	}
	want := stored(t, sidecar, "acme-bank").Value.Scope
	a.edit("Acme Bank")
	for _, on := range []bool{true, false} {
		a.click("Allow seeing screencasts")
		a.until("Not saved: ")
		a.save("Acme Bank")
		want.Screencasts = on
		wantScope(t, sidecar, "acme-bank", want)
		if ask() != on {
			t.Errorf("switched on: %t, and visible: %t", on, !on)
		}
	}
}

func TestUndoByKeyboard(t *testing.T) {
	a, _ := begin(t)
	a.edit("Zebra Zoo")
	a.clickKind("line", "Team 02")
	a.until("Not saved: ")
	a.press("ctrl+z")
	a.untilGone("Not saved: ")
	a.press("ctrl+shift+z")
	a.until("Not saved: +1 group")
}

func TestCheck15SaveWhileTyping(t *testing.T) {
	a, sidecar := begin(t)
	a.edit("Zebra Zoo")
	a.click("Filter groups")
	a.write("team 04")
	a.untilGone("Team 05")
	a.clickKind("line", "Team 04")
	a.until("Not saved: ")
	a.clickKind("entry", "team 04")
	a.when("the field", func(s seen) bool { return focused(s) == "team 04" })
	a.save("Zebra Zoo")
	wantScope(t, sidecar, "zebra", policy.Scope{Groups: []policy.GroupID{"g4"}})
}

func TestCheck17SuspendAndDelete(t *testing.T) {
	a, sidecar := begin(t)
	ada := document().Employees[1]
	sees := func() bool { return mayNow(t, sidecar, "acme-bank", policy.TypeTimeEntry, ada, ada.Projects[0]) }
	if !sees() {
		t.Fatal("the client sees nothing")
	}
	a.search("acme bank")
	a.until("1 of 240 clients")
	a.click("Acme Bank")
	a.choose("Suspend the ticked clients")
	a.until("Acme Bank is suspended and sees nothing.")
	if sees() {
		t.Error("a suspended client sees work")
	}
	a.clickKind("button", "Undo")
	a.until("Acme Bank is active again.")
	if !sees() {
		t.Error("the client sees nothing afterwards")
	}
	a.click("Acme Bank")
	a.press("Delete")
	a.until("Delete client Acme Bank?")
	a.write("Acme")
	if buttons := a.until("Delete client Acme Bank?").all("Delete"); len(buttons) != 1 || !buttons[0].Disabled {
		t.Errorf("half a name is enough: %+v", buttons)
	}
	a.write(" Bank")
	a.clickKind("button", "Delete")
	a.until("Acme Bank is deleted.")
	if _, err := sidecar.Owner.Clients().Get(t.Context(), "acme-bank"); policy.CodeOf(err) != policy.NotFound {
		t.Errorf("the sidecar says %v", err)
	}
	if err := wait(patience, func() bool { return !may(t, sidecar, "acme-bank", policy.TypeTimeEntry, ada, ada.Projects[0]) }); err != nil {
		t.Error("a deleted client sees work:", err)
	}
	var done []string
	for _, r := range records(t, sidecar, "acme-bank") {
		done = append(done, r.Action)
	}
	if diff := cmp.Diff([]string{"delete", "resume", "suspend"}, done); diff != "" {
		t.Errorf("the audit log of it: -want +got\n%s", diff)
	}
}
