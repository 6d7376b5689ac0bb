package shell

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/look"
)

// showHelp shows all commands as the menus have them, and their shortcuts.
func (s *Shell) showHelp() {
	lines := container.NewVBox()
	add := func(what, keys string) { lines.Add(look.Ends(look.Line(what), look.Short(keys))) }
	for _, menu := range byMenu(s.commands()) {
		lines.Add(look.Strong(menu.title))
		for _, c := range menu.commands {
			add(c.Title, c.keys())
		}
	}
	lines.Add(look.Strong(lang.L("Lists")))
	add(lang.L("Move, open, tick"), "↑ ↓  Enter  "+lang.L("Space"))
	add(lang.L("Tick a range, tick all"), lang.L("Shift")+"+↑ ↓  "+lang.L("Ctrl")+"+A")
	add(lang.L("In the titles of lists: sort, wider, narrower, as at first"), "Enter  +  −  0")
	scroll := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, 2*look.Gap), lines)) // beside its bar
	scroll.SetMinSize(fyne.NewSize(0, 380))
	dialog.Show(s.window.Canvas(), dialog.Config{
		Title: lang.L("Keyboard shortcuts"), Content: scroll, Width: 520,
		Confirm: lang.L("Find a command"), Cancel: lang.L("Close"), OnConfirm: s.showPalette,
	})
}

// showAbout shows what this is, for whoever has to tell somebody.
func (s *Shell) showAbout() {
	text := "Sightline, " + s.version() + "\n" + runtime.GOOS + "/" + runtime.GOARCH + ", " + runtime.Version()
	if s.session != nil {
		text += "\n" + s.whereText()
	}
	dialog.Show(s.window.Canvas(), dialog.Config{
		Title: lang.L("About Sightline"), Text: text, Confirm: lang.L("Copy"), Cancel: lang.L("Close"),
		OnConfirm: func() { s.copy(text) },
	})
}

// version returns that of the app.
func (s *Shell) version() string {
	if s.cfg.Version == "" {
		return lang.L("built from source")
	}
	return s.cfg.Version
}

// copy puts a text on the clipboard, and says so.
func (s *Shell) copy(text string) {
	s.cfg.App.Clipboard().SetContent(text)
	s.toast(look.Info, lang.L("Copied."))
}
