package notice

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// slice is a toast that is shown. While the pointer is on it, it stays.
type slice struct {
	widget.BaseWidget

	toast Toast
	after func(time.Duration, func()) (stop func())
	stop  func()
	away  func()
	panel *look.Panel
}

func newSlice(toast Toast, after func(time.Duration, func()) (stop func())) *slice {
	s := &slice{toast: toast, after: after, stop: func() {}}
	buttons := look.Row()
	if toast.Action != "" {
		buttons.Add(control.NewButton(toast.Action, s.act))
	}
	buttons.Add(control.NewIcon(theme.CancelIcon(), lang.L("Dismiss"), nil, func() { s.away() }))
	icon := container.NewPadded(container.NewCenter(widget.NewIcon(toneIcon(toast.Tone))))
	line := container.NewBorder(nil, nil, icon, container.NewCenter(buttons), look.Paragraph(toast.Text))
	s.panel = look.NewPanel(theme.ColorNameOverlayBackground, look.Pad(4, line))
	s.panel.Stroke, s.panel.Radius, s.panel.Raised = theme.ColorNameSeparator, 10, true
	s.ExtendBaseWidget(s)
	return s
}

func (s *slice) act() {
	s.away()
	if s.toast.OnAction != nil {
		s.toast.OnAction()
	}
}

// wait takes the toast away when its time has passed.
func (s *slice) wait() {
	s.stop()
	switch {
	case s.toast.Tone == look.Danger:
	case s.toast.Action != "":
		s.stop = s.after(stayToUndo, func() { s.away() })
	default:
		s.stop = s.after(stay, func() { s.away() })
	}
}

// MouseIn keeps the toast.
func (s *slice) MouseIn(*desktop.MouseEvent) { s.stop() }

// MouseMoved does nothing.
func (s *slice) MouseMoved(*desktop.MouseEvent) {}

// MouseOut lets the toast go after its time, counted anew.
func (s *slice) MouseOut() { s.wait() }

// CreateRenderer is for Fyne.
func (s *slice) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.panel) }

// toneIcon is the picture that goes with a tone.
func toneIcon(tone look.Tone) fyne.Resource {
	icons := map[look.Tone]fyne.Resource{
		look.Success: theme.ConfirmIcon(),
		look.Warning: theme.WarningIcon(),
		look.Danger:  theme.ErrorIcon(),
	}
	icon, ok := icons[tone]
	if !ok {
		icon = theme.InfoIcon()
	}
	themed := theme.NewThemedResource(icon)
	themed.ColorName = tone.Text()
	return themed
}
