package notice

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// Banner says, at the top of a page, how things stand: offline, read-only,
// changed by somebody else. It takes no room while it is hidden, which it is at
// first. It belongs to the UI goroutine.
type Banner struct {
	widget.BaseWidget

	after func(time.Duration, func()) (stop func())
	stop  func()
	text  *widget.Label
	icon  *widget.Icon
	panel *look.Panel
	row   *fyne.Container
	acts  []*control.Button // in the row
}

// Action is something that can be done about what a notice says.
type Action struct {
	Text string
	Do   func()
}

// NewBanner returns a hidden banner. after is that of an async.Dispatcher.
func NewBanner(after func(time.Duration, func()) (stop func())) *Banner {
	b := &Banner{after: after, stop: func() {}, text: look.Paragraph(""), icon: widget.NewIcon(nil), row: look.Row()}
	icon := container.NewPadded(container.NewCenter(b.icon))
	line := container.NewBorder(nil, nil, icon, container.NewCenter(b.row), b.text)
	b.panel = look.NewPanel("", look.Pad(look.Gap/2, line))
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// NewBar returns a hidden banner that goes across the window, from edge to edge.
func NewBar(after func(time.Duration, func()) (stop func())) *Banner {
	b := NewBanner(after)
	b.panel.Radius = 0.1
	b.panel.Content = container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), b.panel.Content)
	return b
}

// Set shows the banner with a text and what can be done.
func (b *Banner) Set(tone look.Tone, text string, actions ...Action) {
	b.stop()
	b.icon.SetResource(toneIcon(tone))
	b.panel.Fill, b.panel.Stroke = tone.Fill(), ""
	b.text.SetText(text)
	b.offer(actions)
	b.Show()
	b.Refresh()
}

// offer shows what can be done. Where that is called the same as before the buttons
// stay: one may have the keyboard, or be pressed right now.
func (b *Banner) offer(actions []Action) {
	same := slices.EqualFunc(b.acts, actions, func(shown *control.Button, a Action) bool { return shown.Text == a.Text })
	if !same {
		b.letGo()
		b.acts = nil
		b.row.RemoveAll()
	}
	for i, a := range actions {
		if !same {
			b.acts = append(b.acts, control.NewButton(a.Text, nil))
			b.row.Add(b.acts[i])
		}
		b.acts[i].OnTapped = a.Do
	}
}

// letGo takes the keyboard from the buttons, which would have it unseen.
func (b *Banner) letGo() {
	c := fyne.CurrentApp().Driver().CanvasForObject(b)
	if c != nil && slices.ContainsFunc(b.acts, func(shown *control.Button) bool { return c.Focused() == shown }) {
		c.Unfocus()
	}
}

// CountDown shows the banner with a text that tells how long is left. The text is
// asked for once a second, in whole seconds rounded up, and the last time with
// zero, after which done is called.
func (b *Banner) CountDown(tone look.Tone, left time.Duration, text func(left time.Duration) string, done func(), actions ...Action) {
	whole := (left + time.Second - 1).Truncate(time.Second)
	b.Set(tone, text(whole), actions...)
	b.tick(whole, text, done)
}

func (b *Banner) tick(left time.Duration, text func(left time.Duration) string, done func()) {
	if left <= 0 {
		done()
		return
	}
	b.stop = b.after(time.Second, func() {
		b.text.SetText(text(left - time.Second))
		b.tick(left-time.Second, text, done)
	})
}

// Clear hides the banner.
func (b *Banner) Clear() {
	b.stop()
	b.Hide()
}

// CreateRenderer is for Fyne.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.panel) }
