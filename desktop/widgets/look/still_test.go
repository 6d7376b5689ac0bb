package look_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sightline.example/desktop/widgets/look"
)

func TestAStillAppIsTheCurrentOneAndHasNoAnimations(t *testing.T) {
	app := test.NewTempApp(t)
	if !fyne.CurrentApp().Settings().ShowAnimations() {
		t.Fatal("apps have no animations anyway")
	}
	still := look.Still(app)
	if still.Settings().ShowAnimations() || fyne.CurrentApp().Settings().ShowAnimations() {
		t.Error("there are animations")
	}
	if got, want := still.Settings().ThemeVariant(), app.Settings().ThemeVariant(); got != want {
		t.Errorf("the variant is %v, not the app's %v", got, want)
	}
}
