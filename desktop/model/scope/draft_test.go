package scope_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sightline.example/desktop/model/scope"
	"sightline.example/policy"
)

var (
	spring = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	autumn = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
)

func both() policy.Scope {
	return policy.Scope{Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"app", "site"}}
}

func wantScope(t *testing.T, got, want policy.Scope) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestADraftIsDirtyByWhatItChangesAlone(t *testing.T) {
	d := scope.New(policy.Scope{Groups: []policy.GroupID{"sales", "design"}})
	d.SetGroups([]policy.GroupID{"design", "sales", "design"})
	if d.Dirty() || d.CanUndo() {
		t.Error("another order is a change")
	}
	d.SetGroups([]policy.GroupID{"sales", "dev"})
	d.SetProjects([]policy.ProjectID{"site"})
	d.SetScreencasts(true)
	d.SetPeriod(&spring, nil)
	want := scope.Diff{
		GroupsAdded: []policy.GroupID{"dev"}, GroupsRemoved: []policy.GroupID{"design"},
		ProjectsAdded: []policy.ProjectID{"site"}, Screencasts: true, Period: true,
	}
	if diff := cmp.Diff(want, d.Diff()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if n := d.Diff().Changes(); n != 5 {
		t.Errorf("%d changes, want 5", n)
	}
	d.Set(d.Base())
	if d.Dirty() {
		t.Error("dirty although it is as it was")
	}
}

func TestTheSameTimeInAnotherZoneIsNoChange(t *testing.T) {
	d := scope.New(policy.Scope{Until: &autumn})
	elsewhere := autumn.In(time.FixedZone("CEST", 7200))
	d.SetPeriod(nil, &elsewhere)
	if d.Dirty() {
		t.Error("dirty")
	}
}

func TestStepsAreTakenBackAndMadeAgain(t *testing.T) {
	d := scope.New(both())
	d.SetScreencasts(true)
	d.SetGroups(nil)
	d.Undo()
	wantScope(t, d.Scope(), policy.Scope{Groups: both().Groups, Projects: both().Projects, Screencasts: true})
	d.Undo()
	d.Undo() // there is no third
	if d.Dirty() || d.CanUndo() || !d.CanRedo() {
		t.Error("not everything was taken back")
	}
	d.Redo()
	d.Redo()
	wantScope(t, d.Scope(), policy.Scope{Projects: both().Projects, Screencasts: true})
	d.Undo()
	d.SetProjects(nil)
	if d.CanRedo() {
		t.Error("what was taken back can be made again after another change")
	}
}

func TestAsManyStepsAreKeptAsAreOfUse(t *testing.T) {
	d := scope.New(policy.Scope{})
	for i := range 2 * scope.MaxSteps {
		d.SetScreencasts(i%2 == 0)
	}
	n := 0
	for ; d.CanUndo(); n++ {
		d.Undo()
	}
	if n != scope.MaxSteps {
		t.Errorf("%d steps, want %d", n, scope.MaxSteps)
	}
}

func TestWhatADraftHandsOutIsNotTheDraft(t *testing.T) {
	base := policy.Scope{Groups: []policy.GroupID{"a", "b"}, Until: new(autumn)}
	d := scope.New(base)
	base.Groups[0], *base.Until = "x", spring
	d.Scope().Groups[1] = "x"
	*d.Scope().Until = spring
	wantScope(t, d.Scope(), policy.Scope{Groups: []policy.GroupID{"a", "b"}, Until: &autumn})
}

func TestARebasedDraftKeepsItsScope(t *testing.T) {
	d := scope.New(both())
	d.SetScreencasts(true)
	theirs := both()
	theirs.Screencasts = true
	d.Rebase(theirs)
	if d.Dirty() {
		t.Error("dirty over a version that is the same")
	}
	d.Undo()
	if diff := cmp.Diff(scope.Diff{Screencasts: true}, d.Diff()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestUndoAndRedoLeadThroughTheSameScopes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := scope.New(anyScope.Draw(t, "base"))
		seen := []policy.Scope{d.Scope()}
		for _, next := range rapid.SliceOf(anyScope).Draw(t, "steps") {
			if d.Set(next); !cmp.Equal(d.Scope(), seen[len(seen)-1]) {
				seen = append(seen, d.Scope())
			}
		}
		for i := len(seen) - 2; i >= 0; i-- {
			d.Undo()
			if diff := cmp.Diff(seen[i], d.Scope()); diff != "" {
				t.Fatalf("undo to step %d: -want +got\n%s", i, diff)
			}
		}
		for _, want := range seen[1:] {
			d.Redo()
			if diff := cmp.Diff(want, d.Scope()); diff != "" {
				t.Fatalf("redo: -want +got\n%s", diff)
			}
		}
		if d.CanRedo() {
			t.Fatal("there is more to redo")
		}
	})
}

func idsOf[ID ~string](of ...ID) *rapid.Generator[[]ID] {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(of), 0, len(of), rapid.ID[ID])
}

// anyScope generates scopes of few ids, so that they overlap.
var anyScope = rapid.Custom(func(t *rapid.T) policy.Scope {
	s := policy.Scope{
		Groups:      idsOf[policy.GroupID]("a", "b", "c", "d").Draw(t, "groups"),
		Projects:    idsOf[policy.ProjectID]("p", "q", "r").Draw(t, "projects"),
		Screencasts: rapid.Bool().Draw(t, "screencasts"),
	}
	if rapid.Bool().Draw(t, "begins") {
		s.From = new(spring)
	}
	if rapid.Bool().Draw(t, "ends") {
		s.Until = new(rapid.SampledFrom([]time.Time{autumn, autumn.AddDate(1, 0, 0)}).Draw(t, "end"))
	}
	return s
})
