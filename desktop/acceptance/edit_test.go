//go:build acceptance

package acceptance

import (
	"fmt"
	"strings"
	"testing"

	"sightline.example/policy"
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
		tick []string
		want policy.Scope
		says string
	}{
		{[]string{"Team 01"}, policy.Scope{Groups: []policy.GroupID{"g1"}}, "Sees all work of the people in the selected groups"},
		{[]string{"Job 01"}, policy.Scope{Groups: []policy.GroupID{"g1"}, Projects: []policy.ProjectID{"p1"}}, "Sees only work by people in the selected groups"},
		{[]string{"Team 01"}, policy.Scope{Projects: []policy.ProjectID{"p1"}}, "Sees all work on the selected projects"},
		{[]string{"Job 01"}, policy.Scope{}, "Sees nothing: neither groups nor projects are selected."},
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
	}
}

// save saves what is being edited, whatever it asks, and waits until that is done.
func (a *app) save(name string) {
	a.t.Helper()
	a.when("the preview", func(s seen) bool { return !s.has("Looking…") })
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

// wantEnforced asks the sidecar for time entries of employees on projects, and
// compares the answers with what the scope says in plain words.
func wantEnforced(t *testing.T, sidecar *sidecartest.Sidecar, id policy.ClientID, scope policy.Scope) {
	t.Helper()
	in := func(g []policy.GroupID, want []policy.GroupID) bool {
		return len(want) > 0 && len(g) > 0 && g[0] == want[0]
	}
	for _, e := range document().Employees[:20] {
		p := e.Projects[0]
		byGroup, byProject := in(e.Groups, scope.Groups), len(scope.Projects) > 0 && p == scope.Projects[0]
		want := map[policy.Mode]bool{
			policy.ModeGroups: byGroup, policy.ModeProjects: byProject, policy.ModeBoth: byGroup && byProject,
		}[scope.Mode()]
		if err := wait(patience, func() bool { return may(t, sidecar, id, policy.TypeTimeEntry, e, p) == want }); err != nil {
			t.Errorf("work of %s on %s: visible is %t, want %t", e.ID, p, !want, want)
		}
	}
}

func TestCheck12SaveThatNarrows(t *testing.T) {
	a, sidecar := begin(t)
	before := stored(t, sidecar, "north").Value.Scope
	a.edit("North Pole")
	a.clickKind("line", "Job 01")
	a.until("This narrows the access.", "Loses ")
	a.when("the preview", func(s seen) bool { return !s.has("Looking…") })
	a.press("ctrl+s")
	a.until("Narrow the access of North Pole?", "Loses ")
	a.clickKind("button", "Save")
	a.until("The scope of North Pole is saved.")
	wantScope(t, sidecar, "north", policy.Scope{Groups: before.Groups, Projects: []policy.ProjectID{"p1"}})
	a.clickLast("Undo") // the editor has one of its own
	a.until("The scope of North Pole is what it was before.")
	wantScope(t, sidecar, "north", before)
	if n := len(records(t, sidecar, "north")); n != 2 {
		t.Errorf("the audit log has %d records of it, want 2", n)
	}
}

func TestCheck13Screencasts(t *testing.T) {
	a, sidecar := begin(t)
	ask := func() bool {
		return may(t, sidecar, "acme-bank", policy.TypeScreencast, document().Employees[1], "p1")
	}
	if ask() {
		t.Fatal("screencasts are visible before")
	}
	a.edit("Acme Bank")
	a.click("Allow seeing screencasts")
	a.until("Not saved: ")
	a.save("Acme Bank")
	if !stored(t, sidecar, "acme-bank").Value.Scope.Screencasts {
		t.Error("the sidecar has them off")
	}
	if err := wait(patience, ask); err != nil {
		t.Error("screencasts are not visible:", err)
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
	sees := func() bool { return may(t, sidecar, "acme-bank", policy.TypeTimeEntry, ada, ada.Projects[0]) }
	if !sees() {
		t.Fatal("the client sees nothing")
	}
	a.search("acme bank")
	a.until("1 of 240 clients")
	a.click("Acme Bank")
	a.choose("Suspend the ticked clients")
	a.until("Acme Bank is suspended and sees nothing.")
	if err := wait(patience, func() bool { return !sees() }); err != nil {
		t.Error("a suspended client sees work:", err)
	}
	a.clickKind("button", "Undo")
	a.until("Acme Bank is active again.")
	if err := wait(patience, sees); err != nil {
		t.Error("the client sees nothing afterwards:", err)
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
	if n := len(records(t, sidecar, "acme-bank")); n != 3 {
		t.Errorf("the audit log has %d records of it, want 3", n)
	}
}
