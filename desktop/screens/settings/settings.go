// Package settings is the screen on which an admin says how the app looks and in
// which language it is, and finds what it keeps and of which versions it is.
package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/look"
)

// Values are what can be chosen.
type Values struct {
	Theme    look.Variant
	Scale    int // in percent
	Language lang.Language
}

// Fact is something to be known of the app, with its name.
type Fact struct{ Name, Text string }

// Config says what the screen shows, and whom it tells what is wanted. Everything
// is required.
type Config struct {
	// Values returns what is chosen now.
	Values func() Values
	// Folders are where something is kept.
	Folders []Fact
	// Versions returns of which versions things are, as far as it is known now.
	Versions func() []Fact

	OnTheme    func(look.Variant)
	OnScale    func(percent int)
	OnLanguage func(lang.Language)
	OnReset    func() // of the layout
	OnCopy     func(text string)
}

// Screen shows the settings. It belongs to the UI goroutine.
type Screen struct {
	Content fyne.CanvasObject

	cfg      Config
	theme    *choice[look.Variant]
	scale    *choice[int]
	language *choice[lang.Language]
	versions *fyne.Container
	shown    []Fact // of the versions
}

// New returns the screen.
func New(cfg Config) *Screen {
	s := &Screen{cfg: cfg, versions: look.Column(6)}
	s.theme = newChoice(themes(), themeText, cfg.OnTheme)
	s.scale = newChoice(scales(cfg.Values().Scale), scaleText, cfg.OnScale)
	s.language = newChoice(lang.Languages(), lang.Language.Name, cfg.OnLanguage)
	s.Content = s.build()
	s.Refresh()
	return s
}

// Focus gives the keyboard to the first setting.
func (s *Screen) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.theme.field); c != nil {
		c.Focus(s.theme.field)
	}
}

// build lays the screen out, in the order of the Tab key.
func (s *Screen) build() fyne.CanvasObject {
	later := lang.L("Takes effect when the app is started the next time.")
	reset := control.NewButton(lang.L("Reset layout"), s.cfg.OnReset)
	kept := look.Column(6)
	s.addFacts(kept, s.cfg.Folders)
	body := look.Column(18,
		look.Head(look.Heading(lang.L("Settings"))),
		part(lang.L("Appearance"),
			form.NewRow(lang.L("Theme"), s.theme.field, ""),
			form.NewRow(lang.L("Size of everything"), s.scale.field, later),
			form.NewRow(lang.L("Language"), s.language.field, later)),
		part(lang.L("Layout"),
			look.Flush(look.Paragraph(lang.L("The size of the window, the widths of columns, and how the list of clients is sorted and filtered stay as you leave them."))),
			look.Row(reset)),
		part(lang.L("Where things are kept"), kept),
		part(lang.L("Versions"), s.versions),
	)
	return container.NewVScroll(look.Pad(16, container.New(&column{}, body)))
}

func part(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	card := look.NewCard(look.Pad(14, look.Column(12, rows...)))
	return look.Column(8, look.Flush(look.Strong(title)), card)
}

// Refresh shows what is chosen and known now.
func (s *Screen) Refresh() {
	v := s.cfg.Values()
	s.scale.offer(scales(v.Scale))
	s.theme.show(v.Theme)
	s.scale.show(v.Scale)
	s.language.show(v.Language)
	s.showVersions()
}
