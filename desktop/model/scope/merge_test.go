package scope_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sightline.example/desktop/model/scope"
	"sightline.example/policy"
)

func groups(ids ...policy.GroupID) policy.Scope {
	return policy.Scope{Groups: ids, Projects: []policy.ProjectID{"site"}}
}

func wantLines(t *testing.T, m *scope.Merge, want ...scope.Line) {
	t.Helper()
	if diff := cmp.Diff(want, m.Lines()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestChangesOfDifferentThingsComeTogether(t *testing.T) {
	mine := groups("a", "c", "mine")
	mine.Screencasts = true
	theirs := groups("a", "b", "theirs")
	theirs.Until = &autumn
	m := scope.Three(groups("a", "b", "c"), theirs, mine)
	if m.Open() != 0 {
		t.Errorf("%d conflicts are open", m.Open())
	}
	want := groups("a", "mine", "theirs")
	want.Screencasts, want.Until = true, &autumn
	wantScope(t, m.Result(), want)
	wantLines(
		t, m,
		scope.Line{Item: scope.Item{Part: scope.Groups, ID: "b"}, Theirs: scope.Kept, Mine: scope.Removed, Result: scope.Removed},
		scope.Line{Item: scope.Item{Part: scope.Groups, ID: "c"}, Theirs: scope.Removed, Mine: scope.Kept, Result: scope.Removed},
		scope.Line{Item: scope.Item{Part: scope.Groups, ID: "mine"}, Theirs: scope.Absent, Mine: scope.Added, Result: scope.Added},
		scope.Line{Item: scope.Item{Part: scope.Groups, ID: "theirs"}, Theirs: scope.Added, Mine: scope.Absent, Result: scope.Added},
		scope.Line{Item: scope.Item{Part: scope.Screencasts}, Theirs: scope.Kept, Mine: scope.Added, Result: scope.Added},
		scope.Line{Item: scope.Item{Part: scope.Period}, Theirs: scope.Changed, Mine: scope.Kept, Result: scope.Changed},
	)
}

func TestTheSameChangeTwiceIsNoConflict(t *testing.T) {
	side := groups("a", "new")
	side.Screencasts, side.Until = true, &autumn
	m := scope.Three(groups("a", "b"), side, side)
	if m.Open() != 0 {
		t.Errorf("%d conflicts are open", m.Open())
	}
	wantScope(t, m.Result(), side)
}

func TestWhatOneAddsWhereTheOtherTookOutAllIsAConflict(t *testing.T) {
	item := scope.Item{Part: scope.Groups, ID: "new"}
	for _, c := range []struct {
		name                       string
		theirs, mine, their, mine_ policy.Scope
	}{
		{"mine is added", groups(), groups("a", "new"), groups(), groups("new")},
		{"theirs is added", groups("a", "new"), groups(), groups("new"), groups()},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := scope.Three(groups("a"), c.theirs, c.mine)
			if m.Open() != 1 {
				t.Fatalf("%d conflicts are open, want 1", m.Open())
			}
			wantScope(t, m.Result(), scope.Canonical(c.their)) // nobody has chosen yet
			m.Choose(item, scope.Mine)
			if m.Open() != 0 {
				t.Errorf("%d conflicts are open", m.Open())
			}
			wantScope(t, m.Result(), scope.Canonical(c.mine_))
			m.Choose(item, scope.Theirs)
			wantScope(t, m.Result(), scope.Canonical(c.their))
		})
	}
}

// prefer lets a side win all conflicts.
func prefer(m *scope.Merge, side scope.Side) {
	for _, l := range m.Lines() {
		if l.Conflict {
			m.Choose(l.Item, side)
		}
	}
}

func TestTwoPeriodsAreAConflict(t *testing.T) {
	theirs, mine := both(), both()
	theirs.Until, mine.From = &autumn, &spring
	m := scope.Three(both(), theirs, mine)
	line := scope.Line{Item: scope.Item{Part: scope.Period}, Theirs: scope.Changed, Mine: scope.Changed, Result: scope.Changed, Conflict: true}
	wantLines(t, m, line)
	wantScope(t, m.Result(), theirs)
	prefer(m, scope.Mine)
	line.Chosen = scope.Mine
	wantLines(t, m, line)
	wantScope(t, m.Result(), mine)
}

func TestChoosingAboutNoConflictChangesNothing(t *testing.T) {
	m := scope.Three(groups("a"), groups("a", "b"), groups("a"))
	m.Choose(scope.Item{Part: scope.Groups, ID: "b"}, scope.Mine)
	m.Choose(scope.Item{Part: scope.Period}, scope.Mine)
	wantScope(t, m.Result(), groups("a", "b"))
}

// The properties that hold of every merge.
func TestMergesAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkMerge(t, anyScope.Draw(t, "base"), anyScope.Draw(t, "theirs"), anyScope.Draw(t, "mine"))
	})
}

func FuzzMerge(f *testing.F) {
	f.Add(uint16(1), uint16(0), uint16(3))
	f.Add(uint16(0x7f), uint16(0x1aa), uint16(0x255))
	f.Fuzz(func(t *testing.T, base, theirs, mine uint16) {
		checkMerge(t, scopeOf(base), scopeOf(theirs), scopeOf(mine))
	})
}

// scopeOf makes a scope of bits.
func scopeOf(bits uint16) (s policy.Scope) {
	for i, id := range []policy.GroupID{"a", "b", "c"} {
		if bits>>i&1 == 1 {
			s.Groups = append(s.Groups, id)
		}
	}
	for i, id := range []policy.ProjectID{"p", "q", "r"} {
		if bits>>(i+3)&1 == 1 {
			s.Projects = append(s.Projects, id)
		}
	}
	s.Screencasts = bits>>6&1 == 1
	if bits>>7&1 == 1 {
		s.From = &spring
	}
	if bits>>8&1 == 1 {
		s.Until = &autumn
	}
	return s
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func checkMerge(t failer, base, theirs, mine policy.Scope) {
	t.Helper()
	base, theirs, mine = scope.Canonical(base), scope.Canonical(theirs), scope.Canonical(mine)
	check := func(what string, m *scope.Merge, want policy.Scope) {
		t.Helper()
		if diff := cmp.Diff(want, m.Result()); diff != "" {
			t.Fatalf("%s: -want +got\n%s", what, diff)
		}
	}
	check("only they changed something", scope.Three(base, theirs, base), theirs)
	check("only I changed something", scope.Three(base, base, mine), mine)
	check("both changed the same", scope.Three(base, mine, mine), mine)

	m, mirrored := scope.Three(base, theirs, mine), scope.Three(base, mine, theirs)
	if m.Open() != mirrored.Open() {
		t.Fatalf("%d conflicts from one side, %d from the other", m.Open(), mirrored.Open())
	}
	prefer(m, scope.Mine)
	prefer(mirrored, scope.Theirs)
	check("the other way round", mirrored, m.Result())
	if m.Open() != 0 {
		t.Fatalf("%d conflicts are open after a choice", m.Open())
	}
	for _, l := range m.Lines() {
		checkLine(t, l)
	}
	checkNothingInvented(t, m)
}

// checkLine holds the rules of one line, after mine was preferred.
func checkLine(t failer, l scope.Line) {
	t.Helper()
	unchanged := func(s scope.State) bool { return s == scope.Kept || s == scope.Absent }
	want := l.Mine
	if unchanged(l.Mine) && !l.Conflict {
		want = l.Theirs
	}
	if l.Result != want {
		t.Fatalf("%+v: the result is %q, want %q", l, l.Result, want)
	}
	if unchanged(l.Theirs) && unchanged(l.Mine) {
		t.Fatalf("%+v: nothing was changed", l)
	}
}

// checkNothingInvented: the result selects only what a side selects, and what all
// three select.
func checkNothingInvented(t failer, m *scope.Merge) {
	t.Helper()
	r := m.Result()
	for _, id := range r.Groups {
		if !slices.Contains(m.Theirs.Groups, id) && !slices.Contains(m.Mine.Groups, id) {
			t.Fatalf("nobody selected %q", id)
		}
	}
	for _, id := range m.Base.Groups {
		if slices.Contains(m.Theirs.Groups, id) && slices.Contains(m.Mine.Groups, id) && !slices.Contains(r.Groups, id) {
			t.Fatalf("%q is lost", id)
		}
	}
}
