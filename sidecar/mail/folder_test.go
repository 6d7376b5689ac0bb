package mail_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/sidecar/mail"
)

func TestFolderIsForItsOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	folder := mail.Folder{Sender: studio, Dir: dir, Now: clock}
	for range 2 { // a letter that is sent again replaces itself
		if err := folder.Send(t.Context(), setup()); err != nil {
			t.Fatal(err)
		}
	}
	modes := map[string]fs.FileMode{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		modes[filepath.Base(path)] = info.Mode().Perm()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]fs.FileMode{"mail": 0o700, "setup-letter-1.eml": 0o600}
	if diff := cmp.Diff(want, modes); diff != "" {
		t.Error(diff)
	}
}

func TestFolderThatCanNotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := mail.Folder{Sender: studio, Dir: filepath.Join(file, "mail")}.Send(t.Context(), setup())
	wantFault(t, err, false, "the folder for messages can't be made")
}
