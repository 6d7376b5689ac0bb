package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// header names the columns. It is one stop of the Tab key: the arrows go from
// title to title, Enter sorts.
type header struct {
	widget.BaseWidget

	places  *places
	on      headed
	titles  []*title
	handles []*handle
	clip    *container.Clip
	all     *mark
	back    *canvas.Rectangle
	line    *canvas.Rectangle
	at      int // the title the keyboard is on
	focused bool
}

// headed is the grid, to its header.
type headed interface {
	order() Sort
	askSort(Sort)
	toggleAll()
	ticks() (part, bool)
	resize(column int, by float32)
	resized(column int)
}

func newHeader[T any](g *Grid[T]) *header {
	h := &header{places: &g.places, on: g, back: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent)}
	h.all = newMark(theme.IconNameCheckButton, g.toggleAll)
	var objects []fyne.CanvasObject
	for i, c := range g.cfg.Columns {
		t := newTitle(h, c.Title, c.Sort, c.Align)
		h.titles = append(h.titles, t)
		h.handles = append(h.handles, newHandle(h, i))
		objects = append(objects, t)
	}
	for _, handle := range h.handles {
		objects = append(objects, handle)
	}
	h.clip = container.NewClip(container.NewWithoutLayout(objects...))
	h.ExtendBaseWidget(h)
	return h
}

// FocusGained marks a title.
func (h *header) FocusGained() {
	h.focused = true
	if h.titles[h.at].key == "" {
		h.move(1)
	}
	h.Refresh()
}

// FocusLost takes the mark away.
func (h *header) FocusLost() {
	h.focused = false
	h.Refresh()
}

// TypedRune does nothing.
func (h *header) TypedRune(rune) {}

// TypedKey goes from title to title, and sorts.
func (h *header) TypedKey(key *fyne.KeyEvent) {
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
func (h *header) move(step int) {
	for i := h.at + step; i >= 0 && i < len(h.titles); i += step {
		if h.titles[i].key != "" {
			h.at = i
			return
		}
	}
}

// CreateRenderer is for Fyne.
func (h *header) CreateRenderer() fyne.WidgetRenderer {
	r := &headerRenderer{h}
	r.Refresh()
	return r
}

type headerRenderer struct{ header *header }

func (r *headerRenderer) Destroy() {}

func (r *headerRenderer) MinSize() fyne.Size { return fyne.NewSize(narrowest, headerHeight) }

func (r *headerRenderer) Objects() []fyne.CanvasObject {
	h := r.header
	return []fyne.CanvasObject{h.back, h.line, h.clip, h.all}
}

func (r *headerRenderer) Layout(size fyne.Size) {
	h := r.header
	h.back.Resize(size)
	h.line.Move(fyne.NewPos(0, size.Height-1))
	h.line.Resize(fyne.NewSize(size.Width, 1))
	h.all.Resize(fyne.NewSize(tickWidth, size.Height))
	h.clip.Move(fyne.NewPos(h.places.left, 0))
	h.clip.Resize(fyne.NewSize(h.places.view, size.Height))
	h.places.each(func(i int, x, width float32) {
		h.titles[i].Move(fyne.NewPos(x, 0))
		h.titles[i].Resize(fyne.NewSize(width, size.Height))
		h.handles[i].Move(fyne.NewPos(x+width-grip/2, 0))
		h.handles[i].Resize(fyne.NewSize(grip, size.Height))
	})
}

func (r *headerRenderer) Refresh() {
	h := r.header
	h.back.FillColor = look.Color(h, theme.ColorNameHeaderBackground)
	h.line.FillColor = look.Color(h, theme.ColorNameSeparator)
	ticked, shown := h.on.ticks()
	h.all.Hidden = !shown
	h.all.setPart(ticked)
	for i, t := range h.titles {
		t.marked = h.focused && i == h.at
		t.Refresh()
	}
	r.Layout(h.Size())
	canvas.Refresh(h)
}
