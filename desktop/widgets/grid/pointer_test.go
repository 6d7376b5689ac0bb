package grid_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/desktop/widgets/widgetstest"
)

// Places in a window of the tests: rows are 40 high, below a header of 42.
const (
	tickX = 20
	moreX = 680
)

func rowY(i int) float32 { return 42 + 40*float32(i) + 18 }

func tapAt(w *widgetstest.Window, x, y float32) { test.TapCanvas(w.Canvas(), fyne.NewPos(x, y)) }

// pressed tells the row at i which keys are held, as a window does before a tap.
func pressed(t *testing.T, w *widgetstest.Window, i int, mod fyne.KeyModifier) {
	t.Helper()
	rows := widgetstest.Find[desktop.Mouseable](w)
	for _, r := range rows {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(r.(fyne.CanvasObject))
		if at.Y < rowY(i) && rowY(i) < at.Y+r.(fyne.CanvasObject).Size().Height {
			if _, isRow := r.(fyne.SecondaryTappable); isRow {
				r.MouseDown(&desktop.MouseEvent{Modifier: mod})
				return
			}
		}
	}
	t.Fatalf("no row %d among %d", i, len(rows))
}

func TestTwoTapsInARowOpenIt(t *testing.T) {
	tb, w := open(t, 6)
	tapAt(w, 200, rowY(1))
	tapAt(w, 200, rowY(2))
	tb.now = tb.now.Add(time.Second)
	tapAt(w, 200, rowY(2))
	wantIDs(t, "opened by single taps", tb.opened)
	tapAt(w, 200, rowY(2))
	wantIDs(t, "opened by a double one", tb.opened, "c2")
	tapAt(w, 200, rowY(2))
	wantIDs(t, "opened by a third", tb.opened, "c2")
	tb.Focus() // as when the page is shown again
	tapAt(w, 200, rowY(2))
	wantIDs(t, "opened by taps with another page between them", tb.opened, "c2")
}

func TestTicksAreTappedOneByOneAndAllAtOnce(t *testing.T) {
	tb, w := open(t, 6)
	tapAt(w, tickX, rowY(1))
	tapAt(w, tickX, rowY(4))
	wantIDs(t, "ticked", tb.Ticked(), "c1", "c4")
	tapAt(w, tickX, rowY(1))
	wantIDs(t, "ticked", tb.Ticked(), "c4")
	tapAt(w, tickX, 20)
	wantEqual(t, "ticked by the header", len(tb.Ticked()), 6)
	tapAt(w, tickX, 20)
	wantIDs(t, "unticked by the header", tb.Ticked())
	wantEqual(t, "told", tb.ticks, 5)
}

func TestATapWithShiftTicksARange(t *testing.T) {
	tb, w := open(t, 8)
	tapAt(w, tickX, rowY(1))
	pressed(t, w, 4, fyne.KeyModifierShift)
	tapAt(w, 200, rowY(4))
	wantIDs(t, "ticked", tb.Ticked(), "c1", "c2", "c3", "c4")
	pressed(t, w, 6, fyne.KeyModifierShortcutDefault)
	tapAt(w, 200, rowY(6))
	wantIDs(t, "with Control", tb.Ticked(), "c1", "c2", "c3", "c4", "c6")
	wantEqual(t, "selected", tb.Selected(), "c6")
}

func TestTicksStayWithTheirRows(t *testing.T) {
	tb, w := open(t, 6)
	tapAt(w, tickX, rowY(1))
	tapAt(w, tickX, rowY(4))
	slices.Reverse(tb.rows)
	tb.Reload()
	wantIDs(t, "ticked", tb.Ticked(), "c4", "c1")
	all := tb.rows
	tb.rows = tb.rows[:3]
	tb.Reload()
	wantIDs(t, "when one is not listed", tb.Ticked(), "c4", "c1")
	n, unlisted := tb.CountTicked()
	wantEqual(t, "how many", fmt.Sprint(n, unlisted), "2 1")
	tapAt(w, tickX, 20)
	tapAt(w, tickX, 20)
	wantIDs(t, "after all that are listed were ticked and unticked", tb.Ticked(), "c1")
	tb.rows = all
	tb.Reload()
	wantIDs(t, "when it is listed again", tb.Ticked(), "c1")
	tb.Untick(func(id string) bool { return id == "c1" })
	wantIDs(t, "when it is gone", tb.Ticked())
}

func TestTicksOfRowsThatMayNotBeLoadedAreKept(t *testing.T) {
	tb, w := open(t, 6)
	tapAt(w, tickX, rowY(1))
	tb.missing[1] = true
	tb.Reload()
	delete(tb.missing, 1)
	tb.Reload()
	wantIDs(t, "ticked", tb.Ticked(), "c1")
}

func TestTheMenuOfARowIsBehindTheDotsAndTheOtherButton(t *testing.T) {
	tb, w := open(t, 6)
	tapAt(w, moreX, rowY(2))
	w.Tap("Suspend Cobalt")
	otherTap(w, 3)
	wantEqual(t, "selected", tb.Selected(), "c3")
	w.Tap("Suspend Delta Foods")
	wantIDs(t, "chosen", tb.chosen, "c2", "c3")
}

func TestARowThatIsNotLoadedHasNoMenu(t *testing.T) {
	tb, w := open(t, 6)
	tb.missing[2] = true
	tb.Reload()
	otherTap(w, 2)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("a menu for a row that is not there")
	}
}

// otherTap taps the row at i with the other button.
func otherTap(w *widgetstest.Window, i int) {
	for _, o := range widgetstest.Find[fyne.SecondaryTappable](w) {
		if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o.(fyne.CanvasObject)); at.Y > rowY(i)-20 && at.Y < rowY(i) {
			test.TapSecondary(o)
			return
		}
	}
}

func TestTheTipOfACellComesWhenThePointerRests(t *testing.T) {
	pump := asynctest.New(t)
	tips := tooltip.NewLayer(pump.After)
	tb := newTable(6, func(cfg *grid.Config[client]) { cfg.Tips = tips })
	w := widgetstest.Open(t, container.NewStack(tb, tips), 700, 440)
	w.Hover("mail2@client.example")
	pump.Advance(time.Second)
	w.WantTexts("Write to mail2@client.example")
	w.Hover("Cobalt")
	pump.Advance(time.Second)
	w.WantNoTexts("Write to mail2@client.example")
	if n := len(w.Texts()); n != 3+6*3 {
		t.Errorf("%d texts: a tip for a name that can be read", n)
	}
	tb.rows[2].name = strings.Repeat("Long Name, ", 4) + "Limited"
	tb.RefreshItem(2)
	test.MoveMouse(w.Canvas(), fyne.NewPos(100, rowY(2)))
	pump.Advance(time.Second)
	w.WantTexts(tb.rows[2].name)
}

func TestASentenceGoesOnInASecondLine(t *testing.T) {
	pump := asynctest.New(t)
	tips := tooltip.NewLayer(pump.After)
	tb := newTable(6, func(cfg *grid.Config[client]) { cfg.Tips, cfg.Columns[0].Wrap = tips, true })
	tb.rows[2].name = "It goes on to say much more than there is room for in one line"
	tb.rows[3].name = strings.Repeat("It says far too much. ", 9) + "That is all."
	w := widgetstest.Open(t, container.NewStack(tb, tips), 700, 440)
	var lines []string
	for _, text := range w.Texts() {
		if strings.HasPrefix(tb.rows[2].name, text) || strings.HasSuffix(tb.rows[2].name, text) {
			lines = append(lines, text)
		}
	}
	if len(lines) != 2 || strings.Join(lines, " ") != tb.rows[2].name {
		t.Errorf("lines %q", lines)
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(100, rowY(2)))
	pump.Advance(time.Second)
	w.WantNoTexts(tb.rows[2].name) // it can be read as it is
	test.MoveMouse(w.Canvas(), fyne.NewPos(100, rowY(3)))
	pump.Advance(time.Second)
	if all := strings.Join(w.Texts(), " "); !strings.Contains(all, tb.rows[3].name) {
		t.Errorf("no tip has the rest; shown is %q", all)
	}
}

func TestThePencilSaysWhatItIsFor(t *testing.T) {
	pump := asynctest.New(t)
	tips := tooltip.NewLayer(pump.After)
	tb := newTable(6, func(cfg *grid.Config[client]) {
		cfg.Tips, cfg.OnEdit, cfg.EditTip = tips, func(string) {}, "Edit it"
	})
	w := widgetstest.Open(t, container.NewStack(tb, tips), 700, 440)
	test.MoveMouse(w.Canvas(), fyne.NewPos(700-44-16, rowY(2)))
	pump.Advance(time.Second)
	w.WantTexts("Edit it")
	test.MoveMouse(w.Canvas(), fyne.NewPos(700-20, rowY(2)))
	pump.Advance(time.Second)
	w.WantNoTexts("Edit it")
}

func TestThePointerMarksTheRowItIsOn(t *testing.T) {
	_, w := open(t, 6)
	before := test.RenderToMarkup(w.Canvas())
	w.Hover("Cobalt")
	if test.RenderToMarkup(w.Canvas()) == before {
		t.Error("the row does not show it")
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(300, 430))
	if test.RenderToMarkup(w.Canvas()) != before {
		t.Error("the mark stays")
	}
}

func TestTheMarkDoesNotScrollAwayWithTheRow(t *testing.T) {
	scrolled := func(hovered bool) string {
		_, w := open(t, 1000)
		if hovered {
			w.Hover("Cobalt")
		}
		for range 2 { // until the row is used again
			test.Scroll(w.Canvas(), fyne.NewPos(200, 200), 0, -4000)
		}
		return test.RenderToMarkup(w.Canvas())
	}
	if diff := cmp.Diff(scrolled(false), scrolled(true)); diff != "" {
		t.Error(diff)
	}
}

func TestColumnsThatDoNotFitAreScrolled(t *testing.T) {
	tb := newTable(6, nil)
	w := widgetstest.Open(t, tb, 400, 440)
	y := func() float32 { return rowY(1) }
	const view = 400 - 40 - 44 // the name fills it, as the only column that fits
	at := float32(40 + view + 10)
	wantEqual(t, "x of the e-mail", textX(w, "mail1@client.example"), at)
	test.Scroll(w.Canvas(), fyne.NewPos(200, y()), -50, 0)
	wantEqual(t, "x of the e-mail, scrolled", textX(w, "mail1@client.example"), at-50)
	wantEqual(t, "x of its title, scrolled", textX(w, "E-mail"), at-50)
	test.Scroll(w.Canvas(), fyne.NewPos(200, y()), -5000, 0)
	wantEqual(t, "x of the e-mail, at the end", textX(w, "mail1@client.example"), at-200-120)
	test.Drag(w.Canvas(), fyne.NewPos(200, 433), -5000, 0)
	wantEqual(t, "x of the e-mail, dragged back", textX(w, "mail1@client.example"), at)
	tapAt(w, 350, 433)
	wantEqual(t, "x of the e-mail, a page on", textX(w, "mail1@client.example"), at-view)
	tapAt(w, 45, 433)
	wantEqual(t, "x of the e-mail, a page back", textX(w, "mail1@client.example"), at)
	w.Window.Resize(fyne.NewSize(900, 440))
	wantEqual(t, "x of the name when all fits", textX(w, "Acme Bank"), float32(40+10))
}

func TestTheWheelScrollsTheRows(t *testing.T) {
	_, w := open(t, 1000)
	test.Scroll(w.Canvas(), fyne.NewPos(200, 200), 0, -4000)
	w.WantTexts("mail100@client.example")
	w.WantNoTexts("mail0@client.example")
	test.Scroll(w.Canvas(), fyne.NewPos(200, 200), 0, 90000)
	w.WantTexts("mail0@client.example")
}

func TestReloadDoesNotScroll(t *testing.T) {
	tb, w := open(t, 1000)
	test.Scroll(w.Canvas(), fyne.NewPos(200, 200), 0, -4000)
	tb.Select("")
	tb.rows = slices.Insert(tb.rows, 900, client{id: "new", name: "New"})
	tb.Reload()
	w.WantTexts("mail100@client.example", "mail101@client.example")
}

func TestColumnsAreDraggedWider(t *testing.T) {
	tb, w := open(t, 6)
	edge := float32(40 + 296) // the first column has grown by what was left over
	test.Drag(w.Canvas(), fyne.NewPos(edge, 20), 30, 0)
	wantEqual(t, "width", tb.told["name"], 326)
	wantEqual(t, "x of the e-mail", textX(w, "mail1@client.example"), float32(40+326+10))
	test.Drag(w.Canvas(), fyne.NewPos(40+326, 20), -3000, 0)
	wantEqual(t, "least width", tb.told["name"], 48)
	want := map[string]float32{"name": 48}
	if got := tb.Widths(); !maps.Equal(got, want) {
		t.Errorf("widths %v, want %v", got, want)
	}
	tb.SetWidths(map[string]float32{"name": 170, "email": 250, "gone": 5})
	wantEqual(t, "x of the e-mail when set", textX(w, "mail1@client.example"), float32(40+170+10))
	tb.ResetWidths()
	wantEqual(t, "x of the e-mail as at first", textX(w, "mail1@client.example"), float32(40+296+10))
}

func TestAnEdgeFollowsThePointer(t *testing.T) {
	_, w := open(t, 6)
	x := textX(w, "0")
	edge := float32(40 + 296 + 200) // of the e-mail: the name before it has grown
	for range 4 {
		test.Drag(w.Canvas(), fyne.NewPos(edge, 20), 10, 0)
		edge += 10
	}
	wantEqual(t, "x of the e-mail", textX(w, "mail1@client.example"), float32(40+296+10))
	wantEqual(t, "x of the number", textX(w, "0"), x+40)
}

func TestADoubleClickOnItsEdgeResetsAColumn(t *testing.T) {
	tb, w := open(t, 6)
	before := textX(w, "mail1@client.example")
	test.Drag(w.Canvas(), fyne.NewPos(40+296, 20), 30, 0)
	test.DoubleTap(edgeOf(t, w, 0))
	wantEqual(t, "x of the e-mail", textX(w, "mail1@client.example"), before)
	if _, own := tb.told["name"]; own {
		t.Error("a column as wide as at first is said to have a width of its own")
	}
}

// edgeOf returns the right edge of a column in the header.
func edgeOf(t *testing.T, w *widgetstest.Window, column int) fyne.DoubleTappable {
	t.Helper()
	edges := widgetstest.Find[interface {
		fyne.DoubleTappable
		fyne.Draggable
	}](w)
	if len(edges) <= column {
		t.Fatalf("only %d edges", len(edges))
	}
	return edges[column]
}

func TestColumnsAreMadeWiderByKeyboard(t *testing.T) {
	tb, w := open(t, 6)
	w.Press(fyne.KeyTab, fyne.KeyRight) // the header, and the second column
	w.Type("++-")
	wantEqual(t, "width", tb.told["email"], 216)
	w.Type(strings.Repeat("-", 100))
	wantEqual(t, "least width", tb.told["email"], 48)
	w.Type("0")
	if _, own := tb.told["email"]; own {
		t.Error("a column as wide as at first is said to have a width of its own")
	}
}

// textX returns where the text begins.
func textX(w *widgetstest.Window, text string) float32 { return w.Place(text).X }

// insert puts a row above all others.
func (tb *table) insert(id string) {
	tb.rows = slices.Insert(tb.rows, 0, client{id: id, name: "New", email: id + "@client.example"})
	tb.Reload()
}

func TestWhatIsSeenStaysWhereItIs(t *testing.T) {
	tb, w := open(t, 1000)
	test.Scroll(w.Canvas(), fyne.NewPos(200, 200), 0, -4000)
	before := w.Place("mail102@client.example")
	tb.insert("new")
	wantEqual(t, "when a row has come above", w.Place("mail102@client.example"), before)
	tb.rows = slices.Delete(tb.rows, 3, 8)
	tb.Reload()
	wantEqual(t, "when rows have gone above", w.Place("mail102@client.example"), before)
	moved := slices.IndexFunc(tb.rows, func(c client) bool { return c.id == "c100" }) // the first that is seen
	row := tb.rows[moved]
	tb.rows = slices.Insert(slices.Delete(tb.rows, moved, moved+1), 0, row)
	tb.Reload()
	wantEqual(t, "when a row that is seen has gone to the top", w.Place("mail102@client.example").Y, before.Y)
	tb.SetSort(grid.Sort{Key: "name"})
	tb.Reload()
	place := slices.IndexFunc(tb.rows, func(c client) bool { return c.id == "c102" })
	tb.rows = slices.Concat(tb.rows[50:], tb.rows[:50])
	tb.Reload()
	wantEqual(t, "in another order, the row in its place", w.Place(tb.rows[place].email).Y, before.Y)
	tb.insert("last")
	wantEqual(t, "and after that", w.Place(tb.rows[place+1].email).Y, before.Y)
}

func TestTheTopOfTheListShowsWhatComesUnlessThePointerIsThere(t *testing.T) {
	tb, w := open(t, 1000)
	tb.insert("first")
	w.WantTexts("first@client.example")
	w.Hover("Cobalt")
	before := w.Place("Cobalt")
	tb.insert("second")
	tb.insert("third")
	wantEqual(t, "the row under the pointer", w.Place("Cobalt"), before)
	test.MoveMouse(w.Canvas(), fyne.NewPos(200, 10))
	test.Scroll(w.Canvas(), fyne.NewPos(200, 200), 0, 4000)
	tb.insert("fourth")
	w.WantTexts("fourth@client.example")
}

func TestAnActIsAboutTheRowThatWasPressed(t *testing.T) {
	for name, test := range map[string]struct {
		x   float32
		did func(tb *table, w *widgetstest.Window) string
	}{
		"a tap":    {200, func(tb *table, _ *widgetstest.Window) string { return tb.Selected() }},
		"a tick":   {tickX, func(tb *table, _ *widgetstest.Window) string { return strings.Join(tb.Ticked(), " ") }},
		"the menu": {moreX, func(tb *table, w *widgetstest.Window) string { w.Tap("Suspend Cobalt"); return tb.chosen[0] }},
	} {
		t.Run(name, func(t *testing.T) {
			tb, w := open(t, 1000)
			at := fyne.NewPos(test.x, rowY(2))
			w.Hover("Cobalt")
			pressAt(t, w, at)
			tb.insert("new") // the row stays under the pointer: only there the tap comes
			wantEqual(t, "the next row", w.Place("Cobalt").Y, rowY(3)-18)
			tapAt(w, at.X, at.Y)
			wantEqual(t, "done with", test.did(tb, w), "c2")
		})
	}
	t.Run("one that is gone", func(t *testing.T) {
		tb, w := open(t, 1000)
		pressAt(t, w, fyne.NewPos(tickX, rowY(2)))
		tb.rows = slices.Delete(tb.rows, 2, 3)
		tb.Reload()
		tapAt(w, tickX, rowY(2))
		wantIDs(t, "ticked", tb.Ticked())
	})
}

// pressAt has the button go down at a place, as a window does before a tap.
func pressAt(t *testing.T, w *widgetstest.Window, at fyne.Position) {
	t.Helper()
	var pressed desktop.Mouseable
	for _, o := range widgetstest.Find[desktop.Mouseable](w) {
		from := fyne.CurrentApp().Driver().AbsolutePositionForObject(o.(fyne.CanvasObject))
		size := o.(fyne.CanvasObject).Size()
		if from.X <= at.X && at.X < from.X+size.Width && from.Y <= at.Y && at.Y < from.Y+size.Height {
			pressed = o
		}
	}
	if pressed == nil {
		t.Fatalf("nothing can be pressed at %v", at)
	}
	pressed.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at}})
}
