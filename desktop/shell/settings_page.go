package shell

import (
	"context"
	"fmt"
	"path/filepath"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/screens/settings"
	"sightline.example/desktop/widgets/look"
)

// pageSettings is the id of the page with the settings.
const pageSettings = "settings"

// openSettings shows the settings over what is shown now.
func (s *Shell) openSettings() {
	if top := s.pages.top(); top == nil || top.ID != pageSettings {
		s.pages.push(s.settingsPage())
	}
}

func (s *Shell) settingsPage() *Page {
	rules := ""
	screen := settings.New(settings.Config{
		Values: s.values, Folders: s.folders(), Versions: func() []settings.Fact { return s.versions(rules) },
		OnTheme: s.setTheme, OnScale: func(percent int) { s.setScale(float32(percent) / 100) }, OnLanguage: s.setLanguage,
		OnReset: s.resetLayout, OnCopy: s.copy,
	})
	open, on, c := true, s.scope, s.session.Client
	on.Go(func(ctx context.Context) {
		now, err := c.Sidecar(ctx)
		on.Main(func() {
			if err == nil && open {
				rules = now.Rules
				screen.Refresh()
			}
		})
	})
	stop := s.store.Watch(screen.Refresh)
	return &Page{
		ID: pageSettings, Title: lang.L("Settings"), Content: screen.Content, Focus: screen.Focus, Look: screen.Refresh,
		Close: func() {
			open = false
			stop()
		},
	}
}

// values returns what is chosen now.
func (s *Shell) values() settings.Values {
	now := s.cfg.Settings
	v := settings.Values{Theme: look.System, Scale: now.percent(), Language: now.Language}
	if now.Theme == look.Light || now.Theme == look.Dark {
		v.Theme = now.Theme
	}
	return v
}

// folders returns where something is kept, without what is not.
func (s *Shell) folders() (all []settings.Fact) {
	if path := s.cfg.Settings.path; path != "" {
		all = append(all, settings.Fact{Name: lang.L("Connections and settings"), Text: filepath.Dir(path)})
	}
	if s.cfg.Drafts != "" {
		all = append(all, settings.Fact{Name: lang.L("Changes that are not saved yet"), Text: s.cfg.Drafts})
	}
	return all
}

// versions returns the versions of the app, of the rules, and of the data.
func (s *Shell) versions(rules string) []settings.Fact {
	if rules == "" {
		rules = lang.L("Not known")
	}
	return []settings.Fact{
		{Name: lang.L("The app"), Text: s.version()},
		{Name: lang.L("Rules of the sidecar"), Text: rules},
		{Name: lang.L("Revision of the data"), Text: fmt.Sprint(s.store.Data().Revision)},
	}
}

func (s *Shell) setTheme(v look.Variant) {
	s.cfg.Settings.Theme = v
	s.cfg.App.Settings().SetTheme(look.New(v))
	s.chosen()
}

// setScale makes everything larger or smaller.
func (s *Shell) setScale(scale float32) {
	s.cfg.Settings.Scale = bounded(scale)
	s.chosen()
	s.toast(look.Info, lang.L("Everything is shown at {{.Percent}} % from the next start on.", lang.Data{"Percent": s.cfg.Settings.percent()}))
}

func (s *Shell) setLanguage(l lang.Language) {
	s.cfg.Settings.Language = l
	s.chosen()
}

// chosen keeps what was chosen, and shows it where it is shown.
func (s *Shell) chosen() {
	s.Save()
	if top := s.pages.top(); top != nil && top.Look != nil {
		top.Look()
	}
}

// resetLayout gives window and lists the layout they had at first.
func (s *Shell) resetLayout() {
	now := s.cfg.Settings
	now.Lists, now.Filter, now.Window = nil, model.Filter{}, WindowSize{}
	for _, p := range s.pages.pages {
		if p.Reset != nil {
			p.Reset()
		}
	}
	s.window.Resize(now.Window.size())
	s.Save()
	s.toast(look.Info, lang.L("The layout is what it was at first."))
}
