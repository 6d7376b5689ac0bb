// Package editor is the screen on which the scope of one client is edited.
package editor

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/editor"
	"sightline.example/desktop/screens/selection"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/desktop/widgets/tooltip"
)

// Config says what the screen shows, and whom it tells what is wanted. Everything
// is required but Now, OnDetails, InFront and OnHeld.
type Config struct {
	Model *editor.Editor
	Tips  *tooltip.Layer
	After func(time.Duration, func()) (stop func())
	Now   func() time.Time // nil means time.Now
	// OnClose is called when there is nothing to be edited any more.
	OnClose func()
	// OnDetails shows what else there is to know of the client. Nil where nothing
	// does.
	OnDetails func()
	// InFront reports whether the screen is what the admin looks at. Where it is not,
	// OnHeld is called in the place of a question about a save, which has to be begun
	// anew. Nil InFront is always.
	InFront func() bool
	OnHeld  func()
	// OnChange is called when commands can be done, or can't any more.
	OnChange func()
}

// Screen is the editor of a scope. It belongs to the UI goroutine.
type Screen struct {
	Content fyne.CanvasObject

	cfg        Config
	name       *widget.Label
	email      *widget.Label
	changes    *chip.Chip
	details    *control.Button
	undo, redo *control.Button
	save       *control.Button
	banner     *notice.Banner
	selection  *selection.Selection
	merge      *merge
	body       *fyne.Container // what is edited, or the conflict
	parts      fyne.CanvasObject
	frame      *fyne.Container
}

// New returns the screen.
func New(cfg Config) *Screen {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	m := cfg.Model
	s := &Screen{
		cfg: cfg, name: look.Heading(""), email: look.Caption(""), changes: chip.New("", look.Warning),
		banner: notice.NewBanner(cfg.After), selection: selection.New(m.Sketch), merge: newMerge(m, cfg.Tips),
	}
	s.details = control.NewIcon(theme.InfoIcon(), lang.L("Details of the client"), cfg.Tips, cfg.OnDetails)
	s.details.Hidden = cfg.OnDetails == nil
	s.undo = control.NewIcon(theme.ContentUndoIcon(), lang.L("Undo"), cfg.Tips, m.Sketch.Undo)
	s.redo = control.NewIcon(theme.ContentRedoIcon(), lang.L("Redo"), cfg.Tips, m.Sketch.Redo)
	s.save = control.NewPrimary(lang.L("Save"), m.Save)
	s.Content = s.build()
	m.OnChange, m.OnAsk = s.Refresh, s.ask
	s.fill()
	return s
}

// Focus gives the keyboard to the groups.
func (s *Screen) Focus() { s.selection.Focus() }

// Dirty says what would be lost if the screen were closed; it is empty if nothing
// would.
func (s *Screen) Dirty() string {
	m := s.cfg.Model
	if !m.Dirty() {
		return ""
	}
	return lang.L("The scope of {{.Name}} is not saved: {{.Changes}}.", lang.Data{"Name": m.Client().Name, "Changes": s.summary()})
}

// summary says in short what the draft changes.
func (s *Screen) summary() string {
	if text := lang.Changes(s.cfg.Model.Sketch.Diff()); text != "" {
		return text
	}
	return lang.L("period")
}

// build lays the screen out, in the order of the Tab key.
func (s *Screen) build() fyne.CanvasObject {
	actions := container.NewCenter(container.New(layout.NewCustomPaddedHBoxLayout(look.Gap), container.NewCenter(s.changes), s.details, s.undo, s.redo, s.save))
	title := look.Column(2, look.Flush(s.name), look.Flush(s.email))
	head := container.New(layout.NewBorderLayout(nil, nil, nil, actions), title, actions)
	s.parts = s.editing()
	s.body = container.NewStack(s.parts, s.merge.content)
	top := container.New(layout.NewCustomPaddedLayout(0, 12, 0, 0), look.Column(12, head, s.banner))
	s.frame = container.New(layout.NewBorderLayout(top, nil, nil, nil), top, s.body)
	return look.Pad(16, s.frame)
}

func (s *Screen) editing() fyne.CanvasObject {
	left := container.New(layout.NewBorderLayout(s.selection.Switches, nil, nil, nil),
		s.selection.Switches, container.New(layout.NewCustomPaddedLayout(12, 0, 0, 0), s.selection.Lists))
	return container.New(look.Columns{}, left, s.selection.Preview)
}

// Refresh shows the model as it is now.
func (s *Screen) Refresh() {
	s.fill()
	s.frame.Refresh()
	s.cfg.OnChange()
}

// fill puts what the model has into the parts of the screen.
func (s *Screen) fill() {
	m := s.cfg.Model
	c := m.Client()
	s.name.SetText(c.Name)
	s.email.SetText(strings.Join([]string{c.Email, lang.Standing(c.Standing(s.cfg.Now()))}, " · "))
	s.showChanges()
	look.Enable(s.undo, m.Sketch.CanUndo())
	look.Enable(s.redo, m.Sketch.CanRedo())
	look.Enable(s.save, m.CanSave())
	s.save.SetText(saveText(m.Phase()))
	s.showBanner()
	clash := m.Conflict() != nil
	look.Hide(s.parts, clash)
	look.Hide(s.merge.content, !clash)
	if clash {
		s.merge.refresh(s.cfg.Now())
	} else {
		s.selection.Refused(m.Err())
		s.selection.Refresh()
	}
}

func saveText(p editor.Phase) string {
	if p == editor.Saving || p == editor.Checking {
		return lang.L("Saving…")
	}
	return lang.L("Save")
}

func (s *Screen) showChanges() {
	m := s.cfg.Model
	s.changes.Hidden = !m.Sketch.Dirty()
	s.changes.Set(lang.L("Not saved: {{.Changes}}", lang.Data{"Changes": s.summary()}), look.Warning)
}

// showBanner says what stands in the way, the weightiest of it.
func (s *Screen) showBanner() {
	m := s.cfg.Model
	switch {
	case m.Phase() == editor.Gone:
		s.showGone()
	case m.Err() != nil:
		s.banner.Set(look.Danger, lang.L("Not saved. {{.Why}}", lang.Data{"Why": lang.Error(m.Err())}))
	case m.News() != nil && m.Conflict() == nil:
		s.showNews()
	case m.Offline() && m.Sketch.Dirty(): // else there is nothing to say that the window does not
		s.banner.Set(look.Warning, lang.L("What you changed is kept. You can go on, and save it, when the sidecar takes changes again."))
	default:
		s.banner.Clear()
	}
}

func (s *Screen) showGone() {
	m := s.cfg.Model
	text := lang.L("{{.Name}} was deleted meanwhile. You can invite this address again, with the scope as you have it here.", lang.Data{"Name": m.Client().Name})
	if m.Err() != nil {
		text = lang.L("{{.Name}} was deleted meanwhile, and could not be invited again. {{.Why}}", lang.Data{"Name": m.Client().Name, "Why": lang.Error(m.Err())})
	}
	s.banner.Set(look.Danger, text,
		notice.Action{Text: lang.L("Invite again"), Do: m.Recreate},
		notice.Action{Text: lang.L("Discard"), Do: func() {
			m.Abandon()
			s.cfg.OnClose()
		}})
}

func (s *Screen) showNews() {
	m := s.cfg.Model
	c := m.News().Client
	text := lang.L("This client was changed while you were editing. {{.Who}}.", lang.Data{"Who": lang.Who(c.ChangedBy, c.Changed, s.cfg.Now())})
	s.banner.Set(look.Warning, text,
		notice.Action{Text: lang.L("Merge…"), Do: m.Merge},
		notice.Action{Text: lang.L("Take theirs"), Do: m.Reload})
}

// ask asks before a save that takes something away. What is to be asked is known late:
// it never comes up over something else.
func (s *Screen) ask(q editor.Question) {
	if s.cfg.InFront != nil && !s.cfg.InFront() {
		s.cfg.OnHeld()
		return
	}
	name := lang.Data{"Name": s.cfg.Model.Client().Name}
	cfg := dialog.Config{
		Title:   lang.L("Narrow the access of {{.Name}}?", name),
		Confirm: lang.L("Save"), Cancel: lang.L("Keep editing"), Destructive: true, OnConfirm: s.cfg.Model.Confirm,
	}
	switch q.Doubt {
	case editor.Blind:
		cfg.Title = lang.L("Save so that {{.Name}} sees nothing?", name)
		cfg.Text = lang.L("The client will see nobody's work.")
	case editor.Unknown:
		cfg.Title = lang.L("Save without a preview?")
		cfg.Text = lang.L("What this changes for {{.Name}} could not be found out.", name)
	}
	if q.Preview != nil {
		short, list := selection.Losses(s.cfg.Model.Sketch)
		cfg.Text, cfg.Content = strings.TrimSpace(cfg.Text+"\n\n"+short), list
	}
	dialog.Show(fyne.CurrentApp().Driver().CanvasForObject(s.Content), cfg)
}
