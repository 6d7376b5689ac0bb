package shell

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/widgets/palette"
	"sightline.example/policy"
)

// Command is something an admin can do from anywhere. One table of them feeds
// the menu, the palette and the help.
type Command struct {
	ID    string
	Title string // what the palette and the menu call it
	Menu  string // the menu it stands in; empty for the palette only
	// Key and Mod are its shortcut; an empty Key is none.
	Key fyne.KeyName
	Mod fyne.KeyModifier
	// Enabled says whether it can be done now; nil is always.
	Enabled func() bool
	Run     func()
}

// ctrl and shift are what most shortcuts are held with.
const (
	ctrl  = fyne.KeyModifierShortcutDefault
	shift = fyne.KeyModifierShift
)

func (c *Command) enabled() bool { return c.Enabled == nil || c.Enabled() }

// keys returns the shortcut as one reads it, such as "Ctrl+K".
func (c *Command) keys() string {
	if c.Key == "" {
		return ""
	}
	keys := ""
	if c.Mod&ctrl != 0 {
		keys = lang.L("Ctrl") + "+"
	}
	if c.Mod&shift != 0 {
		keys += lang.L("Shift") + "+"
	}
	if c.Mod&fyne.KeyModifierAlt != 0 {
		keys += "Alt+"
	}
	return keys + keyText(c.Key)
}

// keyText returns what stands on a key.
func keyText(key fyne.KeyName) string {
	switch key {
	case fyne.KeyLeft:
		return "←"
	case fyne.KeyRight:
		return "→"
	}
	return string(key)
}

// commands returns all there are now: the app's, and those of the page on top.
func (s *Shell) commands() []Command {
	all := s.appCommands()
	if s.frame != nil {
		all = append(all, s.sectionCommands()...)
	}
	if top := s.pages.top(); top != nil {
		all = append(all, top.Commands...)
	}
	return all
}

// nearest returns all commands, those of the page on top first.
func (s *Shell) nearest() (all []Command) {
	if top := s.pages.top(); top != nil {
		all = append(all, top.Commands...)
	}
	if s.frame != nil {
		all = append(all, s.sectionCommands()...)
	}
	return append(all, s.appCommands()...)
}

// run does what a command is for, unless something else has to be answered first
// or it can't be done now. Shortcuts of menus come through in both cases.
func (s *Shell) run(c Command) {
	if s.covered() || !c.enabled() {
		return
	}
	c.Run()
}

// typed runs the command of a key without a modifier: Fyne's menus know none of
// those. Escape goes back.
func (s *Shell) typed(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyEscape && !s.covered() {
		s.pages.back()
		return
	}
	for _, c := range s.commands() {
		if c.Key == key.Name && c.Mod == 0 {
			s.run(c)
		}
	}
}

// menus returns the menus in their order.
func menus() []string {
	return []string{lang.L("File"), lang.L("Edit"), lang.L("View"), lang.L("Clients"), lang.L("Go"), lang.L("Help")}
}

// refreshCommands makes the menu anew if other commands can be done than it shows.
func (s *Shell) refreshCommands() {
	if menuState(s.commands()) != s.menu {
		s.refreshMenu()
	}
}

// menuState says which commands there are, and which of them can be done.
func menuState(all []Command) string {
	var state strings.Builder
	for _, c := range all {
		fmt.Fprintf(&state, "%s %t\n", c.ID, c.enabled())
	}
	return state.String()
}

// refreshMenu makes the window's menu of the commands there are now.
func (s *Shell) refreshMenu() {
	all := s.commands()
	s.menu = menuState(all)
	main := &fyne.MainMenu{}
	for _, title := range menus() {
		menu := fyne.NewMenu(title)
		for _, c := range all {
			if c.Menu == title {
				menu.Items = append(menu.Items, s.menuItem(c))
			}
		}
		if len(menu.Items) > 0 {
			main.Items = append(main.Items, menu)
		}
	}
	s.window.SetMainMenu(main)
}

func (s *Shell) menuItem(c Command) *fyne.MenuItem {
	item := fyne.NewMenuItem(c.Title, func() { s.run(c) })
	item.IsQuit = c.ID == commandQuit
	item.Disabled = !c.enabled()
	switch {
	case c.Key == fyne.KeyZ && c.Mod == ctrl: // Fyne has a shortcut of its own for these keys
		item.Shortcut = &fyne.ShortcutUndo{}
		item.Action = func() { s.undoTyping(c) }
	case c.Key != "":
		item.Shortcut = &desktop.CustomShortcut{KeyName: c.Key, Modifier: c.Mod}
	}
	return item
}

// undoTyping lets a text field that has the keyboard undo what was typed in it, and
// runs the command otherwise.
func (s *Shell) undoTyping(c Command) {
	if field, typing := s.window.Canvas().Focused().(fyne.Shortcutable); typing {
		field.TypedShortcut(&fyne.ShortcutUndo{})
		return
	}
	s.run(c)
}

// showPalette shows everything that can be done or gone to.
func (s *Shell) showPalette() {
	byID := map[string]func(){}
	var items []palette.Item
	for _, c := range s.nearest() {
		if c.enabled() && c.ID != commandPalette {
			byID[c.ID] = c.Run
			items = append(items, palette.Item{ID: c.ID, Title: strings.TrimSuffix(c.Title, "…"), Detail: c.keys()})
		}
	}
	if s.store != nil {
		items = append(items, s.clientItems(byID)...)
		items = append(items, s.directoryItems(byID)...)
	}
	palette.Show(s.window.Canvas(), items, func(id string) { byID[id]() })
}

// manyItems is how many clients the palette finds; more are for the list.
const manyItems = 5_000

// clientItems returns the clients as things to go to.
func (s *Shell) clientItems(byID map[string]func()) []palette.Item {
	all := s.store.Data().Clients.All()
	items := make([]palette.Item, 0, min(len(all), manyItems))
	for _, c := range all[:min(len(all), manyItems)] {
		id := "client " + string(c.ID)
		byID[id] = func() { s.openClient(string(c.ID)) }
		items = append(items, palette.Item{ID: id, Title: c.Name, Detail: lang.L("Client")})
	}
	return items
}

// directoryItems returns the groups and projects as things to go to. Employees may
// be very many: they have a list to be searched.
func (s *Shell) directoryItems(byID map[string]func()) (items []palette.Item) {
	for _, kind := range []directory.Kind{policy.TypeGroup, policy.TypeProject} {
		all := directory.Things(s.store.Data(), kind)
		for _, t := range all[:min(len(all), manyItems)] {
			id := "open " + kind + " " + t.ID
			byID[id] = func() { s.openThing(kind, t.ID) }
			items = append(items, palette.Item{ID: id, Title: t.Name, Detail: lang.Type(kind)})
		}
	}
	return items
}

// withShortcuts returns the commands that have one, in the order of the menus.
func (s *Shell) withShortcuts() []Command {
	all := slices.DeleteFunc(s.commands(), func(c Command) bool { return c.Key == "" })
	slices.SortStableFunc(all, func(a, b Command) int { return slices.Index(menus(), a.Menu) - slices.Index(menus(), b.Menu) })
	return all
}
