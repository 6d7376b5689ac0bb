package frame

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// title is the title of a column; tapping it sorts. The sort mark has a place of
// its own, so it never pushes the text.
type title struct {
	widget.BaseWidget

	header  *Header
	heading Heading
	text    *canvas.Text
	arrow   *canvas.Image
	back    *canvas.Rectangle
	hovered bool
	marked  bool // by the keyboard
}

const arrowSize float32 = 16

func newTitle(h *Header, heading Heading) *title {
	t := &title{header: h, heading: heading}
	t.text, t.back = canvas.NewText(heading.Title, color.Transparent), canvas.NewRectangle(color.Transparent)
	t.text.TextStyle.Bold = true
	t.text.Alignment = heading.Align
	t.arrow = &canvas.Image{FillMode: canvas.ImageFillContain}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped asks to sort by the column.
func (t *title) Tapped(*fyne.PointEvent) {
	if t.heading.Sort != "" {
		t.header.OnSort(t.heading.Sort)
	}
}

// Cursor says that a title can be tapped.
func (t *title) Cursor() desktop.Cursor {
	if t.heading.Sort == "" {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// MouseIn marks the title if it can be tapped.
func (t *title) MouseIn(*desktop.MouseEvent) {
	t.hovered = t.heading.Sort != ""
	t.Refresh()
}

// MouseMoved does nothing.
func (t *title) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (t *title) MouseOut() {
	t.hovered = false
	t.Refresh()
}

// CreateRenderer is for Fyne.
func (t *title) CreateRenderer() fyne.WidgetRenderer {
	r := &titleRenderer{t}
	r.Refresh()
	return r
}

type titleRenderer struct{ title *title }

func (r *titleRenderer) Destroy()           {}
func (r *titleRenderer) MinSize() fyne.Size { return fyne.NewSize(Narrowest, HeaderHeight) }
func (r *titleRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.title.back, r.title.text, r.title.arrow}
}

func (r *titleRenderer) Layout(size fyne.Size) {
	t := r.title
	t.back.Move(fyne.NewPos(2, 4))
	t.back.Resize(size.SubtractWidthHeight(4, 8))
	room := size.Width - 2*Inset
	if t.heading.Sort != "" {
		room -= arrowSize
	}
	room = max(0, room)
	t.text.Text = look.Fit(t.heading.Title, t.text.TextSize, t.text.TextStyle, room)
	width := min(room, t.text.MinSize().Width)
	x := Inset
	if t.text.Alignment == fyne.TextAlignTrailing {
		x = size.Width - Inset - width
		t.arrow.Move(fyne.NewPos(x-arrowSize-2, (size.Height-arrowSize)/2))
	} else {
		t.arrow.Move(fyne.NewPos(x+width+2, (size.Height-arrowSize)/2))
	}
	t.text.Move(fyne.NewPos(x, 0))
	t.text.Resize(fyne.NewSize(width, size.Height))
	t.arrow.Resize(fyne.NewSquareSize(arrowSize))
}

func (r *titleRenderer) Refresh() {
	t := r.title
	sorted := t.heading.Sort != "" && t.heading.Sort == t.header.sort
	t.text.TextSize = look.Size(t, theme.SizeNameText) - 1
	t.text.Color = look.Color(t, look.Muted)
	if sorted {
		t.text.Color = look.Color(t, theme.ColorNameForeground)
	}
	t.back.Hidden = !t.hovered && !t.marked
	t.back.FillColor = look.Color(t, theme.ColorNameHover)
	t.back.CornerRadius = look.Size(t, theme.SizeNameSelectionRadius)
	t.back.StrokeColor, t.back.StrokeWidth = look.Color(t, look.Ring), 0
	if t.marked {
		t.back.StrokeWidth = 2
	}
	if t.arrow.Hidden = !sorted; sorted { // an icon nobody sees takes as long to read
		t.point()
	}
	r.Layout(t.Size())
	canvas.Refresh(t)
}

// point has the arrow point the way of the order.
func (t *title) point() {
	icon := theme.IconNameMoveUp
	if t.header.descending {
		icon = theme.IconNameMoveDown
	}
	t.arrow.Resource = theme.NewPrimaryThemedResource(theme.Current().Icon(icon))
	t.arrow.Refresh()
}
