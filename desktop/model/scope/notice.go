package scope

import "sightline.example/policy"

// Notice is something about an edit that admins tend to overlook.
type Notice string

// The notices.
const (
	// NarrowsByGroups: groups come to a scope of projects alone, so that only the
	// work of people in them stays visible.
	NarrowsByGroups Notice = "narrows by groups"
	// NarrowsByProjects: projects come to a scope of groups alone, so that only
	// the work on them stays visible.
	NarrowsByProjects Notice = "narrows by projects"
	// WidensToEveryone: no group is selected any more, so that everybody's work on
	// the projects becomes visible.
	WidensToEveryone Notice = "widens to everyone"
	// WidensToEverything: no project is selected any more, so that all work of the
	// people in the groups becomes visible.
	WidensToEverything Notice = "widens to everything"
	// Nothing: neither groups nor projects are selected.
	Nothing Notice = "nothing"
	// PeriodOver: the period ends before it begins, so that it can't be saved.
	PeriodOver Notice = "period over"
)

// Notices returns what is to be pointed out about an edit, in the order of the
// constants. What is visible in the end, such as nobody's work, is up to the
// rules, not to them.
func Notices(from, to policy.Scope) (all []Notice) {
	if notice, surprising := turn(from.Mode(), to.Mode()); surprising {
		all = append(all, notice)
	}
	if to.Mode() == policy.ModeNone {
		all = append(all, Nothing)
	}
	if !orderly(to) {
		all = append(all, PeriodOver)
	}
	return all
}

// turn returns the notice about a change of the mode.
func turn(from, to policy.Mode) (Notice, bool) {
	notice, surprising := map[[2]policy.Mode]Notice{
		{policy.ModeProjects, policy.ModeBoth}: NarrowsByGroups,
		{policy.ModeGroups, policy.ModeBoth}:   NarrowsByProjects,
		{policy.ModeBoth, policy.ModeProjects}: WidensToEveryone,
		{policy.ModeBoth, policy.ModeGroups}:   WidensToEverything,
	}[[2]policy.Mode{from, to}]
	return notice, surprising
}

// orderly reports whether the period of a scope begins before it ends.
func orderly(s policy.Scope) bool {
	return s.From == nil || s.Until == nil || s.From.Before(*s.Until)
}

// Dead are the ids of a scope that name nothing any more. They match nothing, but
// still decide the mode: taking the last one out can widen what is visible.
type Dead struct {
	Groups   []policy.GroupID
	Projects []policy.ProjectID
}

// DeadIn returns the dead references of a scope, given what there is.
func DeadIn(s policy.Scope, group func(policy.GroupID) bool, project func(policy.ProjectID) bool) (d Dead) {
	return Dead{missing(s.Groups, group), missing(s.Projects, project)}
}

// Count returns how many there are.
func (d Dead) Count() int { return len(d.Groups) + len(d.Projects) }

// Replace selects what took the place of dead references, as one change: all of
// the groups go for the one group, and all of the projects for the one project.
// An empty id leaves that kind as it is.
func (d *Draft) Replace(dead Dead, group policy.GroupID, project policy.ProjectID) {
	next := d.Scope()
	if group != "" && len(dead.Groups) > 0 {
		next.Groups = append(without(next.Groups, dead.Groups), group)
	}
	if project != "" && len(dead.Projects) > 0 {
		next.Projects = append(without(next.Projects, dead.Projects), project)
	}
	d.Set(next)
}

func missing[ID ~string](ids []ID, exists func(ID) bool) (dead []ID) {
	for _, id := range ids {
		if !exists(id) {
			dead = append(dead, id)
		}
	}
	return dead
}
