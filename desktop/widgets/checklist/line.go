package checklist

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// Sizes of a line, in Fyne's pixels.
const (
	lineHeight float32 = 30
	boxSize    float32 = 20
	textAt     float32 = 36
	side       float32 = 8
)

// line shows one item. All of it can be tapped.
type line struct {
	widget.BaseWidget

	check        *CheckList
	index        int
	hovered      bool
	back         *canvas.Rectangle
	box          *canvas.Image
	text, detail *canvas.Text
	words        string
}

func newLine(c *CheckList) *line {
	l := &line{
		check: c, index: -1,
		back: canvas.NewRectangle(color.Transparent), box: &canvas.Image{FillMode: canvas.ImageFillContain},
		text: canvas.NewText("", color.Transparent), detail: canvas.NewText("", color.Transparent),
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) show(i int) {
	if l.index != i {
		l.index, l.hovered = i, false
	}
	item := l.check.items.all[l.check.items.shown[i]]
	l.words, l.detail.Text = item.Text, item.Detail
	name, tint, ink := theme.IconNameCheckButton, theme.ColorNameInputBorder, theme.ColorNameForeground
	if l.check.items.selected[item.ID] {
		name, tint = theme.IconNameCheckButtonChecked, theme.ColorNamePrimary
	}
	if l.check.locked {
		tint, ink = theme.ColorNameDisabled, theme.ColorNameDisabled
	}
	if item.Missing {
		name, tint, ink = theme.IconNameWarning, theme.ColorNameWarning, theme.ColorNameWarning
		l.detail.Text = lang.L("missing")
	}
	l.paint(name, tint, ink)
}

func (l *line) paint(name fyne.ThemeIconName, tint, ink fyne.ThemeColorName) {
	icon := theme.NewThemedResource(theme.Current().Icon(name))
	icon.ColorName = tint
	l.box.Resource = icon
	l.box.Refresh()
	l.text.Color, l.text.TextSize = look.Color(l, ink), look.Size(l, theme.SizeNameText)
	l.detail.Color, l.detail.TextSize = look.Color(l, look.Muted), look.Size(l, theme.SizeNameCaptionText)
	l.back.CornerRadius = look.Size(l, theme.SizeNameSelectionRadius)
	l.back.FillColor = look.Color(l, theme.ColorNameHover)
	l.back.StrokeColor, l.back.StrokeWidth = look.Color(l, look.Ring), 0
	marked := l.check.list.focused && l.index == l.check.list.at
	if marked {
		l.back.StrokeWidth = 2
	}
	l.back.Hidden = !l.hovered && !marked
	l.place()
	canvas.Refresh(l)
}

func (l *line) place() {
	size := l.Size()
	l.back.Resize(size)
	l.box.Move(fyne.NewPos(side, (size.Height-boxSize)/2))
	l.box.Resize(fyne.NewSquareSize(boxSize))
	end := l.detail.MinSize().Width
	l.detail.Move(fyne.NewPos(size.Width-end-side, 0))
	l.detail.Resize(fyne.NewSize(end, size.Height))
	room := max(0, size.Width-textAt-end-2*side)
	l.text.Text = look.Fit(l.words, l.text.TextSize, l.text.TextStyle, room)
	l.text.Move(fyne.NewPos(textAt, 0))
	l.text.Resize(fyne.NewSize(room, size.Height))
}

// Tapped toggles the item.
func (l *line) Tapped(*fyne.PointEvent) {
	l.check.Focus()
	l.check.list.at = l.index
	l.check.toggle(l.index)
}

// Ticked reports whether the item is selected.
func (l *line) Ticked() bool {
	items := l.check.items
	return l.index >= 0 && l.index < len(items.shown) && items.selected[items.all[items.shown[l.index]].ID]
}

// MouseIn marks the line.
func (l *line) MouseIn(*desktop.MouseEvent) { l.hover(true) }

// MouseMoved does nothing.
func (l *line) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (l *line) MouseOut() { l.hover(false) }

func (l *line) hover(hovered bool) {
	l.hovered = hovered
	if l.index >= 0 && l.index < len(l.check.items.shown) {
		l.show(l.index)
	}
}

// MinSize is the same for all lines: Fyne's list counts on that.
func (l *line) MinSize() fyne.Size { return fyne.NewSize(120, lineHeight) }

// CreateRenderer is for Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer { return &lineRenderer{l} }

type lineRenderer struct{ line *line }

func (r *lineRenderer) Destroy()           {}
func (r *lineRenderer) Layout(fyne.Size)   { r.line.place() }
func (r *lineRenderer) MinSize() fyne.Size { return r.line.MinSize() }
func (r *lineRenderer) Refresh()           { r.line.hover(r.line.hovered) }
func (r *lineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.line.back, r.line.box, r.line.text, r.line.detail}
}
