// Package search finds clients, groups, projects and employees by what one types of
// their names, among all there are.
package search

import (
	"cmp"
	"slices"
	"strings"

	"sightline.example/desktop/model"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/model/names"
	"sightline.example/policy"
)

// Found is something that was found.
type Found struct {
	Kind     directory.Kind // or policy.TypeClient
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
	found = clients(d, words, typed, most)
	for _, kind := range []directory.Kind{policy.TypeGroup, policy.TypeProject, policy.TypeEmployee} {
		few := &few{most: most}
		for _, t := range directory.Things(d, kind) {
			if text := names.TextOf(t.Name, ""); words.Find(&text) {
				few.add(Found{Kind: kind, ID: t.ID, Name: t.Name}, text.Begins(typed))
			}
		}
		found = append(found, few.all()...)
	}
	return found
}

// Clients returns which clients have all the words that were typed, as Find does;
// without words it returns the first by name.
func Clients(d *model.Data, typed string, most int) []Found {
	if words := names.TermsOf(typed); len(words) > 0 {
		return clients(d, words, typed, most)
	}
	var found []Found
	for _, c := range first(d.Clients.All(), most) {
		found = append(found, foundClient(c))
	}
	return found
}

func clients(d *model.Data, words names.Terms, typed string, most int) []Found {
	few := &few{most: most}
	for _, c := range d.Clients.All() {
		if c.Has(words) {
			few.add(foundClient(c), c.Begins(typed))
		}
	}
	return few.all()
}

func foundClient(c *model.Client) Found {
	return Found{Kind: policy.TypeClient, ID: string(c.ID), Name: c.Name, Address: c.Email}
}

// first returns the first clients by name. There may be too many to sort them all.
func first(all []*model.Client, most int) (best []*model.Client) {
	byName := func(a, b *model.Client) int {
		return cmp.Or(strings.Compare(a.NameKey(), b.NameKey()), cmp.Compare(a.ID, b.ID))
	}
	for _, c := range all {
		if len(best) == most && (most == 0 || byName(c, best[most-1]) >= 0) {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, c, byName)
		best = slices.Insert(best, at, c)
		best = best[:min(len(best), most)]
	}
	return best
}

// few keeps the best of what is found.
type few struct {
	most          int
	begin, others []Found // their names with what was typed, or not
}

// add keeps one whose name begins with what was typed, or another.
func (f *few) add(one Found, begins bool) {
	switch {
	case begins:
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
