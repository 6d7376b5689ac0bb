package diff

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/tooltip"
)

// Mark is what one side did with a thing.
type Mark string

// The marks. The zero value is that the thing is not there, and was not.
const (
	Absent  Mark = ""
	Kept    Mark = "kept"
	Added   Mark = "added"
	Removed Mark = "removed"
)

// Side is one of two changes.
type Side string

// The sides: the change that came first, and one's own.
const (
	Theirs Side = "theirs"
	Mine   Side = "mine"
)

// Line is one thing that two changes are about.
type Line struct {
	// ID is what OnChoose is told; unique.
	ID string
	// Text is what the thing is called.
	Text string
	// Theirs and Mine are what was done to it, Result what comes of it.
	Theirs, Mine, Result Mark
	// Conflict says that the sides contradict each other: one has to choose.
	Conflict bool
	// Chosen is which side was chosen; empty if none was yet.
	Chosen Side
}

// Merge shows two changes and their result in three columns.
type Merge struct {
	widget.BaseWidget

	// OnChoose is told which side is to win where they contradict each other.
	OnChoose func(id string, side Side)

	lines []Line
	grid  *grid.Grid[Line]
}

// NewMerge returns a view of no lines. what names the things, such as "Group"; tips
// shows in full what does not fit.
func NewMerge(what string, tips *tooltip.Layer) *Merge {
	m := &Merge{}
	m.grid = grid.New(grid.Config[Line]{
		Columns: []grid.Column[Line]{
			{ID: "text", Title: what, Width: 160, Grow: 1, Wrap: true, Text: func(l Line) string { return l.Text }},
			marks("theirs", lang.L("Theirs"), func(l Line) Mark { return l.Theirs }),
			marks("mine", lang.L("Mine"), func(l Line) Mark { return l.Mine }),
			{ID: "result", Title: lang.L("Result"), Width: 256, Build: m.newResult, Show: m.showResult},
		},
		Len:  func() int { return len(m.lines) },
		At:   func(i int) (Line, bool) { return m.lines[i], true },
		ID:   func(l Line) string { return l.ID },
		Name: func(l Line) string { return l.Text },
		Tips: tips,
	})
	m.ExtendBaseWidget(m)
	return m
}

// Set shows these lines.
func (m *Merge) Set(lines []Line) {
	m.lines = lines
	m.grid.Reload()
}

// CreateRenderer is for Fyne.
func (m *Merge) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(m.grid) }

func marks(id, title string, mark func(Line) Mark) grid.Column[Line] {
	return grid.Column[Line]{
		ID: id, Title: title, Width: 98,
		Build: func() fyne.CanvasObject { return chip.New("", look.Neutral) },
		Show:  func(l Line, cell fyne.CanvasObject) { mark(l).on(cell.(*chip.Chip)) },
	}
}

// on shows the mark on a chip.
func (m Mark) on(c *chip.Chip) {
	switch m {
	case Added:
		c.Set(lang.L("added"), look.Success)
	case Removed:
		c.Set(lang.L("removed"), look.Danger)
	case Kept:
		c.Set(lang.L("kept"), look.Neutral)
	default:
		c.Set(lang.L("not there"), look.Neutral)
	}
}

func (m *Merge) newResult() fyne.CanvasObject {
	cell := &result{chip: chip.New("", look.Neutral)}
	cell.theirs = control.NewButton(lang.L("Theirs"), func() { m.chosen(cell.id, Theirs) })
	cell.mine = control.NewButton(lang.L("Mine"), func() { m.chosen(cell.id, Mine) })
	cell.ExtendBaseWidget(cell)
	return cell
}

func (m *Merge) showResult(l Line, o fyne.CanvasObject) {
	cell := o.(*result)
	cell.id = l.ID
	l.Result.on(cell.chip)
	if l.Conflict && l.Chosen == "" {
		cell.chip.Set(lang.L("choose"), look.Warning)
	}
	for side, b := range map[Side]*control.Button{Theirs: cell.theirs, Mine: cell.mine} {
		b.Hidden = !l.Conflict
		b.Importance = widget.MediumImportance
		if l.Chosen == side {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
	cell.Refresh()
}

func (m *Merge) chosen(id string, side Side) {
	if m.OnChoose != nil {
		m.OnChoose(id, side)
	}
}

// result is the cell of the result: a chip and, where one has to choose, how.
type result struct {
	widget.BaseWidget
	id           string
	chip         *chip.Chip
	theirs, mine *control.Button
}

// CreateRenderer is for Fyne.
func (r *result) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewHBox(r.chip, layout.NewSpacer(), r.theirs, r.mine))
}
