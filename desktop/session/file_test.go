package session_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"sightline.example/desktop/session"
)

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "log.csv")
	write := func(text string, fails error) error {
		return session.WriteBy(path, func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return errors.Join(err, fails)
		})
	}
	if err := write("old", nil); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("cut off")
	if err := write("a part of what was to", broken); !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	text, err := os.ReadFile(path)
	if err != nil || string(text) != "old" {
		t.Errorf("the file has %q, %v", text, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}
