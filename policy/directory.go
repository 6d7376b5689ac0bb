package policy

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of one entity. A stored value is at most 256 KiB; these keep the
// largest entity well below it.
const (
	MaxName        = 200   // bytes of a name
	MaxMemberships = 1_000 // groups, and projects, of one employee; groups of one project
)

// Employee is somebody whose work is tracked. An employee carries its own
// memberships, so that deleting a group or a project is one change, whatever
// its size: a membership of something that does not exist counts for nothing.
type Employee struct {
	ID       EmployeeID  `json:"id"`
	Name     string      `json:"name"`
	Groups   []GroupID   `json:"groups,omitempty"`
	Projects []ProjectID `json:"projects,omitempty"`
}

// Group is a user group of employees.
type Group struct {
	ID   GroupID `json:"id"`
	Name string  `json:"name"`
}

// Project is what employees work on. Groups are the groups it belongs to.
type Project struct {
	ID     ProjectID `json:"id"`
	Name   string    `json:"name"`
	Groups []GroupID `json:"groups,omitempty"`
}

// Directory is everything a company's tracker knows about who works on what.
type Directory struct {
	Employees []Employee `json:"employees"`
	Groups    []Group    `json:"groups"`
	Projects  []Project  `json:"projects"`
}

// Check reports the first thing wrong with e, as an [Invalid] [Error].
func (e *Employee) Check() error {
	return firstError(
		CheckID("id", string(e.ID)),
		CheckName("name", e.Name),
		checkRefs("groups", e.Groups, MaxMemberships),
		checkRefs("projects", e.Projects, MaxMemberships),
	)
}

// Check reports the first thing wrong with g, as an [Invalid] [Error].
func (g *Group) Check() error {
	return firstError(CheckID("id", string(g.ID)), CheckName("name", g.Name))
}

// Check reports the first thing wrong with p, as an [Invalid] [Error].
func (p *Project) Check() error {
	return firstError(
		CheckID("id", string(p.ID)),
		CheckName("name", p.Name),
		checkRefs("groups", p.Groups, MaxMemberships),
	)
}

// CheckName reports whether name can be something's or somebody's. The error is
// an [Invalid] one about field.
func CheckName(field, name string) error {
	switch {
	case name == "":
		return FieldErrorf(field, "must not be empty")
	case len(name) > MaxName:
		return FieldErrorf(field, "is %d bytes long; the limit is %d", len(name), MaxName)
	case !utf8.ValidString(name):
		return FieldErrorf(field, "is not valid UTF-8")
	case strings.ContainsFunc(name, unicode.IsControl):
		return FieldErrorf(field, "has a control character, such as a line break")
	}
	return nil
}

// checkRefs checks a list of ids: each well formed, none twice, not too many.
func checkRefs[T ~string](field string, ids []T, limit int) error {
	if len(ids) > limit {
		return FieldErrorf(field, "has %d ids; the limit is %d", len(ids), limit)
	}
	seen := make(map[T]bool, len(ids))
	for i, id := range ids {
		at := fmt.Sprintf("%s[%d]", field, i)
		if err := CheckID(at, string(id)); err != nil {
			return err
		}
		if seen[id] {
			return FieldErrorf(at, "repeats %q", id)
		}
		seen[id] = true
	}
	return nil
}

func firstError(errs ...error) error {
	i := slices.IndexFunc(errs, func(err error) bool { return err != nil })
	if i < 0 {
		return nil
	}
	return errs[i]
}
