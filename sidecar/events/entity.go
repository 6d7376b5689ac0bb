package events

import (
	"slices"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func client(before, after *policy.Data, id policy.ClientID) (api.Event, bool) {
	old, stored := before.Client(id)
	was := old != nil
	if !was {
		old = &policy.Client{}
	}
	now, stores := after.Client(id)
	if now == nil {
		e, _ := gone(was, old.Name)
		e.Unreadable = stores
		return e, was || stored != stores
	}
	w := words{before, after}
	e, ok := stays(was, now.Name, api.Changes{
		Name:        turn(old.Name, now.Name),
		Email:       turn(old.Email, now.Email),
		Status:      turn(old.Status, now.Status),
		Groups:      membership(old.Scope.Groups, now.Scope.Groups, w.group),
		Projects:    membership(old.Scope.Projects, now.Scope.Projects, w.project),
		Screencasts: turn(old.Scope.Screencasts, now.Scope.Screencasts),
		Period:      period(old.Scope, now.Scope),
	})
	e.By, e.At = now.ChangedBy, now.Changed
	return e, ok || !sameTrail(old.Trail, now.Trail)
}

func employee(before, after *policy.Data, id policy.EmployeeID) (api.Event, bool) {
	old, was := before.Employee(id)
	if !was {
		old = &policy.Employee{}
	}
	now, is := after.Employee(id)
	if !is {
		return gone(was, old.Name)
	}
	w := words{before, after}
	return stays(was, now.Name, api.Changes{
		Name:     turn(old.Name, now.Name),
		Groups:   membership(old.Groups, now.Groups, w.group),
		Projects: membership(old.Projects, now.Projects, w.project),
	})
}

func group(before, after *policy.Data, id policy.GroupID) (api.Event, bool) {
	old, was := before.Group(id)
	if !was {
		old = &policy.Group{}
	}
	now, is := after.Group(id)
	if !is {
		return gone(was, old.Name)
	}
	return stays(was, now.Name, api.Changes{Name: turn(old.Name, now.Name)})
}

func project(before, after *policy.Data, id policy.ProjectID) (api.Event, bool) {
	old, was := before.Project(id)
	if !was {
		old = &policy.Project{}
	}
	now, is := after.Project(id)
	if !is {
		return gone(was, old.Name)
	}
	return stays(was, now.Name, api.Changes{
		Name:   turn(old.Name, now.Name),
		Groups: membership(old.Groups, now.Groups, words{before, after}.group),
	})
}

// gone returns the event about what is not there, if it was.
func gone(was bool, name string) (api.Event, bool) {
	return api.Event{Action: api.EventRemoved, Name: name}, was
}

// stays returns the event about what is there.
func stays(was bool, name string, c api.Changes) (api.Event, bool) {
	return api.Event{Action: action(was), Name: name, Changes: c}, !was || changed(c)
}

func action(was bool) api.EventAction {
	if was {
		return api.EventChanged
	}
	return api.EventAdded
}

func turn[T comparable](from, to T) *api.Turn[T] {
	if from == to {
		return nil
	}
	return &api.Turn[T]{From: from, To: to}
}

func period(from, to policy.Scope) *api.Turn[api.Period] {
	if sameTime(from.From, to.From) && sameTime(from.Until, to.Until) {
		return nil
	}
	return &api.Turn[api.Period]{
		From: api.Period{From: from.From, Until: from.Until},
		To:   api.Period{From: to.From, Until: to.Until},
	}
}

func sameTime(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

func sameTrail(a, b policy.Trail) bool {
	return a.Created.Equal(b.Created) && a.Changed.Equal(b.Changed) && a.ChangedBy == b.ChangedBy
}

// membership returns what was gained and lost between two lists of ids.
func membership[T ~string](from, to []T, word func(T) string) api.Membership {
	if slices.Equal(from, to) {
		return api.Membership{}
	}
	return api.Membership{Gained: missing(from, to, word), Lost: missing(to, from, word)}
}

// missing returns those of all that are not in some.
func missing[T ~string](some, all []T, word func(T) string) []api.Ref {
	has := make(map[T]bool, len(some))
	for _, id := range some {
		has[id] = true
	}
	var refs []api.Ref
	for _, id := range all {
		if !has[id] {
			refs = append(refs, api.Ref{ID: string(id), Name: word(id)})
		}
	}
	return refs
}

func changed(c api.Changes) bool {
	return c.Name != nil || c.Email != nil || c.Status != nil || c.Screencasts != nil || c.Period != nil ||
		c.Groups.Gained != nil || c.Groups.Lost != nil || c.Projects.Gained != nil || c.Projects.Lost != nil
}

// words finds the names of groups and projects: what they are called now, else
// what they were called.
type words struct{ before, after *policy.Data }

func (w words) group(id policy.GroupID) string {
	for _, d := range []*policy.Data{w.after, w.before} {
		if g, ok := d.Group(id); ok {
			return g.Name
		}
	}
	return ""
}

func (w words) project(id policy.ProjectID) string {
	for _, d := range []*policy.Data{w.after, w.before} {
		if p, ok := d.Project(id); ok {
			return p.Name
		}
	}
	return ""
}
