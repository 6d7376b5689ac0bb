package state_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/widgets/state"
	"sightline.example/desktop/widgets/widgetstest"
)

func pane(t *testing.T) (*state.Pane, *asynctest.Pump, *widgetstest.Window) {
	t.Helper()
	pump := asynctest.New(t)
	p := state.NewPane(widget.NewLabel("the rows"), pump.After)
	return p, pump, widgetstest.Open(t, p, 600, 400)
}

func TestAnEmptyPaneSaysWhatToDo(t *testing.T) {
	p, _, w := pane(t)
	invited := 0
	p.ShowEmpty(state.Message{Icon: theme.AccountIcon(), Title: "No clients yet", Text: "Invite one.", Action: "Invite", OnAction: func() { invited++ }})
	w.Relayout()
	w.WantTexts("No clients yet", "Invite one.")
	w.WantNoTexts("the rows")
	w.Tap("Invite")
	if invited != 1 {
		t.Error("the action was not done")
	}
	p.ShowContent()
	w.WantTexts("the rows")
	w.WantNoTexts("No clients yet")
}

func TestAFailureCanBeTriedAgain(t *testing.T) {
	p, _, w := pane(t)
	retried := 0
	p.ShowFailed("The clients could not be loaded", "The sidecar does not answer.", func() { retried++ })
	w.Relayout()
	w.WantTexts("The clients could not be loaded", "The sidecar does not answer.")
	w.Tap("Try again")
	if retried != 1 {
		t.Error("it was not tried again")
	}
}

func TestWhatLoadsQuicklyDoesNotFlicker(t *testing.T) {
	p, pump, w := pane(t)
	p.ShowLoading("Loading clients…")
	pump.Advance(299 * time.Millisecond)
	w.WantTexts("the rows")
	p.ShowContent()
	pump.Advance(time.Second)
	w.WantTexts("the rows")
	w.WantNoTexts("Loading clients…")
}

func TestWhatLoadsSlowlySaysSo(t *testing.T) {
	p, pump, w := pane(t)
	p.ShowLoading("Loading clients…")
	pump.Advance(300 * time.Millisecond)
	w.WantTexts("Loading clients…")
	w.WantNoTexts("the rows")
}

func TestLongMessagesDoNotWidenTheWindow(t *testing.T) {
	p, _, w := pane(t)
	long := strings.Repeat("long ", 20)
	p.ShowEmpty(state.Message{Title: long, Text: long})
	w.WantFits()
}

func TestAMessageFitsANarrowPanel(t *testing.T) {
	p, _, w := pane(t)
	p.ShowFailed("The clients could not be loaded", strings.Repeat("Nothing answered. ", 6), func() {})
	w.Relayout()
	if width := p.MinSize().Width; width > 200 {
		t.Errorf("it needs a width of %v", width)
	}
}
