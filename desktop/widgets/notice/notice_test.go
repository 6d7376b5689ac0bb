package notice_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/desktop/widgets/widgetstest"
)

func tray(t *testing.T) (*notice.Tray, *asynctest.Pump, *widgetstest.Window) {
	t.Helper()
	pump := asynctest.New(t)
	tray := notice.NewTray(pump.After)
	return tray, pump, widgetstest.Open(t, container.NewStack(widget.NewButton("Under it", nil), tray), 600, 400)
}

func TestAToastGoesByItself(t *testing.T) {
	tray, pump, w := tray(t)
	tray.Add(notice.Toast{Text: "Invitation sent.", Tone: look.Success})
	w.WantTexts("Invitation sent.")
	pump.Advance(5 * time.Second)
	w.WantTexts("Invitation sent.")
	pump.Advance(time.Second)
	w.WantNoTexts("Invitation sent.")
}

func TestThereIsMoreTimeToUndo(t *testing.T) {
	tray, pump, w := tray(t)
	undone := 0
	tray.Add(notice.Toast{Text: "Acme suspended.", Action: "Undo", OnAction: func() { undone++ }})
	pump.Advance(9 * time.Second)
	w.Tap("Undo")
	w.WantNoTexts("Acme suspended.", "Undo")
	if undone != 1 || pump.Timers() != 0 {
		t.Errorf("undone %d times, %d timers left", undone, pump.Timers())
	}
}

func TestAFailureStaysUntilItIsTakenAway(t *testing.T) {
	tray, pump, w := tray(t)
	tray.Add(notice.Toast{Text: "The mail could not be sent.", Tone: look.Danger})
	pump.Advance(time.Hour)
	w.WantTexts("The mail could not be sent.")
	for _, b := range widgetstest.Find[fyne.Tappable](w) {
		if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b.(fyne.CanvasObject)); at.X > 500 {
			test.Tap(b)
			break
		}
	}
	w.WantNoTexts("The mail could not be sent.")
}

func TestMoreToastsThanFitWaitTheirTurn(t *testing.T) {
	tray, pump, w := tray(t)
	for i := range 5 {
		tray.Add(notice.Toast{Text: fmt.Sprint("Message ", i)})
		pump.Advance(time.Second)
	}
	w.WantTexts("Message 0", "Message 1", "Message 2")
	w.WantNoTexts("Message 3", "Message 4")
	pump.Advance(time.Second) // the first one's six are over
	w.WantTexts("Message 1", "Message 2", "Message 3")
	w.WantNoTexts("Message 0", "Message 4")
	pump.Advance(6 * time.Second)
	w.WantNoTexts("Message 1", "Message 2", "Message 3")
	w.WantTexts("Message 4")
}

func TestAToastStaysWhileThePointerIsOnIt(t *testing.T) {
	tray, pump, w := tray(t)
	tray.Add(notice.Toast{Text: "Invitation sent."})
	w.Hover("Invitation sent.")
	pump.Advance(time.Hour)
	w.WantTexts("Invitation sent.")
	test.MoveMouse(w.Canvas(), fyne.NewPos(5, 5))
	pump.Advance(6 * time.Second)
	w.WantNoTexts("Invitation sent.")
}

func TestTheTrayLetsTapsThrough(t *testing.T) {
	pump := asynctest.New(t)
	tray := notice.NewTray(pump.After)
	tapped := false
	w := widgetstest.Open(t, container.NewStack(widget.NewButton("Under it", func() { tapped = true }), tray), 600, 400)
	tray.Add(notice.Toast{Text: "Invitation sent."})
	w.Tap("Under it")
	if !tapped {
		t.Error("the tray took the tap")
	}
}

func TestALongToastStaysInTheWindow(t *testing.T) {
	tray, _, w := tray(t)
	tray.Add(notice.Toast{Text: strings.Repeat("a long explanation ", 15), Action: "Undo"})
	w.WantFits()
	for _, h := range widgetstest.Find[desktop.Hoverable](w) {
		o := h.(fyne.CanvasObject)
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		if at.X < 0 || at.X+o.Size().Width > 600 || at.Y+o.Size().Height > 400 {
			t.Errorf("something lies at %v, %v", at, o.Size())
		}
	}
}

func banner(t *testing.T) (*notice.Banner, *asynctest.Pump, *widgetstest.Window) {
	t.Helper()
	pump := asynctest.New(t)
	b := notice.NewBanner(pump.After)
	return b, pump, widgetstest.Open(t, container.NewBorder(b, nil, nil, nil, widget.NewLabel("page")), 600, 400)
}

func TestABannerStaysUntilItIsCleared(t *testing.T) {
	b, pump, w := banner(t)
	if b.Visible() {
		t.Error("it is there before there is anything to say")
	}
	retried := 0
	b.Set(look.Warning, "You may read, not change.", notice.Action{Text: "Why?", Do: func() { retried++ }})
	w.Relayout()
	pump.Advance(time.Hour)
	w.WantTexts("You may read, not change.")
	w.Tap("Why?")
	if retried != 1 {
		t.Error("the action was not done")
	}
	b.Set(look.Info, "Changed by bob.")
	w.WantNoTexts("You may read, not change.", "Why?")
	b.Clear()
	w.WantNoTexts("Changed by bob.")
}

func TestAButtonOfABannerKeepsTheKeyboard(t *testing.T) {
	b, _, w := banner(t)
	did := ""
	set := func(text, action, what string) {
		b.Set(look.Warning, text, notice.Action{Text: action, Do: func() { did += what }})
		w.Relayout()
	}
	set("Changed by bob.", "Merge…", "old ")
	w.Press(fyne.KeyTab)
	set("Changed by eve.", "Merge…", "new ")
	w.Press(fyne.KeySpace)
	set("It is gone.", "Invite again", "other ")
	w.Press(fyne.KeySpace) // that is another button
	if did != "new " {
		t.Errorf("done was %q", did)
	}
}

func TestABannerCountsDown(t *testing.T) {
	b, pump, w := banner(t)
	done := 0
	text := func(left time.Duration) string {
		return fmt.Sprintf("Offline. Trying again in %d s.", left/time.Second)
	}
	b.CountDown(look.Danger, 2500*time.Millisecond, text, func() { done++ })
	w.WantTexts("Offline. Trying again in 3 s.")
	pump.Advance(2 * time.Second)
	w.WantTexts("Offline. Trying again in 1 s.")
	pump.Advance(time.Second)
	w.WantTexts("Offline. Trying again in 0 s.")
	if done != 1 || pump.Timers() != 0 {
		t.Errorf("done %d times, %d timers left", done, pump.Timers())
	}
}

func TestAnotherMessageEndsTheCountDown(t *testing.T) {
	b, pump, w := banner(t)
	text := func(time.Duration) string { return "counting" }
	b.CountDown(look.Danger, time.Minute, text, func() { t.Error("done") })
	b.Set(look.Info, "Back again.")
	pump.Advance(time.Hour)
	w.WantTexts("Back again.")
	b.CountDown(look.Danger, time.Minute, text, func() { t.Error("done") })
	b.Clear()
	pump.Advance(time.Hour)
}

func TestALongBannerDoesNotWidenTheWindow(t *testing.T) {
	b, _, w := banner(t)
	b.Set(look.Info, strings.Repeat("a long explanation ", 20), notice.Action{Text: "Reload"}, notice.Action{Text: "Merge"})
	w.WantFits()
}

func TestAClearedTrayOffersNothing(t *testing.T) {
	tray, pump, w := tray(t)
	for _, text := range []string{"One.", "Two.", "Three.", "Four."} {
		tray.Add(notice.Toast{Text: text, Action: "Undo"})
	}
	tray.Clear()
	w.WantNoTexts("One.", "Two.", "Three.", "Undo")
	if pump.Timers() != 0 {
		t.Errorf("%d timers are left", pump.Timers())
	}
	pump.Advance(time.Minute)
	w.WantNoTexts("Four.")
}
