package directory

import (
	"cmp"
	"slices"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/model/review"
	"sightline.example/desktop/widgets/checklist"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/desktop/widgets/tooltip"
)

// EditConfig says what the page of one employee, group or project shows, and whom
// it tells what is wanted. Everything is required but Who.
type EditConfig struct {
	Model *directory.Edit
	// Who is who can see it; nil for one that is yet to be made.
	Who   *review.Review
	Tips  *tooltip.Layer
	After func(time.Duration, func()) (stop func())
	// Selecting is how many scopes select it.
	Selecting func() int
	// Hindrance says why nothing can be changed now; it is empty if something can.
	Hindrance func() string

	OnSave   func()
	OnClient func(id string)
	OnDelete func()
	OnClose  func() // there is nothing to be shown any more
	OnChange func() // commands can be done, or can't any more
}

// Edit is the page of one. It belongs to the UI goroutine.
type Edit struct {
	Content fyne.CanvasObject

	cfg     EditConfig
	heading *widget.Label
	changes *chip.Chip
	remove  *control.Button
	save    *control.Button
	banner  *notice.Banner
	name    *field
	id      *field
	sides   [2]*side
	used    *used
	frame   *fyne.Container
}

// NewEdit returns the screen.
func NewEdit(cfg EditConfig) *Edit {
	m := cfg.Model
	s := &Edit{cfg: cfg, heading: look.Heading(""), changes: chip.New("", look.Warning), banner: notice.NewBanner(cfg.After)}
	s.remove = control.NewButton(lang.L("Delete…"), cfg.OnDelete)
	s.save = control.NewPrimary(lang.L("Save"), cfg.OnSave)
	s.remove.Tips, s.save.Tips = cfg.Tips, cfg.Tips
	s.name = newField(lang.L("Name"), "", m.SetName)
	s.id = newField(lang.L("Identifier"), lang.L("What your other systems know it by. Empty: one is made up."), m.SetWantedID)
	for i, kind := range directory.Sides(m.Kind()) {
		s.sides[i] = newSide(m, i, sideTitle(m.Kind(), kind), wordsOf(kind).filter)
	}
	s.used = newUsed(cfg)
	s.Content = s.build()
	m.OnChange = s.Refresh
	s.Refresh()
	return s
}

// Focus gives the keyboard to the name, at its end.
func (s *Edit) Focus() {
	name := s.name.entry
	if c := fyne.CurrentApp().Driver().CanvasForObject(name); c != nil {
		name.CursorColumn = utf8.RuneCountInString(name.Text)
		name.Refresh()
		c.Focus(name)
	}
}

// build lays the screen out, in the order of the Tab key.
func (s *Edit) build() fyne.CanvasObject {
	head := look.Head(s.heading, s.changes, s.remove, s.save)
	fields := container.New(look.Beside{Space: look.Gap}, s.name.row, s.id.row)
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Column(10, head, s.banner, fields))
	members := container.New(look.Beside{Space: look.Gap}, s.sides[0].content, s.sides[1].content)
	lists := container.New(look.Columns{}, members, s.used.content)
	s.frame = container.New(layout.NewBorderLayout(top, nil, nil, nil), top, lists)
	return look.Pad(16, s.frame)
}

// Refresh shows the model as it is now.
func (s *Edit) Refresh() {
	m := s.cfg.Model
	why := s.hindrance()
	s.heading.SetText(s.title())
	s.showChanges()
	s.showBanner()
	s.name.show(m.Name(), cmp.Or(nameFault(m), lang.Beside(m.Err(), "name")), why == "")
	s.id.show(s.idText(), cmp.Or(idFault(m), lang.Beside(m.Err(), "id")), why == "" && m.ID() == "")
	if m.ID() != "" {
		s.id.row.SetHelp("")
	}
	for i, kind := range directory.Sides(m.Kind()) {
		s.sides[i].mistake.Set(lang.Beside(m.Err(), kind+"s")) // as an entity has them
		s.sides[i].show(m.Choices(i), m.Dead(i), m.Members(i), why != "")
	}
	s.used.refresh(s.cfg.Selecting())
	s.save.Tip, s.remove.Tip = why, why
	look.Enable(s.save, why == "" && m.CanSave())
	look.Hide(s.remove, m.ID() == "")
	look.Enable(s.remove, why == "" && m.ID() != "" && !m.Busy())
	s.frame.Refresh()
	s.cfg.OnChange()
}

func (s *Edit) title() string {
	m := s.cfg.Model
	if m.ID() == "" {
		return wordsOf(m.Kind()).make
	}
	return m.Stored()
}

func (s *Edit) idText() string {
	m := s.cfg.Model
	if m.ID() != "" {
		return m.ID()
	}
	return m.WantedID()
}

func (s *Edit) hindrance() string {
	if s.cfg.Model.Gone() {
		return lang.L("It does not exist any more.")
	}
	if s.cfg.Model.Busy() {
		return lang.L("Saving…")
	}
	return s.cfg.Hindrance()
}

// nameFault says what is wrong with the name. That an empty one of a new entity
// has to be filled in goes without saying.
func nameFault(m *directory.Edit) string {
	if m.NameFault() == nil || m.ID() == "" && m.Name() == "" {
		return ""
	}
	return lang.L("1 to 200 letters, fewer with accents, without line breaks.")
}

func idFault(m *directory.Edit) string {
	if m.IDFault() == nil {
		return ""
	}
	return lang.L("Up to 128 letters, digits and any of -._~@:+, without spaces.")
}

func (s *Edit) showChanges() {
	m := s.cfg.Model
	set, ended := m.Changes()
	text := lang.L("Unsaved")
	switch {
	case m.Busy():
		text = lang.L("Saving…")
	case set+ended > 0:
		text = lang.L("Unsaved: +{{.Set}} −{{.Ended}}", lang.Data{"Set": lang.Number(set), "Ended": lang.Number(ended)})
	}
	s.changes.Set(text, look.Warning)
	look.Hide(s.changes, !m.Dirty() && !m.Busy())
}

func (s *Edit) showBanner() {
	m := s.cfg.Model
	switch {
	case m.Gone():
		s.banner.Set(look.Danger, wordsOf(m.Kind()).gone, notice.Action{Text: lang.L("Close"), Do: s.cfg.OnClose})
	case m.Renamed():
		s.banner.Set(look.Warning, lang.L("Somebody has named it “{{.Name}}” meanwhile. If you save, it is called what you typed.", lang.Data{"Name": m.Stored()}),
			notice.Action{Text: lang.L("Take theirs"), Do: func() { m.SetName(m.Stored()) }})
	case m.Err() != nil:
		s.banner.Set(look.Danger, lang.L("Not everything was saved.")+" "+lang.Error(m.Err()), notice.Action{Text: lang.L("Try again"), Do: s.cfg.OnSave})
	default:
		s.banner.Clear()
	}
}

// field is a text with its name.
type field struct {
	row   *form.Row
	entry *control.Entry
}

func newField(name, help string, changed func(string)) *field {
	f := &field{entry: control.NewEntry("")}
	f.row = form.NewRow(name, f.entry, help)
	f.entry.OnChanged = changed
	return f
}

// show shows a text and what is wrong with it.
func (f *field) show(text, wrong string, enabled bool) {
	f.entry.Put(text)
	f.row.SetError(wrong)
	look.Enable(f.entry, enabled)
}

// side is a list of members, in a card with its name.
type side struct {
	content fyne.CanvasObject
	list    *checklist.CheckList
	mistake *form.Mistake
	choices []directory.Thing // that are shown
	dead    []string          // likewise
}

func newSide(m *directory.Edit, place int, title, filter string) *side {
	s := &side{list: checklist.New(filter), mistake: form.NewMistake()}
	s.list.SelectedFirst()
	s.list.OnChange = func() { m.SetMembers(place, s.offered(), s.list.Selected()) }
	head := look.Column(6, look.Flush(look.Strong(title)), s.mistake)
	s.content = look.NewCard(look.Pad(8, container.New(layout.NewBorderLayout(head, nil, nil, nil), head, s.list)))
	return s
}

// offered returns the ids that can be ticked and unticked.
func (s *side) offered() []string {
	ids := slices.Clone(s.dead)
	for _, c := range s.choices {
		ids = append(ids, c.ID)
	}
	return ids
}

func (s *side) show(choices []directory.Thing, dead, selected []string, locked bool) {
	if !slices.Equal(choices, s.choices) || !slices.Equal(dead, s.dead) {
		s.choices, s.dead = choices, dead
		items := make([]checklist.Item, len(choices), len(choices)+len(dead))
		for i, c := range choices {
			items[i] = checklist.Item{ID: c.ID, Text: c.Name}
		}
		for _, id := range dead {
			items = append(items, checklist.Item{ID: id, Text: id, Missing: true})
		}
		s.list.SetItems(items)
	}
	shown := s.list.Selected()
	slices.Sort(shown)
	if !slices.Equal(shown, selected) {
		s.list.SetSelected(selected)
	}
	s.list.SetLocked(locked)
}
