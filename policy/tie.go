package policy

import "iter"

// tie is what a project has to do with a group.
type tie struct {
	belongs bool // it belongs to the group
	members int  // how many of the group's employees are members of it
}

// ties holds the ties of all groups to projects. What is dead stays in it while
// something names it; every reader looks at that first.
type ties struct {
	byGroup trie[GroupID, trie[ProjectID, tie]]
}

func (t ties) get(g GroupID, p ProjectID) tie {
	projects, _ := t.byGroup.get(g)
	tie, _ := projects.get(p)
	return tie
}

func (t ties) set(g GroupID, p ProjectID, to tie) ties {
	projects, _ := t.byGroup.get(g)
	if to == (tie{}) {
		projects = projects.without(p)
	} else {
		projects = projects.with(p, to)
	}
	if projects.size == 0 {
		return ties{t.byGroup.without(g)}
	}
	return ties{t.byGroup.with(g, projects)}
}

// share counts an employee of the group as a member of the project, or no more.
func (t ties) share(g GroupID, p ProjectID, add bool) ties {
	tie := t.get(g, p)
	if add {
		tie.members++
	} else {
		tie.members--
	}
	return t.set(g, p, tie)
}

// own makes the project belong to the group, or no more.
func (t ties) own(g GroupID, p ProjectID, belongs bool) ties {
	tie := t.get(g, p)
	tie.belongs = belongs
	return t.set(g, p, tie)
}

// Shared reports whether some employee is both in the group and a member of
// the project, and all three exist.
func (d *Data) Shared(g GroupID, p ProjectID) bool {
	return alive(d.groups, g) && alive(d.projects, p) && d.ties.get(g, p).members > 0
}

// BelongsTo reports whether the project belongs to the group and both exist.
func (d *Data) BelongsTo(p ProjectID, g GroupID) bool {
	return alive(d.groups, g) && alive(d.projects, p) && d.ties.get(g, p).belongs
}

// GroupProjects returns the projects that belong to a group, in no order.
func (d *Data) GroupProjects(g GroupID) iter.Seq[ProjectID] {
	return d.tied(g, func(t tie) bool { return t.belongs })
}

// SharedProjects returns the projects that an employee of a group is a member
// of, in no order.
func (d *Data) SharedProjects(g GroupID) iter.Seq[ProjectID] {
	return d.tied(g, func(t tie) bool { return t.members > 0 })
}

func (d *Data) tied(g GroupID, by func(tie) bool) iter.Seq[ProjectID] {
	return func(yield func(ProjectID) bool) {
		if !alive(d.groups, g) {
			return
		}
		projects, _ := d.ties.byGroup.get(g)
		projects.each(func(p ProjectID, t tie) bool {
			return !by(t) || !alive(d.projects, p) || yield(p)
		})
	}
}
