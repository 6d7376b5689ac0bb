package shell

import (
	"slices"

	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/model/review"
	"sightline.example/desktop/model/search"
	"sightline.example/desktop/widgets/palette"
)

// chooseOf lets the admin choose an employee, a project or a group by name.
func (s *Shell) chooseOf(kind string, chosen func(review.Thing)) {
	things := s.things(kind)
	items := make([]palette.Item, len(things))
	for i, t := range things {
		items[i] = palette.Item{ID: t.ID, Title: t.Name}
	}
	palette.ShowNames(s.window.Canvas(), items, func(id string) {
		i := slices.IndexFunc(things, func(t review.Thing) bool { return t.ID == id })
		chosen(things[i])
	})
}

// things returns all there are of a kind, by name.
func (s *Shell) things(kind directory.Kind) []review.Thing {
	var all []review.Thing
	for _, t := range directory.ByName(directory.Things(s.store.Data(), kind)) {
		all = append(all, review.Thing{Kind: kind, ID: t.ID, Name: t.Name})
	}
	return all
}

// chooseClient lets the admin choose a client by name or address. There may be too
// many to list them all: more than the first are found by typing.
func (s *Shell) chooseClient(chosen func(id string)) {
	first := search.Clients(s.store.Data(), "", mostFound)
	s.search(palette.ShowNames(s.window.Canvas(), clientItems(first), chosen), search.Clients, clientItems)
}

func clientItems(found []search.Found) []palette.Item {
	items := make([]palette.Item, len(found))
	for i, f := range found {
		items[i] = palette.Item{ID: f.ID, Title: f.Name, Detail: f.Address}
	}
	return items
}
