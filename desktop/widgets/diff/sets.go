// Package diff shows what a change does: who or what is gained and lost by it,
// and how two changes of the same thing come together.
//
// Everything in this package belongs to the UI goroutine.
package diff

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/look"
)

// Change is one thing that is gained or lost.
type Change struct {
	Text string
	// Detail stands at the end of the line, such as what kind of thing it is.
	Detail string
}

// Sets shows, side by side, what is gained and what is lost.
type Sets struct {
	widget.BaseWidget
	gained, lost *side
}

// NewSets returns a view in which nothing is gained or lost.
func NewSets() *Sets {
	s := &Sets{
		gained: newSide(lang.L("Gained"), "+", look.Success),
		lost:   newSide(lang.L("Lost"), "−", look.Danger),
	}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows what is gained and lost.
func (s *Sets) Set(gained, lost []Change) {
	s.gained.set(gained)
	s.lost.set(lost)
}

// CreateRenderer is for Fyne.
func (s *Sets) CreateRenderer() fyne.WidgetRenderer {
	apart := container.New(layout.NewCustomPaddedLayout(0, 0, 0, 2*look.Gap), s.gained.object)
	return widget.NewSimpleRenderer(container.New(layout.NewGridLayoutWithColumns(2), apart, s.lost.object))
}

// side is one of the two lists.
type side struct {
	title   string
	sign    string
	tone    look.Tone
	changes []Change

	count   *chip.Chip
	nothing *widget.Label
	list    *widget.List
	object  *fyne.Container
}

func newSide(title, sign string, tone look.Tone) *side {
	s := &side{title: title, sign: sign, tone: tone, count: chip.New("", look.Neutral), nothing: look.Line(lang.L("Nothing"))}
	s.nothing.Importance = widget.LowImportance
	s.list = widget.NewList(func() int { return len(s.changes) }, newLine, s.show)
	s.list.HideSeparators = true
	head := container.NewBorder(nil, nil, s.count, nil)
	body := container.NewStack(s.list, container.NewVBox(s.nothing))
	s.object = container.New(layout.NewBorderLayout(head, nil, nil, nil), head, body)
	s.set(nil)
	return s
}

func (s *side) set(changes []Change) {
	s.changes = changes
	tone := s.tone
	if len(changes) == 0 {
		tone = look.Neutral
	}
	s.count.Set(lang.L("{{.What}}: {{.Count}}", map[string]any{"What": s.title, "Count": len(changes)}), tone)
	s.nothing.Hidden = len(changes) > 0
	s.object.Refresh()
}

func newLine() fyne.CanvasObject {
	sign := widget.NewLabel("+")
	sign.TextStyle = fyne.TextStyle{Monospace: true, Bold: true}
	texts := look.Ends(look.Line(""), look.Caption(""))
	return container.New(layout.NewCustomPaddedLayout(-4, -4, -look.Gap, 0),
		container.New(layout.NewBorderLayout(nil, nil, sign, nil), sign, texts))
}

func (s *side) show(i int, o fyne.CanvasObject) {
	line := o.(*fyne.Container).Objects[0].(*fyne.Container)
	sign, texts := line.Objects[0].(*widget.Label), line.Objects[1].(*fyne.Container)
	sign.Importance = widget.SuccessImportance
	if s.tone == look.Danger {
		sign.Importance = widget.DangerImportance
	}
	sign.SetText(s.sign)
	texts.Objects[0].(*widget.Label).SetText(s.changes[i].Text)
	texts.Objects[1].(*widget.Label).SetText(s.changes[i].Detail)
	texts.Refresh()
}
