// Package notice tells what has happened: in toasts, which come by themselves
// and go again, and in banners, which stay for as long as what they say is so.
package notice

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// How many toasts stand there at once, and for how long.
const (
	most       = 3
	stay       = 6 * time.Second
	stayToUndo = 10 * time.Second
)

// Toast is one message.
type Toast struct {
	Text string
	// Tone of danger keeps the toast until it is taken away: nobody misses a
	// failure by looking elsewhere.
	Tone look.Tone
	// Action is what can be done about it, such as "Undo". Tapping it calls
	// OnAction and takes the toast away.
	Action   string
	OnAction func()
}

// Tray shows toasts at the bottom right, and keeps those waiting for which there
// is no room. Stack it over the window's content; it lets everything through but
// the toasts themselves. It belongs to the UI goroutine.
type Tray struct {
	widget.BaseWidget

	after   func(time.Duration, func()) (stop func())
	box     *fyne.Container
	waiting []Toast
}

// NewTray returns an empty tray. after is that of an async.Dispatcher.
func NewTray(after func(time.Duration, func()) (stop func())) *Tray {
	t := &Tray{after: after, box: look.Column(look.Gap)}
	t.ExtendBaseWidget(t)
	return t
}

// Add shows the toast, or keeps it until there is room.
func (t *Tray) Add(toast Toast) {
	if len(t.box.Objects) >= most {
		t.waiting = append(t.waiting, toast)
		return
	}
	shown := newSlice(toast, t.after)
	shown.away = func() { t.takeAway(shown) }
	t.box.Add(shown)
	t.Refresh()
	shown.wait()
}

// Clear takes all toasts away, those too that wait: what they offer can't be done any
// more.
func (t *Tray) Clear() {
	t.waiting = nil
	for _, shown := range t.box.Objects {
		shown.(*slice).stop()
	}
	t.box.RemoveAll()
	t.Refresh()
}

func (t *Tray) takeAway(s *slice) {
	s.stop()
	t.box.Remove(s)
	t.Refresh()
	if len(t.waiting) > 0 {
		next := t.waiting[0]
		t.waiting = t.waiting[1:]
		t.Add(next)
	}
}

// CreateRenderer is for Fyne.
func (t *Tray) CreateRenderer() fyne.WidgetRenderer { return &trayRenderer{t} }

type trayRenderer struct{ tray *Tray }

// width of a toast.
const width float32 = 380

func (r *trayRenderer) Destroy()                     {}
func (r *trayRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *trayRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.tray.box} }

func (r *trayRenderer) Refresh() {
	r.Layout(r.tray.Size())
	r.tray.box.Refresh()
}

func (r *trayRenderer) Layout(size fyne.Size) {
	box := r.tray.box
	wide := min(width, size.Width-4*look.Gap)
	// Texts wrap: only at its width does a toast know its height.
	box.Resize(fyne.NewSize(wide, box.MinSize().Height))
	box.Resize(fyne.NewSize(wide, box.MinSize().Height))
	box.Move(fyne.NewPos(size.Width-wide-2*look.Gap, size.Height-box.Size().Height-2*look.Gap))
}
