package roster

import (
	"slices"
	"strings"

	"sightline.example/policy"
)

// What stands before a text in the tree of terms that is no word.
const (
	atDomain = "@" // the domain of the address
	reversed = "<" // the local part of the address, backwards
)

// terms returns what a row is found by: the words of the name and the address,
// the domain with an @ before it, and the local part backwards, so that both ends
// of the @ can be looked up.
func (r *row) terms() []string {
	if r.broken {
		return nil
	}
	terms := slices.AppendSeq(slices.Collect(words(r.name)), words(r.email))
	local, domain := address(r.email)
	terms = append(terms, atDomain+domain, reversed+backwards(local))
	slices.Sort(terms)
	return slices.Compact(terms)
}

// address takes an address, or a part of one, apart at the @.
func address(email string) (local, domain string) {
	local, domain, _ = strings.Cut(email, "@")
	return local, domain
}

func backwards(ascii string) string {
	b := []byte(ascii)
	slices.Reverse(b)
	return string(b)
}

func (r *row) groups() []policy.GroupID {
	if r == nil || r.broken {
		return nil
	}
	return r.client.Scope.Groups
}

func (r *row) projects() []policy.ProjectID {
	if r == nil || r.broken {
		return nil
	}
	return r.client.Scope.Projects
}

func (x *index) exchangeEntries(old, next *row) {
	if old != nil {
		removeEntries(x.terms, old, old.terms())
		removeEntries(x.groups, old, old.groups())
		removeEntries(x.projects, old, old.projects())
	}
	if next != nil {
		addEntries(x.terms, next, next.terms())
		addEntries(x.groups, next, next.groups())
		addEntries(x.projects, next, next.projects())
	}
	x.settleReferences(old)
	x.settleReferences(next)
}

func addEntries[T ~string](t tree[entry], r *row, texts []T) {
	for _, text := range texts {
		t.set.Set(entry{string(text), r})
	}
}

func removeEntries[T ~string](t tree[entry], r *row, texts []T) {
	for _, text := range texts {
		t.set.Delete(entry{string(text), r})
	}
}

func (x *index) settleReferences(r *row) {
	for _, g := range r.groups() {
		x.settleGroup(g)
	}
	for _, p := range r.projects() {
		x.settleProject(p)
	}
}

// settleGroup keeps account of whether a group is selected and does not exist.
func (x *index) settleGroup(id policy.GroupID) {
	_, alive := x.data.Group(id)
	note(x.dead.groups, id, !alive && mentions(x.groups, string(id)))
}

// settleProject is settleGroup for projects.
func (x *index) settleProject(id policy.ProjectID) {
	_, alive := x.data.Project(id)
	note(x.dead.projects, id, !alive && mentions(x.projects, string(id)))
}

func note[T any](t tree[T], v T, in bool) {
	if in {
		t.set.Set(v)
	} else {
		t.set.Delete(v)
	}
}

// mentions reports whether there is an entry of the text.
func mentions(t tree[entry], text string) bool {
	for e := range t.from(entry{text, start()}) {
		return e.text == text
	}
	return false
}

// deadOf returns how many groups and projects the row's scope selects that do not exist.
func (x *index) deadOf(r *row) int {
	n := 0
	if x.dead.groups.set.Len() > 0 {
		for _, g := range r.groups() {
			if _, alive := x.data.Group(g); !alive {
				n++
			}
		}
	}
	if x.dead.projects.set.Len() > 0 {
		for _, p := range r.projects() {
			if _, alive := x.data.Project(p); !alive {
				n++
			}
		}
	}
	return n
}
