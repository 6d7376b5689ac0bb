//go:build probe

package probe

import "fyne.io/fyne/v2"

// Menu is one of the window's menus.
type Menu struct {
	Title string    `json:"title"`
	Items []Command `json:"items"`
}

// Command is what can be chosen from a menu.
type Command struct {
	Title    string `json:"title"`
	Disabled bool   `json:"disabled,omitempty"`
}

// menus returns those of a window, without what only parts their commands. It is for
// the UI goroutine.
func menus(w fyne.Window) []Menu {
	all := []Menu{}
	if w.MainMenu() == nil {
		return all
	}
	for _, m := range w.MainMenu().Items {
		menu := Menu{Title: m.Label}
		for _, item := range m.Items {
			if !item.IsSeparator {
				menu.Items = append(menu.Items, Command{Title: item.Label, Disabled: item.Disabled})
			}
		}
		all = append(all, menu)
	}
	return all
}
