package chip

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// Filter is one condition on what a list shows.
type Filter struct {
	// ID is what OnRemove is told.
	ID string
	// Text says what is shown, such as "Status: invited".
	Text string
}

// FilterBar shows the filters of a list as chips that can be taken off, one by
// one or all at once. It takes as many lines as it needs, and none without
// filters.
type FilterBar struct {
	widget.BaseWidget

	// OnRemove is told the filter that is to go.
	OnRemove func(id string)
	// OnClear is called when all filters are to go.
	OnClear func()

	box   *fyne.Container
	shown []Filter
}

// NewFilterBar returns a bar without filters.
func NewFilterBar() *FilterBar {
	b := &FilterBar{box: look.Wrap()}
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// Set shows these filters and no others. If they are shown already nothing happens:
// one may have the keyboard, or be pressed right now.
func (b *FilterBar) Set(filters []Filter) {
	if slices.Equal(filters, b.shown) {
		return
	}
	b.shown = slices.Clone(filters)
	b.box.RemoveAll()
	for _, f := range filters {
		b.box.Add(newRemovable(f.Text, func() { b.remove(f.ID) }))
	}
	b.box.Add(b.clear())
	b.box.Refresh()
	if len(filters) > 0 {
		b.Show()
	} else {
		b.Hide()
	}
	b.Refresh()
}

func (b *FilterBar) clear() fyne.CanvasObject {
	all := control.NewButton(lang.L("Clear filters"), func() {
		if b.OnClear != nil {
			b.OnClear()
		}
	})
	all.Importance = widget.LowImportance
	return all
}

func (b *FilterBar) remove(id string) {
	if b.OnRemove != nil {
		b.OnRemove(id)
	}
}

// CreateRenderer is for Fyne.
func (b *FilterBar) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.box) }

// removable is a chip that goes when it is tapped, or on Delete and Enter.
type removable struct {
	Chip
	gone             func()
	focused, hovered bool
}

func newRemovable(text string, gone func()) *removable {
	r := &removable{gone: gone}
	r.Chip.text, r.tone = text, look.Info
	r.ExtendBaseWidget(r)
	return r
}

func (r *removable) Tapped(*fyne.PointEvent)        { r.gone() }
func (r *removable) Cursor() desktop.Cursor         { return desktop.PointerCursor }
func (r *removable) MouseIn(*desktop.MouseEvent)    { r.set(r.focused, true) }
func (r *removable) MouseMoved(*desktop.MouseEvent) {}
func (r *removable) MouseOut()                      { r.set(r.focused, false) }
func (r *removable) FocusGained()                   { r.set(true, r.hovered) }
func (r *removable) FocusLost()                     { r.set(false, r.hovered) }
func (r *removable) TypedRune(rune)                 {}
func (r *removable) set(focused, hovered bool)      { r.focused, r.hovered = focused, hovered; r.Refresh() }

func (r *removable) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyDelete, fyne.KeyBackspace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		r.gone()
	}
}

// CreateRenderer is for Fyne.
func (r *removable) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	inner := &renderer{chip: &r.Chip, box: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", color.Transparent)}
	outer := &removableRenderer{renderer: inner, chip: r, cross: &canvas.Image{FillMode: canvas.ImageFillContain}}
	outer.Refresh()
	return outer
}

// cross is how much room the cross at the end takes.
const cross float32 = 16

type removableRenderer struct {
	*renderer
	chip  *removable
	cross *canvas.Image
}

func (r *removableRenderer) Objects() []fyne.CanvasObject {
	return append(r.renderer.Objects(), r.cross)
}

func (r *removableRenderer) MinSize() fyne.Size { return r.renderer.MinSize().AddWidthHeight(cross, 0) }

func (r *removableRenderer) Layout(size fyne.Size) {
	r.renderer.Layout(size.SubtractWidthHeight(cross, 0))
	r.box.Resize(r.box.Size().AddWidthHeight(cross, 0))
	r.cross.Move(fyne.NewPos(r.box.Size().Width-cross-side/2, r.box.Position().Y+(height-cross)/2))
	r.cross.Resize(fyne.NewSquareSize(cross))
}

func (r *removableRenderer) Refresh() {
	icon := theme.NewThemedResource(theme.CancelIcon())
	icon.ColorName = r.chip.tone.Text()
	r.cross.Resource = icon
	r.box.StrokeColor, r.box.StrokeWidth = look.Color(r.chip, look.Ring), 0
	if r.chip.focused || r.chip.hovered {
		r.box.StrokeWidth = 2
	}
	r.renderer.Refresh()
	r.Layout(r.chip.Size())
	canvas.Refresh(r.chip)
}
