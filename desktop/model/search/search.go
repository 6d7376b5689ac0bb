// Package search finds clients, groups, projects and employees by what one types of
// their names, among all there are.
package search

import (
	"strings"

	"sightline.example/desktop/model"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/model/names"
	"sightline.example/policy"
)

// Client is the Kind of a client; others are those of the directory.
const Client directory.Kind = string(policy.SubjectClient)

// Found is something that was found.
type Found struct {
	Kind     directory.Kind
	ID, Name string
	Address  string // of a client
}

// Find returns what of everything in d has all the words that were typed, as lists
// find them: most at most of a kind, those first whose names begin with what was
// typed. Without words it finds nothing.
func Find(d *model.Data, typed string, most int) (found []Found) {
	words := names.TermsOf(typed)
	if len(words) == 0 {
		return nil
	}
	few := newFew(typed, most)
	for _, c := range d.Clients.All() {
		if c.Has(words) {
			few.add(Found{Kind: Client, ID: string(c.ID), Name: c.Name, Address: c.Email})
		}
	}
	found = append(found, few.all()...)
	for _, kind := range []directory.Kind{policy.TypeGroup, policy.TypeProject, policy.TypeEmployee} {
		few := newFew(typed, most)
		for _, t := range directory.Things(d, kind) {
			if text := names.TextOf(t.Name, ""); words.Find(&text) {
				few.add(Found{Kind: kind, ID: t.ID, Name: t.Name})
			}
		}
		found = append(found, few.all()...)
	}
	return found
}

// few keeps the best of what is found.
type few struct {
	typed         string
	most          int
	begin, others []Found // their names with what was typed, or not
}

func newFew(typed string, most int) *few {
	return &few{typed: strings.ToLower(strings.TrimSpace(typed)), most: most}
}

func (f *few) add(one Found) {
	switch {
	case strings.HasPrefix(strings.ToLower(one.Name), f.typed):
		if len(f.begin) < f.most {
			f.begin = append(f.begin, one)
		}
	case len(f.others) < f.most:
		f.others = append(f.others, one)
	}
}

func (f *few) all() []Found {
	all := append(f.begin, f.others...)
	return all[:min(len(all), f.most)]
}
