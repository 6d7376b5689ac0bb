package shell

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sightline.example/desktop/lang"
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

// nearest returns all commands, those of the page on top first. Of those of one id
// the first counts.
func (s *Shell) nearest() (all []Command) {
	if top := s.pages.top(); top != nil {
		all = append(all, top.Commands...)
	}
	if s.frame != nil {
		all = append(all, s.sectionCommands()...)
		all = append(all, s.elsewhere()...)
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
	for _, m := range byMenu(all) {
		menu := fyne.NewMenu(m.title)
		for _, c := range m.commands {
			menu.Items = append(menu.Items, s.menuItem(c))
		}
		main.Items = append(main.Items, menu)
	}
	s.window.SetMainMenu(main)
}

// menu is the commands that stand in one.
type menu struct {
	title    string
	commands []Command
}

// byMenu returns the menus that have a command.
func byMenu(all []Command) (full []menu) {
	for _, title := range menus() {
		m := menu{title: title}
		for _, c := range all {
			if c.Menu == title {
				m.commands = append(m.commands, c)
			}
		}
		if len(m.commands) > 0 {
			full = append(full, m)
		}
	}
	return full
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
