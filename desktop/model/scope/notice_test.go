package scope_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/model/scope"
	"sightline.example/policy"
)

func TestNoticesTellWhatAnEditTurnsAround(t *testing.T) {
	groups := policy.Scope{Groups: []policy.GroupID{"design"}}
	projects := policy.Scope{Projects: []policy.ProjectID{"site"}}
	reversed := both()
	reversed.From, reversed.Until = &autumn, &spring
	for _, c := range []struct {
		name     string
		from, to policy.Scope
		want     []scope.Notice
	}{
		{"the first group of a scope of projects", projects, both(), []scope.Notice{scope.NarrowsByGroups}},
		{"the first project of a scope of groups", groups, both(), []scope.Notice{scope.NarrowsByProjects}},
		{"the last group is gone", both(), projects, []scope.Notice{scope.WidensToEveryone}},
		{"the last project is gone", both(), groups, []scope.Notice{scope.WidensToEverything}},
		{"everything is gone", both(), policy.Scope{}, []scope.Notice{scope.Nothing}},
		{"nothing was there", policy.Scope{}, policy.Scope{}, []scope.Notice{scope.Nothing}},
		{"the first of all", policy.Scope{}, groups, nil},
		{"groups for projects", groups, projects, nil},
		{"another group", both(), policy.Scope{Groups: []policy.GroupID{"dev"}, Projects: both().Projects}, nil},
		{"an end before the beginning", both(), reversed, []scope.Notice{scope.PeriodOver}},
		{"an end at the beginning", groups, policy.Scope{Groups: groups.Groups, From: &spring, Until: &spring}, []scope.Notice{scope.PeriodOver}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, scope.Notices(c.from, c.to)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func dead(t *testing.T, d *scope.Draft) scope.Dead {
	t.Helper()
	found := scope.DeadIn(d.Scope(),
		func(id policy.GroupID) bool { return id != "gone" },
		func(id policy.ProjectID) bool { return id != "lost" })
	if found.Count() != 2 {
		t.Fatalf("%+v are dead, want two", found)
	}
	return found
}

func deadDraft() *scope.Draft {
	return scope.New(policy.Scope{
		Groups:   []policy.GroupID{"gone"},
		Projects: []policy.ProjectID{"lost", "site"},
	})
}

func TestDroppingTheLastDeadGroupWidensAndSaysSo(t *testing.T) {
	d := deadDraft()
	d.Set(policy.Scope{Projects: []policy.ProjectID{"site"}})
	wantScope(t, d.Scope(), policy.Scope{Projects: []policy.ProjectID{"site"}})
	if diff := cmp.Diff([]scope.Notice{scope.WidensToEveryone}, scope.Notices(d.Base(), d.Scope())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestDeadReferencesAreReplaced(t *testing.T) {
	d := deadDraft()
	d.Replace(dead(t, d), "design", "")
	wantScope(t, d.Scope(), policy.Scope{Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"lost", "site"}})
	d.Undo()
	d.Replace(dead(t, d), "", "app")
	wantScope(t, d.Scope(), policy.Scope{Groups: []policy.GroupID{"gone"}, Projects: []policy.ProjectID{"app", "site"}})
}

func TestNothingIsReplacedWhereNothingIsDead(t *testing.T) {
	d := scope.New(both())
	d.Replace(scope.Dead{}, "design", "app")
	if d.CanUndo() {
		t.Error("something was changed")
	}
}
