package dialog_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/widgetstest"
)

// asked is a dialog over a window, and how it was answered.
type asked struct {
	*dialog.Dialog
	*widgetstest.Window
	t                    *testing.T
	confirmed, cancelled int
	behind               int // keys and taps that reached the window
}

func ask(t *testing.T, cfg dialog.Config) *asked {
	t.Helper()
	a := &asked{t: t}
	page := control.NewButton("Behind", func() { a.behind++ })
	a.Window = widgetstest.Open(t, container.NewVBox(page), 700, 500)
	a.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { a.behind++ })
	a.Canvas().Focus(page)
	cfg.OnConfirm = func() { a.confirmed++ }
	cfg.OnCancel = func() { a.cancelled++ }
	a.Dialog = dialog.Show(a.Canvas(), cfg)
	return a
}

func (a *asked) want(confirmed, cancelled int) {
	a.t.Helper()
	if a.confirmed != confirmed || a.cancelled != cancelled {
		a.t.Errorf("confirmed %d, cancelled %d; want %d, %d", a.confirmed, a.cancelled, confirmed, cancelled)
	}
}

func (a *asked) wantOpen(open bool) {
	a.t.Helper()
	if got := a.Canvas().Overlays().Top() != nil; got != open {
		a.t.Errorf("open: %v, want %v", got, open)
	}
}

func save() dialog.Config {
	return dialog.Config{Title: "Save without a preview?", Text: "The preview is not there yet.", Confirm: "Save"}
}

func remove() dialog.Config {
	return dialog.Config{Title: "Delete client Acme?", Text: "Acme loses its access at once.", Confirm: "Delete", Cancel: "Keep", Destructive: true}
}

func TestEnterIsTheButtonTheDialogIsThereFor(t *testing.T) {
	a := ask(t, save())
	a.WantTexts("Save without a preview?", "The preview is not there yet.", "Save", "Cancel")
	a.Press(fyne.KeyReturn)
	a.want(1, 0)
	a.wantOpen(false)
}

func TestWhereThereIsNothingToFillInEnterIsStillThatButton(t *testing.T) {
	cfg := save()
	cfg.Content = widget.NewLabel("What it changes")
	a := ask(t, cfg)
	a.Press(fyne.KeyReturn)
	a.want(1, 0)
}

func TestEnterDoesNoHarmWhereSomethingWouldBeLost(t *testing.T) {
	a := ask(t, remove())
	a.Press(fyne.KeyReturn)
	a.want(0, 1)
	a.wantOpen(false)
}

func TestEnterDoesNoHarmAfterAClickBesideTheDialog(t *testing.T) {
	a := ask(t, remove())
	a.Canvas().Unfocus()
	a.Press(fyne.KeyReturn, fyne.KeyEnter)
	a.want(0, 0)
	a.wantOpen(true)
	a.Press(fyne.KeyEscape)
	a.want(0, 1)
}

func TestADestructiveDialogIsConfirmedByKeyboardOnPurpose(t *testing.T) {
	a := ask(t, remove())
	a.Press(fyne.KeyTab, fyne.KeyReturn)
	a.want(1, 0)
}

func TestEscapeCancelsWhereverTheFocusIs(t *testing.T) {
	for tabs := range 4 {
		a := ask(t, dialog.Config{Title: "Rename?", Confirm: "Rename", Content: widget.NewLabel("content")})
		for range tabs {
			a.Press(fyne.KeyTab)
		}
		a.Press(fyne.KeyEscape)
		a.want(0, 1)
		a.wantOpen(false)
	}
	a := ask(t, save())
	a.Canvas().Unfocus()
	a.Press(fyne.KeyEscape)
	a.want(0, 1)
}

func TestFieldsInADialogHandKeysOn(t *testing.T) {
	name := control.NewEntry("")
	a := ask(t, dialog.Config{Title: "Rename Acme", Confirm: "Rename", Content: form.NewRow("Name", name, "")})
	name.OnKey = a.Key
	a.Type("Acme Bank")
	a.Press(fyne.KeyReturn)
	a.want(1, 0)
	if name.Text != "Acme Bank" {
		t.Errorf("the field has %q", name.Text)
	}
}

func TestADialogWithMistakesCannotBeConfirmed(t *testing.T) {
	a := ask(t, save())
	a.SetEnabled(false)
	a.Press(fyne.KeyReturn)
	a.Canvas().Unfocus()
	a.Press(fyne.KeyReturn)
	a.Tap("Save")
	a.want(0, 0)
	a.SetEnabled(true)
	a.Tap("Save")
	a.want(1, 0)
}

func TestADestructiveDialogLooksAsItDid(t *testing.T) {
	a := ask(t, remove())
	a.WantMarkup("destructive")
}

func TestTheNameHasToBeTyped(t *testing.T) {
	cfg := remove()
	cfg.Name = "Acme"
	a := ask(t, cfg)
	a.WantTexts("Type the name to go on", "Acme")
	a.Press(fyne.KeyReturn)
	a.Tap("Delete")
	a.Press(fyne.KeyTab)
	a.Type("Acm")
	a.Press(fyne.KeyReturn)
	a.SetEnabled(true)
	a.Press(fyne.KeyReturn)
	a.want(0, 0)
	a.Type("e ")
	a.Press(fyne.KeyReturn)
	a.want(1, 0)
}

func TestTheWindowBehindGetsNothing(t *testing.T) {
	a := ask(t, save())
	a.Canvas().Unfocus()
	a.Press(fyne.KeyX)
	if a.behind != 0 {
		t.Error("a key reached the window")
	}
	a.Press(fyne.KeyEscape)
	a.Canvas().Unfocus()
	a.Press(fyne.KeyX)
	if a.behind != 1 {
		t.Error("the window does not have its keys back")
	}
}

func TestAnAnswerCountsOnce(t *testing.T) {
	a := ask(t, save())
	a.Press(fyne.KeyReturn)
	a.Key(fyne.KeyReturn)
	a.Key(fyne.KeyEscape)
	a.Close()
	a.want(1, 0)
}

func TestCloseCallsNobody(t *testing.T) {
	a := ask(t, save())
	a.Close()
	a.want(0, 0)
	a.wantOpen(false)
}

func TestADialogIsNoWiderThanTheWindow(t *testing.T) {
	cfg := save()
	cfg.Title, cfg.Text, cfg.Width = strings.Repeat("long ", 60), strings.Repeat("long ", 60), 5000
	a := ask(t, cfg)
	for _, b := range widgetstest.Find[*control.Button](a.Window) {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
		if end := at.Add(b.Size()); end.X > 668 || end.Y > 500 {
			t.Errorf("%s ends at %v: at the edge, or beyond", b.Text, end)
		}
	}
}

func TestEverythingOverAWindowIsCancelledAtOnce(t *testing.T) {
	a := ask(t, save())
	second := 0
	dialog.Show(a.Canvas(), dialog.Config{Title: "Go on?", Confirm: "Yes", OnCancel: func() { second++ }})
	widget.ShowPopUpAtPosition(widget.NewLabel("a menu"), a.Canvas(), fyne.NewPos(10, 10))
	dialog.CancelAll(a.Canvas())
	a.wantOpen(false)
	a.want(0, 1)
	if second != 1 {
		t.Errorf("the second was cancelled %d times", second)
	}
	a.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if a.behind != 1 {
		t.Error("the window does not have its keys back")
	}
}

func TestWhatIsOnlyLookedAtHasOneButton(t *testing.T) {
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape} {
		a := ask(t, dialog.Config{Title: "Names", Cancel: "Close", Content: widget.NewLabel("content")})
		a.WantTexts("Close")
		a.Canvas().Unfocus()
		a.Press(key)
		a.want(0, 1)
		a.wantOpen(false)
	}
}

func TestADialogThatIsTriedStaysOpenUntilItWorked(t *testing.T) {
	tried := 0
	cfg := save()
	cfg.OnTry = func() { tried++ }
	a := ask(t, cfg)
	a.Press(fyne.KeyReturn)
	a.Tap("Save")
	a.want(0, 0)
	a.wantOpen(true)
	if tried != 2 || a.Closed() {
		t.Errorf("tried %d times, closed: %v", tried, a.Closed())
	}
	a.Close()
	a.Key(fyne.KeyReturn)
	a.want(0, 0)
	a.wantOpen(false)
	if tried != 2 || !a.Closed() {
		t.Errorf("tried %d times, closed: %v", tried, a.Closed())
	}
}
