package frame

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// Heading is what a header says of a column.
type Heading struct {
	Title string
	// Sort is what OnSort gets when the title is tapped; empty can't be.
	Sort  string
	Align fyne.TextAlign
}

// Header names the columns. It is one stop of the Tab key: the arrows go from
// title to title, Enter sorts, plus and minus make the column wider and narrower, and
// 0 as wide as it is at first.
type Header struct {
	widget.BaseWidget

	// OnSort is told the title that was tapped.
	OnSort func(sort string)
	// OnToggle is called when the mark for all rows was tapped.
	OnToggle func()
	// OnResize is told by how much a column's edge was dragged, and OnResized
	// that it was let go.
	OnResize  func(column int, by float32)
	OnResized func(column int)
	// OnReset is told the column that is to be as wide as it is at first.
	OnReset func(column int)

	places     *Places
	sort       string
	descending bool
	titles     []*title
	handles    []*handle
	all        *Mark
	back, line *canvas.Rectangle
	left       *canvas.Rectangle // cover the titles that are scrolled aside
	right      *canvas.Rectangle
	at         int // the title the keyboard is on
	focused    bool
}

// NewHeader returns a header of the columns, without a mark for all rows.
func NewHeader(p *Places, headings []Heading) *Header {
	h := &Header{places: p}
	for _, r := range []**canvas.Rectangle{&h.back, &h.line, &h.left, &h.right} {
		*r = canvas.NewRectangle(color.Transparent)
	}
	h.all = NewMark(theme.IconNameCheckButton, func() { h.OnToggle() })
	h.all.Hide()
	for i, heading := range headings {
		h.titles = append(h.titles, newTitle(h, heading))
		h.handles = append(h.handles, newHandle(h, i))
	}
	h.ExtendBaseWidget(h)
	return h
}

// SetSort marks the column the rows are sorted by.
func (h *Header) SetSort(sort string, descending bool) {
	h.sort, h.descending = sort, descending
	h.Refresh()
}

// SetTicked shows how many rows are ticked.
func (h *Header) SetTicked(p Part) {
	h.all.Hidden = false
	h.all.SetPart(p)
}

// FocusGained marks a title.
func (h *Header) FocusGained() {
	h.focused = true
	if h.titles[h.at].heading.Sort == "" {
		h.move(1)
	}
	h.Refresh()
}

// FocusLost takes the mark away.
func (h *Header) FocusLost() {
	h.focused = false
	h.Refresh()
}

// nudge is by how much a key makes a column wider or narrower.
const nudge float32 = 16

// TypedRune makes the column the keyboard is on wider or narrower.
func (h *Header) TypedRune(r rune) {
	switch r {
	case '+':
		h.nudge(nudge)
	case '-':
		h.nudge(-nudge)
	case '0':
		h.OnReset(h.at)
	}
}

func (h *Header) nudge(by float32) {
	h.OnResize(h.at, by)
	h.OnResized(h.at)
}

// TypedKey goes from title to title, and sorts.
func (h *Header) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyLeft:
		h.move(-1)
	case fyne.KeyRight:
		h.move(1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		h.titles[h.at].Tapped(nil)
	}
	h.Refresh()
}

// move goes to the next title that can be sorted by, if there is one.
func (h *Header) move(step int) {
	for i := h.at + step; i >= 0 && i < len(h.titles); i += step {
		if h.titles[i].heading.Sort != "" {
			h.at = i
			return
		}
	}
}

// CreateRenderer is for Fyne.
func (h *Header) CreateRenderer() fyne.WidgetRenderer {
	r := &headerRenderer{h}
	r.Refresh()
	return r
}

type headerRenderer struct{ header *Header }

func (r *headerRenderer) Destroy() {}

func (r *headerRenderer) MinSize() fyne.Size { return fyne.NewSize(Narrowest, HeaderHeight) }

func (r *headerRenderer) Objects() []fyne.CanvasObject {
	h := r.header
	objects := []fyne.CanvasObject{h.back}
	for _, t := range h.titles {
		objects = append(objects, t)
	}
	for _, edge := range h.handles {
		objects = append(objects, edge)
	}
	return append(objects, h.left, h.right, h.line, h.all)
}

func (r *headerRenderer) Layout(size fyne.Size) {
	h := r.header
	h.back.Resize(size)
	h.line.Move(fyne.NewPos(0, size.Height-1))
	h.line.Resize(fyne.NewSize(size.Width, 1))
	h.all.Resize(fyne.NewSize(TickWidth, size.Height))
	h.left.Resize(fyne.NewSize(h.places.Left, size.Height))
	h.right.Move(fyne.NewPos(size.Width-h.places.Right, 0))
	h.right.Resize(fyne.NewSize(h.places.Right, size.Height))
	h.places.Each(func(i int, x, width float32) {
		aside := x+width <= h.places.Left || x >= h.places.Left+h.places.View // a line of it might be left at the edge
		h.titles[i].Hidden, h.handles[i].Hidden = aside, aside
		h.titles[i].Move(fyne.NewPos(x, 0))
		h.titles[i].Resize(fyne.NewSize(width, size.Height))
		h.handles[i].Move(fyne.NewPos(x+width-grip/2, 0))
		h.handles[i].Resize(fyne.NewSize(grip, size.Height))
	})
}

func (r *headerRenderer) Refresh() {
	h := r.header
	h.back.FillColor = look.Color(h, theme.ColorNameHeaderBackground)
	h.back.TopLeftCornerRadius, h.back.TopRightCornerRadius = Corner, Corner
	h.line.FillColor = look.Color(h, theme.ColorNameSeparator)
	for _, cover := range []*canvas.Rectangle{h.left, h.right} {
		cover.Hidden, cover.FillColor = !h.places.Overflows(), h.back.FillColor
	}
	h.left.TopLeftCornerRadius, h.right.TopRightCornerRadius = Corner, Corner
	h.all.Refresh()
	for i, t := range h.titles {
		t.marked = h.focused && i == h.at
		t.Refresh()
	}
	r.Layout(h.Size())
	canvas.Refresh(h)
}
