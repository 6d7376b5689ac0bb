package form_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/widgetstest"
)

func TestTheMistakeTakesThePlaceOfTheHelp(t *testing.T) {
	row := form.NewRow("E-mail", control.NewEntry("name@example.com"), "The invitation goes here.")
	w := widgetstest.Open(t, container.NewVBox(row), 400, 200)
	w.WantTexts("E-mail", "name@example.com", "The invitation goes here.")
	row.SetError("This is not an e-mail address.")
	w.WantTexts("This is not an e-mail address.")
	w.WantNoTexts("The invitation goes here.")
	if got := row.Error(); got != "This is not an e-mail address." {
		t.Errorf("Error is %q", got)
	}
	row.SetError("")
	w.WantTexts("The invitation goes here.")
	w.WantNoTexts("This is not an e-mail address.")
	row.SetHelp("Another help.")
	w.WantTexts("Another help.")
}

func TestTabGoesFromFieldToField(t *testing.T) {
	first, second := control.NewEntry(""), control.NewEntry("")
	w := widgetstest.Open(t, container.NewVBox(form.NewRow("One", first, ""), form.NewRow("Two", second, "help")), 400, 200)
	for _, want := range []fyne.Focusable{first, second} {
		w.Press(fyne.KeyTab)
		if got := w.Canvas().Focused(); got != want {
			t.Errorf("the focus is on %v, want %v", got, want)
		}
	}
}

func TestLongWordsDoNotWidenTheWindow(t *testing.T) {
	long := strings.Repeat("very long ", 40)
	row := form.NewRow(long, control.NewEntry(long), long)
	w := widgetstest.Open(t, container.NewVBox(row), 300, 600)
	w.WantFits()
	row.SetError(long)
	w.WantFits()
}
