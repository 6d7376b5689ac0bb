// Package state shows what stands in for content: nothing there yet, nothing
// found, still loading, or failed, each with what can be done about it.
package state

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// patience is how long old content stays before a spinner takes its place: what
// comes sooner does not flicker.
const patience = 300 * time.Millisecond

// Message says why there is no content.
type Message struct {
	// Icon stands above the words; nil is none.
	Icon fyne.Resource
	// Title says what is so, Text what it means or what to do.
	Title, Text string
	// Action is what to do about it; OnAction does it. Empty is nothing.
	Action   string
	OnAction func()
}

// Pane shows content, or what stands in for it. It belongs to the UI goroutine.
type Pane struct {
	widget.BaseWidget

	content fyne.CanvasObject
	over    *fyne.Container
	spinner *widget.Activity
	after   func(time.Duration, func()) (stop func())
	stop    func()
}

// NewPane returns a pane that shows the content. after is that of an
// async.Dispatcher.
func NewPane(content fyne.CanvasObject, after func(time.Duration, func()) (stop func())) *Pane {
	p := &Pane{content: content, over: container.NewStack(), spinner: widget.NewActivity(), after: after, stop: func() {}}
	p.ExtendBaseWidget(p)
	return p
}

// ShowContent shows the content.
func (p *Pane) ShowContent() { p.show(nil) }

// ShowLoading shows that something is on its way, if it takes long enough to be
// worth it. Until then what is shown stays.
func (p *Pane) ShowLoading(text string) {
	p.stop()
	p.stop = p.after(patience, func() {
		p.show(centred(p.spinner, look.Paragraph(text)))
		p.spinner.Start()
	})
}

// ShowEmpty shows that there is nothing, and what to do about it.
func (p *Pane) ShowEmpty(m Message) { p.show(m.object(widget.HighImportance)) }

// ShowFailed shows that the content could not be had, and a way to try again.
func (p *Pane) ShowFailed(title, text string, retry func()) {
	icon := theme.NewErrorThemedResource(theme.ErrorIcon())
	m := Message{Icon: icon, Title: title, Text: text, Action: lang.L("Try again"), OnAction: retry}
	p.show(m.object(widget.MediumImportance))
}

func (p *Pane) show(over fyne.CanvasObject) {
	p.stop()
	p.spinner.Stop() // a hidden one would go on turning, and painting
	p.over.RemoveAll()
	if over == nil {
		p.content.Show()
	} else {
		p.content.Hide()
		p.over.Add(over)
	}
	p.Refresh()
}

// CreateRenderer is for Fyne.
func (p *Pane) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(p.content, p.over))
}

func (m Message) object(importance widget.Importance) fyne.CanvasObject {
	title := look.Paragraph(m.Title)
	title.TextStyle.Bold = true
	title.SizeName = theme.SizeNameSubHeadingText
	text := look.Paragraph(m.Text)
	text.Importance = widget.LowImportance
	objects := []fyne.CanvasObject{look.Flush(text)}
	if m.Title != "" {
		objects = []fyne.CanvasObject{look.Flush(title), look.Flush(text)}
	}
	if m.Icon != nil {
		objects = append([]fyne.CanvasObject{container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(40), widget.NewIcon(m.Icon)))}, objects...)
	}
	if m.Action != "" {
		b := control.NewButton(m.Action, m.OnAction)
		b.Importance = importance
		objects = append(objects, container.NewCenter(b))
	}
	return centred(objects...)
}

// centred puts the objects below each other in the middle, as wide as is good to
// read.
func centred(objects ...fyne.CanvasObject) fyne.CanvasObject {
	for _, o := range objects {
		centreText(o)
	}
	column := look.Column(2*look.Gap, objects...)
	return container.New(readable{}, column)
}

func centreText(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *widget.Label:
		o.Alignment = fyne.TextAlignCenter
	case *fyne.Container:
		for _, child := range o.Objects {
			centreText(child)
		}
	}
}

// Widths of a message, in Fyne's pixels: where there is room, and where there is
// least.
const (
	wide   = 460
	narrow = 140
)

// readable is a layout of one object in the middle, just wide enough to read.
type readable struct{}

func (readable) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if objects[0].Size().Width < narrow {
		objects[0].Resize(fyne.NewSize(wide, 0)) // texts wrap
	}
	return fyne.NewSize(narrow, objects[0].MinSize().Height)
}

func (readable) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(wide, size.Width)
	objects[0].Resize(fyne.NewSize(width, size.Height)) // texts wrap
	height := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(width, height))
	objects[0].Move(fyne.NewPos((size.Width-width)/2, (size.Height-height)/2))
}
