package admin_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"sightline.example/sidecar/admin"
)

func TestKeyFileIsForItsOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bootstrap-key")
	checkKeyFile(t, path, "first")
	checkKeyFile(t, path, "second")
}

func TestKeyFileTakesThePlaceOfAnything(t *testing.T) {
	dir := t.TempDir()
	open, other, link := filepath.Join(dir, "open"), filepath.Join(dir, "other"), filepath.Join(dir, "link")
	for _, path := range []string{open, other} {
		if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(other, link); err != nil {
		t.Fatal(err)
	}
	checkKeyFile(t, open, "secret")
	checkKeyFile(t, link, "secret")
	if text, err := os.ReadFile(other); string(text) != "old" || err != nil {
		t.Errorf("the link was followed: %q (%v)", text, err)
	}
}

func checkKeyFile(t *testing.T, path, text string) {
	t.Helper()
	if err := admin.WriteKeyFile(path, text); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != 0o600 {
		t.Errorf("the mode is %s, want -rw-------", info.Mode())
	}
	if got, err := os.ReadFile(path); string(got) != text+"\n" || err != nil {
		t.Errorf("the file has %q (%v), want %q", got, err, text+"\n")
	}
}

func TestFailedKeyFileLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	// A directory that is not empty can't be replaced by a file.
	taken := filepath.Join(dir, "taken")
	if err := os.MkdirAll(filepath.Join(taken, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := admin.WriteKeyFile(taken, "secret"); err == nil {
		t.Fatal("the directory was replaced")
	}
	files, err := fs.ReadDir(os.DirFS(dir), ".")
	if err != nil || len(files) != 1 {
		t.Errorf("the directory has %v (%v), want what it had", files, err)
	}
	if err := admin.WriteKeyFile(filepath.Join(dir, "none", "key"), "secret"); err == nil {
		t.Error("a file was written where there is no directory")
	}
}
