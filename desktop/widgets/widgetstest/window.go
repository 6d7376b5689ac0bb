// Package widgetstest opens widgets in windows that exist in memory only, for
// tests: with the app's theme, acted on by tapping and typing, and read by what
// stands on them.
//
// Fyne has one current app, so tests that use this package do not run in
// parallel.
package widgetstest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sightline.example/desktop/widgets/look"
)

// Window is a window of a test.
type Window struct {
	fyne.Window
	t testing.TB
}

// Open shows content in a window of the size, in the light theme.
func Open(t testing.TB, content fyne.CanvasObject, width, height float32) *Window {
	t.Helper()
	return OpenIn(t, look.Light, content, width, height)
}

// Start makes the app of the test, with the app's theme. Open does that too: only
// widgets that are refreshed before they are shown need it sooner.
func Start(t testing.TB, v look.Variant) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.New(v))
}

// OpenIn is Open in a variant of the theme.
func OpenIn(t testing.TB, v look.Variant, content fyne.CanvasObject, width, height float32) *Window {
	t.Helper()
	if _, started := fyne.CurrentApp().Settings().Theme().(*look.Theme); !started {
		Start(t, v)
	}
	w := &Window{Window: fyne.CurrentApp().NewWindow("test"), t: t}
	w.SetPadded(false)
	w.SetContent(content)
	w.Window.Resize(fyne.NewSize(width, height))
	t.Cleanup(w.Close)
	return w
}

// Over returns the Window of a test for one that was opened by an app.
func Over(t testing.TB, w fyne.Window) *Window { return &Window{Window: w, t: t} }

// Relayout lays everything out again. In-memory windows do not do that by
// themselves when something in them has grown.
func (w *Window) Relayout() {
	size := w.Canvas().Size()
	w.Window.Resize(size.AddWidthHeight(1, 1))
	w.Window.Resize(size)
}

// Tap taps the middle of what shows the text. The test fails if nothing does.
func (w *Window) Tap(text string) {
	w.t.Helper()
	test.TapCanvas(w.Canvas(), w.find(text, false).middle())
}

// TapLast is Tap for the last one that shows the text.
func (w *Window) TapLast(text string) {
	w.t.Helper()
	test.TapCanvas(w.Canvas(), w.find(text, true).middle())
}

// Hover moves the pointer to the middle of what shows the text.
func (w *Window) Hover(text string) {
	w.t.Helper()
	test.MoveMouse(w.Canvas(), w.find(text, false).middle())
}

// Type types into whatever has the focus. The test fails if nothing has.
func (w *Window) Type(text string) {
	w.t.Helper()
	for _, r := range text {
		w.focused().TypedRune(r)
	}
}

// Press presses keys, one after the other, as the window would get them: they go
// to what has the focus, or else to the window. Tab moves the focus.
func (w *Window) Press(keys ...fyne.KeyName) {
	w.t.Helper()
	for _, key := range keys {
		focused := w.Canvas().Focused()
		switch {
		case key == fyne.KeyTab:
			w.Canvas().FocusNext()
		case focused != nil:
			focused.TypedKey(&fyne.KeyEvent{Name: key})
		case w.Canvas().OnTypedKey() != nil:
			w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: key})
		}
	}
}

func (w *Window) focused() fyne.Focusable {
	w.t.Helper()
	focused := w.Canvas().Focused()
	if focused == nil {
		w.t.Fatal("nothing has the focus")
	}
	return focused
}

// WantFits fails the test if the content asks for more room than the window has:
// a real window would grow by itself.
func (w *Window) WantFits() {
	w.t.Helper()
	least, have := w.Content().MinSize(), w.Canvas().Size()
	if least.Width > have.Width || least.Height > have.Height {
		w.t.Errorf("the content wants %v, the window has %v", least, have)
	}
}
