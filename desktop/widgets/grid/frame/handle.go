package frame

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// grip is how wide the edge is by which a column is dragged.
const grip float32 = 8

// handle is the right edge of a column in the header.
type handle struct {
	widget.BaseWidget
	header *Header
	column int
}

func newHandle(h *Header, column int) *handle {
	edge := &handle{header: h, column: column}
	edge.ExtendBaseWidget(edge)
	return edge
}

// Dragged makes the column wider or narrower.
func (h *handle) Dragged(e *fyne.DragEvent) { h.header.OnResize(h.column, e.Dragged.DX) }

// DragEnd says that the column has its new width.
func (h *handle) DragEnd() { h.header.OnResized(h.column) }

// DoubleTapped gives the column the width it has at first.
func (h *handle) DoubleTapped(*fyne.PointEvent) { h.header.OnReset(h.column) }

// Cursor says that the edge can be dragged.
func (h *handle) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// CreateRenderer is for Fyne.
func (h *handle) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
