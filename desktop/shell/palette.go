package shell

import (
	"context"
	"strings"

	"sightline.example/desktop/async"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/search"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/palette"
	"sightline.example/policy"
)

// mostFound is how many of a kind the palette shows; more are for the lists.
const mostFound = 20

// showPalette shows everything that can be done or gone to, and after that what can't
// be done now: who looks for it learns that it is there.
func (s *Shell) showPalette() {
	byID := map[string]func(){}
	var items, later []palette.Item
	for _, c := range s.nearest() {
		if _, nearer := byID[c.ID]; nearer {
			continue
		}
		item := palette.Item{ID: c.ID, Title: strings.TrimSuffix(c.Title, "…"), Detail: c.keys()}
		byID[c.ID] = c.Run
		switch {
		case !c.enabled():
			item.Detail = lang.L("Not now")
			byID[c.ID] = func() {
				s.toast(look.Info, lang.L("This can't be done now: {{.Command}}.", lang.Data{"Command": item.Title}))
			}
			later = append(later, item)
		case c.ID == commandPalette: // shown already
			later = append(later, item)
		default:
			items = append(items, item)
		}
	}
	items = append(items, later...)
	shown := palette.Show(s.window.Canvas(), items, func(id string) { byID[id]() })
	if s.store != nil {
		s.findFor(shown, byID)
	}
}

// asked is what is searched for, and where.
type asked struct {
	data  *model.Data
	typed string
}

// findFor has the palette show the clients, groups, projects and employees that have
// what is typed.
func (s *Shell) findFor(shown *palette.Palette, byID map[string]func()) {
	s.search(shown, search.Find, func(found []search.Found) []palette.Item {
		items := make([]palette.Item, len(found))
		for i, f := range found {
			items[i] = s.foundItem(f)
			byID[items[i].ID] = func() { s.openFound(f) }
		}
		return items
	})
}

// search has a palette show what a search in the background finds for what is typed.
func (s *Shell) search(shown *palette.Palette, find func(d *model.Data, typed string, most int) []search.Found, items func([]search.Found) []palette.Item) {
	store := s.store
	latest := async.Latest[asked, []search.Found]{
		On:      s.scope,
		Work:    func(_ context.Context, a asked) ([]search.Found, error) { return find(a.data, a.typed, mostFound), nil },
		Install: func(found []search.Found, _ error) { shown.SetFound(items(found)) },
	}
	shown.OnTyped = func(text string) { latest.Set(asked{store.Data(), text}) }
}

func (s *Shell) foundItem(f search.Found) palette.Item {
	item := palette.Item{ID: "found " + f.Kind + " " + f.ID, Title: f.Name, Detail: f.Address}
	if f.Kind != policy.TypeClient {
		item.Detail = lang.Type(f.Kind)
	}
	return item
}

func (s *Shell) openFound(f search.Found) {
	if f.Kind == policy.TypeClient {
		s.openClient(f.ID)
	} else {
		s.openThing(f.Kind, f.ID)
	}
}
