package invite

import (
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/invite"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/desktop/widgets/tooltip"
)

// BatchConfig says what the screen shows, and whom it tells what is wanted.
// Everything is required.
type BatchConfig struct {
	Model    *invite.Batch
	After    func(time.Duration, func()) (stop func())
	Tips     *tooltip.Layer
	OnExport func() // the rows of which nobody was invited are to be written
	OnDone   func()
	OnChange func()
}

// BatchScreen invites many from a table. It belongs to the UI goroutine.
type BatchScreen struct {
	Content fyne.CanvasObject

	cfg     BatchConfig
	banner  *notice.Banner
	summary *widget.Label
	columns map[invite.Column]*control.Select
	grid    *grid.Grid[int]
	mend    *fyne.Container // fields of the row that is put right
	menders map[invite.Column]*mender
	try     *control.Button
	invite  *control.Button
	cancel  *control.Button
	export  *control.Button
	bar     *control.Progress
	frame   *fyne.Container
}

// NewBatch returns the screen.
func NewBatch(cfg BatchConfig) *BatchScreen {
	m := cfg.Model
	s := &BatchScreen{
		cfg: cfg, banner: notice.NewBanner(cfg.After), summary: look.Line(""), columns: map[invite.Column]*control.Select{},
		mend: container.New(layout.NewGridLayoutWithColumns(4)), bar: control.NewProgress(),
	}
	s.try = control.NewButton(lang.L("Check"), m.Try)
	s.invite = control.NewPrimary("", m.Invite)
	s.cancel = control.NewButton(lang.L("Stop"), m.Cancel)
	s.export = control.NewButton(lang.L("Export the rest…"), cfg.OnExport)
	s.grid = s.newGrid()
	s.Content = s.build()
	m.OnChange = s.Refresh
	s.Refresh()
	return s
}

func (s *BatchScreen) newGrid() *grid.Grid[int] {
	row := func(i int) *invite.Row { return s.cfg.Model.Rows()[i] }
	return grid.New(grid.Config[int]{
		Columns: []grid.Column[int]{
			{ID: "line", Title: lang.L("Line"), Width: 76, Align: fyne.TextAlignTrailing, Text: func(i int) string { return lang.Number(row(i).Line) }},
			{ID: "email", Title: lang.L("E-mail"), Width: 160, Grow: 2, Text: func(i int) string { return row(i).Cells[invite.Email] }},
			{ID: "state", Title: lang.L("Status"), Width: 130, Build: newChip, Show: func(i int, cell fyne.CanvasObject) {
				cell.(*chip.Chip).Set(stateText(row(i).State))
			}},
			{
				ID: "text", Title: lang.L("What comes of it"), Width: 160, Grow: 4, Wrap: true,
				Text: func(i int) string { return RowText(row(i)) }, Tip: func(i int) string { return rowTip(row(i)) },
			},
		},
		Len:      func() int { return len(s.cfg.Model.Rows()) },
		At:       func(i int) (int, bool) { return i, true },
		ID:       func(i int) string { return strconv.Itoa(i + 1) },
		Name:     func(i int) string { return row(i).Cells[invite.Email] },
		Tips:     s.cfg.Tips,
		OnSelect: s.selected,
	})
}

// build lays the screen out, in the order of the Tab key.
func (s *BatchScreen) build() fyne.CanvasObject {
	done := control.NewButton(lang.L("Done"), s.cfg.OnDone)
	actions := look.Row(done, s.export, s.cancel, s.try, s.invite)
	title := look.Middle(look.Flush(look.Heading(lang.L("Invite from a table"))))
	head := container.New(layout.NewBorderLayout(nil, nil, nil, actions), title, actions)
	assigned := container.New(layout.NewGridLayoutWithColumns(4))
	for _, c := range invite.Columns() {
		assigned.Add(s.assigner(c))
	}
	top := container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), look.Column(8, head, s.banner, assigned, s.bar, look.Flush(s.summary)))
	card := look.NewCard(look.Pad(1, s.grid))
	bottom := container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), s.mend)
	s.frame = container.New(layout.NewBorderLayout(top, bottom, nil, nil), top, card, bottom)
	return look.Pad(16, s.frame)
}

// assigner returns the field that says which column of the table something is.
func (s *BatchScreen) assigner(c invite.Column) fyne.CanvasObject {
	options := append([]string{lang.L("Not in the table")}, s.cfg.Model.Header()...)
	field := control.NewSelect(options, nil)
	field.OnChanged = func(string) {
		if i := field.SelectedIndex() - 1; i != s.cfg.Model.Column(c) {
			s.cfg.Model.SetColumn(c, i)
		}
	}
	s.columns[c] = field
	label := look.Caption(columnText(c))
	return look.Column(2, look.Flush(label), field)
}

// Refresh shows the model as it is now.
func (s *BatchScreen) Refresh() {
	m := s.cfg.Model
	busy := m.Step() == invite.Trying || m.Step() == invite.Inviting
	for c, field := range s.columns {
		if i := m.Column(c) + 1; field.SelectedIndex() != i {
			field.SetSelectedIndex(i)
		}
		look.Enable(field, !busy)
	}
	look.Enable(s.try, m.CanTry())
	look.Enable(s.invite, m.CanInvite())
	ready := m.Count(invite.Waiting) + m.Count(invite.Fine) + m.Count(invite.Refused) + m.Count(invite.Failed)
	s.invite.SetText(inviteText(ready))
	look.Hide(s.cancel, !busy)
	look.Hide(s.export, busy || m.Count(invite.Invited) == len(m.Rows()))
	look.Hide(s.bar, !busy)
	if done, total := m.Progress(); total > 0 {
		s.bar.Set(float64(done) / float64(total))
	}
	s.summary.SetText(s.summaryText())
	s.banner.Clear()
	if m.Err() != nil {
		s.banner.Set(look.Danger, brokenText(m))
	} else if m.Step() == invite.Assigning {
		s.banner.Set(look.Info, lang.L("Say which column of the table has the e-mail addresses."))
	}
	s.grid.Reload()
	s.offer()
	s.frame.Refresh()
	s.cfg.OnChange()
}

// brokenText says what broke off, and what was done by then.
func brokenText(m *invite.Batch) string {
	why := lang.Data{"Why": lang.Error(m.Err())}
	if m.Broke() == invite.Trying {
		return lang.L("The check broke off. {{.Why}} Nobody was invited by it.", why)
	}
	return lang.L("It broke off. {{.Why}} Who was invited by then is invited; go on with the others.", why)
}

func inviteText(ready int) string {
	if ready == 0 {
		return lang.L("Invite")
	}
	return lang.N("Invite {{.N}}", ready)
}

func (s *BatchScreen) summaryText() string {
	m := s.cfg.Model
	if m.Step() == invite.Reading {
		return lang.L("The rows are being read…")
	}
	text := lang.N("{{.N}} rows", len(m.Rows()))
	for _, state := range []invite.RowState{invite.Faulty, invite.Refused, invite.Fine, invite.Invited, invite.Failed} {
		if n := m.Count(state); n > 0 {
			word, _ := stateText(state)
			text += " · " + lang.L("{{.What}}: {{.Count}}", lang.Data{"What": word, "Count": lang.Number(n)})
		}
	}
	return text
}

// selected offers to put the selected row right.
func (s *BatchScreen) selected(string) {
	s.menders = nil
	s.offer()
	s.frame.Refresh()
}

// offer shows the fields of the selected row in which something is wrong; all of them
// if that is not known of any. Those that are there stay, as one may be typing in them.
func (s *BatchScreen) offer() {
	place, err := strconv.Atoi(s.grid.Selected())
	s.mend.Objects = nil
	if err != nil || s.cfg.Model.Rows()[place-1].State == invite.Invited {
		return
	}
	r := s.cfg.Model.Rows()[place-1]
	none := s.menders == nil && !slices.ContainsFunc(invite.Columns(), func(c invite.Column) bool { return cellText(r, c) != "" })
	if s.menders == nil {
		s.menders = map[invite.Column]*mender{}
	}
	for _, c := range invite.Columns() {
		if s.menders[c] == nil && (none || cellText(r, c) != "") {
			s.menders[c] = newMender(s.cfg.Model, place-1, c)
		}
		if d := s.menders[c]; d != nil {
			d.refresh()
			s.mend.Add(d.row)
		}
	}
}

// mender is a field for one cell. It stays as long as the row is selected, so that
// one can go on typing in it.
type mender struct {
	model  *invite.Batch
	place  int
	column invite.Column
	row    *form.Row
	entry  *control.Entry
}

func newMender(m *invite.Batch, place int, c invite.Column) *mender {
	d := &mender{model: m, place: place, column: c, entry: control.NewEntry("")}
	d.row = form.NewRow(columnText(c), d.entry, "")
	d.refresh()
	d.entry.OnChanged = func(text string) { m.Set(place, c, text) }
	return d
}

func (d *mender) refresh() {
	r := d.model.Rows()[d.place]
	d.entry.Put(r.Cells[d.column])
	d.row.SetError(cellText(r, d.column))
}
