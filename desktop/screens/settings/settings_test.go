package settings_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/screens/settings"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
)

// stage is the screen with what was chosen on it.
type stage struct {
	*widgetstest.Window
	screen   *settings.Screen
	values   settings.Values
	versions []settings.Fact
	told     int
	resets   int
	copied   string
}

func open(t *testing.T, width, height float32) *stage {
	t.Helper()
	widgetstest.Start(t, look.Light)
	s := &stage{values: settings.Values{Theme: look.System, Scale: 100}, versions: []settings.Fact{{Name: "The app", Text: "1.2.3"}}}
	s.screen = settings.New(settings.Config{
		Values:     func() settings.Values { return s.values },
		Folders:    []settings.Fact{{Name: "Drafts", Text: "/home/olive/a/very/long/path/that/goes/on/and/on/and/on/until/it/does/not/fit/any/more/drafts"}},
		Versions:   func() []settings.Fact { return s.versions },
		OnTheme:    func(v look.Variant) { s.values.Theme = v; s.told++ },
		OnScale:    func(percent int) { s.values.Scale = percent; s.told++ },
		OnLanguage: func(l lang.Language) { s.values.Language = l; s.told++ },
		OnReset:    func() { s.resets++ },
		OnCopy:     func(text string) { s.copied = text },
	})
	s.Window = widgetstest.Open(t, s.screen.Content, width, height)
	return s
}

func TestWhatIsChosenIsTold(t *testing.T) {
	s := open(t, 900, 900)
	s.screen.Focus()
	s.choose("Dark")
	s.Press(fyne.KeyTab)
	s.choose("125 %")
	s.Press(fyne.KeyTab)
	s.choose("Deutsch")
	want := settings.Values{Theme: look.Dark, Scale: 125, Language: lang.German}
	if diff := cmp.Diff(want, s.values); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	s.WantTexts("Dark", "125 %", "Deutsch")
	s.Tap("Reset layout")
	s.TapLast("Copy")
	if s.resets != 1 || s.copied != "1.2.3" {
		t.Errorf("reset %d times, copied %q", s.resets, s.copied)
	}
}

// choose chooses in the field that has the keyboard.
func (s *stage) choose(text string) {
	s.Press(fyne.KeySpace)
	s.Tap(text)
}

func TestWhatIsChosenElsewhereIsShownAndNotTold(t *testing.T) {
	s := open(t, 900, 900)
	s.values = settings.Values{Theme: look.Light, Scale: 137, Language: lang.English}
	s.versions = []settings.Fact{{Name: "The app", Text: "2.0.0"}}
	s.screen.Refresh()
	s.WantTexts("Light", "137 %", "English", "2.0.0")
	s.WantNoTexts("1.2.3")
	if s.told != 0 {
		t.Errorf("told %d times", s.told)
	}
}

func TestASmallWindowHasRoomForTheSettings(t *testing.T) {
	open(t, 420, 300).WantFits()
}
