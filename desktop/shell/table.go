package shell

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/look"
)

// Ids of commands that something else depends on.
const (
	commandQuit    = "quit"
	commandPalette = "palette"
)

// appCommands returns what can be done whatever page is shown.
func (s *Shell) appCommands() []Command {
	in := func() bool { return s.frame != nil }
	file, view, help := lang.L("File"), lang.L("View"), lang.L("Help")
	return []Command{
		{ID: commandPalette, Title: lang.L("Find a command…"), Menu: file, Key: fyne.KeyK, Mod: ctrl, Run: s.showPalette},
		{ID: "settings", Title: lang.L("Settings…"), Menu: file, Key: fyne.KeyComma, Mod: ctrl, Enabled: in, Run: s.openSettings},
		{ID: "switch", Title: lang.L("Another sidecar…"), Menu: file, Enabled: in, Run: s.switchSidecar},
		{ID: "sign-out", Title: lang.L("Sign out"), Menu: file, Enabled: in, Run: s.signOut},
		{ID: commandQuit, Title: lang.L("Quit"), Menu: file, Key: fyne.KeyQ, Mod: ctrl, Run: s.Quit},

		{ID: "refresh", Title: lang.L("Try to connect now"), Menu: view, Key: fyne.KeyF5, Enabled: s.cutOff, Run: func() { s.store.Retry() }},
		{ID: "theme-light", Title: lang.L("Light theme"), Menu: view, Run: func() { s.setTheme(look.Light) }},
		{ID: "theme-dark", Title: lang.L("Dark theme"), Menu: view, Run: func() { s.setTheme(look.Dark) }},
		{ID: "theme-system", Title: lang.L("Theme of the system"), Menu: view, Run: func() { s.setTheme(look.System) }},
		{ID: "larger", Title: lang.L("Larger"), Menu: view, Key: fyne.KeyEqual, Mod: ctrl, Run: func() { s.setScale(s.cfg.Settings.scale() + 0.1) }},
		{ID: "smaller", Title: lang.L("Smaller"), Menu: view, Key: fyne.KeyMinus, Mod: ctrl, Run: func() { s.setScale(s.cfg.Settings.scale() - 0.1) }},

		{ID: "back", Title: lang.L("Back"), Menu: lang.L("Go"), Key: fyne.KeyLeft, Mod: fyne.KeyModifierAlt, Enabled: s.pages.deep, Run: s.pages.back},

		{ID: "help", Title: lang.L("Keyboard shortcuts"), Menu: help, Key: fyne.KeyF1, Run: s.showHelp},
		{ID: "about", Title: lang.L("About Sightline"), Menu: help, Run: s.showAbout},
	}
}
