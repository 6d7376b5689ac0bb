package shell_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/widgets/control"
)

// field returns the text field that has the keyboard.
func (s *stage) field() *control.Entry {
	s.t.Helper()
	entry, ok := s.Canvas().Focused().(*control.Entry)
	if !ok {
		s.t.Fatalf("the keyboard is with %T", s.Canvas().Focused())
	}
	return entry
}

// tryPath puts a path in the place of the one in a dialog, and confirms.
func (s *stage) tryPath(path string) {
	s.t.Helper()
	s.field().SetText(path)
	s.Press(fyne.KeyReturn)
}

// exporting is signedIn, with the question where to export to and a home folder.
func exporting(t *testing.T) (s *stage, home string) {
	t.Helper()
	s = signedIn(t)
	home = t.TempDir()
	t.Setenv("HOME", home)
	s.choose("Export the clients shown…")
	s.until("Export 3 clients")
	return s, home
}

// untilTold is until for a text with a path, which can be broken into lines anywhere.
func (s *stage) untilTold(text string) {
	s.t.Helper()
	s.pump.Until(func() bool {
		s.pump.Pass(400 * time.Millisecond)
		s.Relayout()
		return s.tells(text)
	})
}

func (s *stage) tells(text string) bool {
	whole := func(text string) string { return strings.ReplaceAll(text, " ", "") }
	return strings.Contains(whole(strings.Join(s.Texts(), "")), whole(text))
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// wantLines fails unless the file has so many.
func wantLines(t *testing.T, path string, want int) {
	t.Helper()
	text, err := os.ReadFile(path)
	if got := strings.Count(string(text), "\r\n"); err != nil || got != want {
		t.Errorf("%d lines, want %d, %v:\n%s", got, want, err, text)
	}
}

func TestAWrongPathIsPutRightInTheDialog(t *testing.T) {
	s, home := exporting(t)
	if got := s.field().Text; filepath.Dir(got) != home {
		t.Errorf("offered is %q", got)
	}
	s.tryPath("")
	s.until("Enter the path of a file.")
	s.tryPath("~/mistyped/clients.csv")
	s.untilTold("There is no folder " + home + "/mistyped.")
	s.WantTexts("Export 3 clients")
	s.WantFits()
	if got := s.field().Text; got != "~/mistyped/clients.csv" {
		t.Errorf("what was typed is now %q", got)
	}
	s.tryPath("~")
	s.untilTold(home + " is a folder.")
	s.Press(fyne.KeyEnd)
	s.Type("/")
	if s.tells("is a folder.") {
		t.Error("the mistake stays while it is put right")
	}
	s.Type("clients.csv")
	s.Press(fyne.KeyReturn)
	s.untilTold("3 clients were exported to " + home + "/clients.csv.")
	s.WantNoTexts("Export 3 clients")
	wantLines(t, filepath.Join(home, "clients.csv"), 4)
	if found, _ := os.ReadDir(home); len(found) != 1 {
		t.Errorf("the home folder has %v", found)
	}
}

func TestAFileThatIsThereIsOverwrittenOnceTheAdminSaysSo(t *testing.T) {
	s, home := exporting(t)
	path := filepath.Join(home, "old.csv")
	put(t, path, "before")
	s.tryPath(path)
	s.Press(fyne.KeyReturn) // asks no second time
	s.until("Overwrite old.csv?")
	s.pump.Pass(time.Second)
	s.Press(fyne.KeyReturn) // does no harm
	s.until("Export 3 clients")
	s.WantNoTexts("Overwrite old.csv?")
	if text, err := os.ReadFile(path); err != nil || string(text) != "before" {
		t.Errorf("the file has %q, %v", text, err)
	}
	s.Press(fyne.KeyReturn)
	s.until("Overwrite old.csv?")
	s.Tap("Overwrite")
	s.until("3 clients were exported")
	s.WantNoTexts("Export 3 clients")
	wantLines(t, path, 4)
}

func TestAQuestionThatIsGivenUpWritesNothing(t *testing.T) {
	s := signedIn(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	written := 0
	ask := func() {
		s.shell.ExportText("Export a text", func() []byte {
			written++
			return []byte("text")
		})
	}
	ask()
	s.Press(fyne.KeyReturn, fyne.KeyEscape) // before it is known that the path is good
	ask()
	s.tryPath("~/second.csv") // comes after it
	s.untilTold("The table was exported to " + home + "/second.csv.")
	if written != 1 {
		t.Errorf("written %d times", written)
	}
}

func TestAFileThatCantBeWrittenAfterAllIsWrittenElsewhere(t *testing.T) {
	s := signedIn(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	gone := filepath.Join(home, "gone")
	put(t, filepath.Join(gone, "x"), "")
	s.shell.ExportText("Export a text", func() []byte {
		if err := os.RemoveAll(gone); err != nil {
			t.Error(err)
		}
		return []byte("text\r\n")
	})
	s.tryPath(filepath.Join(gone, "text.csv"))
	s.untilTold("Nothing was exported. There is no folder " + gone)
	s.Tap("Choose a file…")
	s.untilTold("There is no folder " + gone)
	s.WantTexts("Export a text")
	s.tryPath("~/elsewhere.csv")
	s.untilTold("The table was exported to " + home + "/elsewhere.csv.")
	wantLines(t, filepath.Join(home, "elsewhere.csv"), 1)
}

func TestTheFolderUsedLastIsOfferedNext(t *testing.T) {
	s, home := exporting(t)
	put(t, filepath.Join(home, "sub", "x"), "")
	s.tryPath("~/sub/clients.csv")
	s.until("3 clients were exported")
	s.choose("Export the clients shown…")
	if got := s.field().Text; filepath.Dir(got) != filepath.Join(home, "sub") {
		t.Errorf("offered is %q", got)
	}
}

func TestAFolderIsFoundByBrowsing(t *testing.T) {
	s, home := exporting(t)
	put(t, filepath.Join(home, "Reports", "old.csv"), "")
	put(t, filepath.Join(home, "Reports", "notes.md"), "")
	put(t, filepath.Join(home, ".hidden", "x"), "")
	s.field().SetText("~/mine.csv")
	s.Tap("Browse…")
	s.until("The folder above")
	s.WantTexts("Into this folder", "Reports", home)
	s.WantNoTexts(".hidden")
	s.Type("rep")
	s.Press(fyne.KeyReturn)
	s.until("old.csv")
	s.WantNoTexts("notes.md")
	s.Press(fyne.KeyReturn) // into this folder
	s.Relayout()
	if got, want := s.field().Text, filepath.Join(home, "Reports", "mine.csv"); got != want {
		t.Errorf("chosen is %q, want %q", got, want)
	}
	s.Press(fyne.KeyReturn)
	s.untilTold("3 clients were exported to " + home + "/Reports/mine.csv.")
}

func TestEscapeLeavesBrowsingThenTheQuestion(t *testing.T) {
	s, _ := exporting(t)
	s.Press(fyne.KeyTab, fyne.KeySpace) // Browse…
	s.until("Into this folder")
	s.Press(fyne.KeyEscape)
	s.WantNoTexts("Into this folder")
	s.WantTexts("Export 3 clients")
	s.Press(fyne.KeyEscape)
	s.WantNoTexts("Export 3 clients")
}

func TestWhatIsBrowsedForEndsWithTheQuestion(t *testing.T) {
	s, _ := exporting(t)
	s.Tap("Browse…") // the folder is read in the background, until the pump runs
	s.Press(fyne.KeyEscape)
	s.WantNoTexts("Export 3 clients")
	s.choose("Audit log")
	s.until("records shown") // was asked for later, of somebody who is farther away
	s.WantNoTexts("Into this folder")
}

func TestAFileToReadIsBrowsedForAndItsMistakesAreTold(t *testing.T) {
	s := signedIn(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	put(t, filepath.Join(home, "people", "empty.csv"), "email\n")
	put(t, filepath.Join(home, "people", "good.csv"), "email\nann@lumen.example\n")
	s.choose("Invite from a table…")
	s.tryPath("~/people/missing.csv")
	s.untilTold("There is no file " + home + "/people/missing.csv.")
	s.Tap("Browse…")
	s.until("good.csv")
	s.WantNoTexts("Into this folder")
	s.Type("empty")
	s.Press(fyne.KeyReturn)
	s.Press(fyne.KeyReturn)
	s.until("There are no rows in")
	s.WantTexts("Invite from a table")
	s.tryPath("~/people/good.csv")
	s.until("ann@lumen.example")
}

func TestTheFileOfAnAuthorityIsBrowsedFor(t *testing.T) {
	s := start(t)
	home := t.TempDir()
	t.Setenv("HOME", home)
	put(t, filepath.Join(home, "ours.pem"), "")
	put(t, filepath.Join(home, "other.csv"), "")
	s.Tap("Own certificate authority…")
	s.Relayout()
	s.Tap("Browse…")
	s.until("ours.pem")
	if slices.Contains(s.Texts(), "other.csv") {
		t.Error("other files are offered")
	}
	s.Type("ours")
	s.Press(fyne.KeyReturn)
	if got := s.field().Text; got != filepath.Join(home, "ours.pem") {
		t.Errorf("chosen is %q", got)
	}
}
