package mail_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/sidecar/mail"
)

func TestFolderIsForItsOwnerOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	for _, note := range []string{"first", "again"} { // a letter that is sent again replaces itself
		l := setup()
		l.Note = note
		if err := (mail.Folder{Sender: studio, Dir: dir, Now: clock}).Send(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	if m := read(t, filepath.Join(dir, "setup-letter-1.eml")); !strings.Contains(m.Text, "> again\n") {
		t.Errorf("the file still says\n%s", m.Text)
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

func TestMessageThatCanNotBeNamedLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "setup-letter-1.eml"), 0o700); err != nil {
		t.Fatal(err)
	}
	err := mail.Folder{Sender: studio, Dir: dir}.Send(t.Context(), setup())
	wantFault(t, err, false, "the message can't be written")
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("there are %v (%v)", files, err)
	}
}

func TestFolderOfNobodyIsRefused(t *testing.T) {
	for want, sender := range map[string]mail.Sender{
		"the address that messages are from is none":     {Company: "Harbour Studio", From: "hello@harbour.example\r\nBcc: eve@evil.example"},
		"the company that messages are from has no name": {Company: "\r\n", From: "hello@harbour.example"},
		"the portal's address is none":                   {Company: "Harbour Studio", From: "hello@harbour.example", Portal: "https://portal.harbour.example/\n"},
	} {
		wantFault(t, mail.Folder{Sender: sender, Dir: t.TempDir()}.Send(t.Context(), setup()), false, want)
	}
}
