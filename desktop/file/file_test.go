package file_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/file"
)

// put writes a file that is there before the test.
func put(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func mkdir(t *testing.T, path string) string {
	t.Helper()
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func wantFault(t *testing.T, err error, kind file.Kind, path string) {
	t.Helper()
	fault, ok := errors.AsType[*file.Fault](err)
	if !ok || fault.Kind != kind || fault.Path != path {
		t.Errorf("got %v, want %s: %s", err, path, kind)
	}
}

func wantText(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s has %q, %v; want %q", path, got, err, want)
	}
}

// wantOnly fails unless a folder has these, and nothing that was left behind.
func wantOnly(t *testing.T, folder string, want ...string) {
	t.Helper()
	var got []string
	found, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		got = append(got, f.Name())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsTypedIsCompleted(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	cases := map[string]string{
		"":                        "",
		"  ":                      "",
		"/a/b.csv":                "/a/b.csv",
		" /a/./c/../b.csv\n":      "/a/b.csv",
		"/a/b/":                   "/a/b/",
		"/":                       "/",
		"~":                       home,
		"~/":                      home + "/",
		"~/b.csv":                 home + "/b.csv",
		"~b.csv":                  home + "/~b.csv",
		"b.csv":                   home + "/b.csv",
		"./b.csv":                 home + "/b.csv",
		`"/a/b c.csv"`:            "/a/b c.csv",
		"'/a/b c.csv'":            "/a/b c.csv",
		"file:///a/b%20c.csv":     "/a/b c.csv",
		"file://localhost/a/b.md": "/a/b.md",
	}
	for typed, want := range cases {
		if got := file.Complete(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

func TestWhatIsInTheWayOfWritingIsTold(t *testing.T) {
	dir := t.TempDir()
	old := put(t, filepath.Join(dir, "old.csv"), "before")
	long := filepath.Join(dir, strings.Repeat("x", 300))
	cases := []struct {
		path string
		kind file.Kind
		at   string
	}{
		{"", file.Empty, ""},
		{dir, file.IsFolder, dir},
		{dir + "/", file.IsFolder, dir + "/"},
		{dir + "/missing/new.csv", file.NoFolder, dir + "/missing"},
		{dir + "/missing/", file.NoFolder, dir + "/missing"},
		{old + "/new.csv", file.NoFolder, old},
		{old, file.Exists, old},
		{"/dev/null", file.NotPlain, "/dev/null"},
		{long, file.TooLong, long},
	}
	for _, c := range cases {
		wantFault(t, file.MayWrite(c.path), c.kind, c.at)
	}
	if err := file.MayWrite(filepath.Join(dir, "new.csv")); err != nil {
		t.Error(err)
	}
	wantText(t, old, "before")
	wantOnly(t, dir, "old.csv")
}

func TestAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := put(t, filepath.Join(dir, "a.csv"), "before")
	if err := file.Write(path, []byte("after")); err != nil {
		t.Fatal(err)
	}
	wantText(t, path, "after")
	wantFault(t, file.Write(dir+"/missing/a.csv", []byte("x")), file.NoFolder, dir+"/missing")
	wantFault(t, file.Write(path+"/below", []byte("x")), file.NoFolder, path)
	wantFault(t, file.Write("", []byte("x")), file.Empty, "")
	folder := filepath.Join(dir, "folder")
	put(t, filepath.Join(mkdir(t, folder), "b.csv"), "")
	if err := file.Write(folder, []byte("x")); err == nil {
		t.Error("a folder was overwritten")
	}
	wantOnly(t, dir, "a.csv", "folder")
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
}

func TestWhatIsInTheWayOfReadingIsTold(t *testing.T) {
	dir := t.TempDir()
	path := put(t, filepath.Join(dir, "a.csv"), "text")
	cases := []struct {
		path string
		kind file.Kind
	}{
		{"", file.Empty},
		{dir, file.IsFolder},
		{dir + "/missing.csv", file.Missing},
		{path + "/below", file.Missing},
		{"/dev/zero", file.NotPlain},
	}
	for _, c := range cases {
		_, err := file.Read(c.path, 10)
		wantFault(t, err, c.kind, c.path)
	}
	for most, want := range map[int64]string{10: "text", 2: "te"} {
		if got, err := file.Read(path, most); err != nil || string(got) != want {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
}

func TestAFolderIsListed(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.csv", "A.CSV", "c.txt", ".hidden.csv"} {
		put(t, filepath.Join(dir, name), "")
	}
	for _, name := range []string{"sub", "Above", ".cache"} {
		mkdir(t, filepath.Join(dir, name))
	}
	if err := os.Symlink(filepath.Join(dir, "sub"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	folders := []file.Entry{{Name: "Above", IsFolder: true}, {Name: "link", IsFolder: true}, {Name: "sub", IsFolder: true}}
	got, err := file.List(dir, ".csv", ".json")
	if diff := cmp.Diff(append(folders, file.Entry{Name: "A.CSV"}, file.Entry{Name: "b.csv"}), got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if got, _ := file.List(dir); len(got) != 6 {
		t.Errorf("without endings there are %v", got)
	}
	_, err = file.List(dir + "/missing")
	wantFault(t, err, file.NoFolder, dir+"/missing")
}

func TestTheNearestFolderIsLookedInto(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	put(t, filepath.Join(dir, "a.csv"), "")
	for _, path := range []string{"", dir, dir + "/", dir + "/a.csv", dir + "/missing/very/b.csv"} {
		if got := file.Nearest(path); got != dir {
			t.Errorf("%q: %q, want %q", path, got, dir)
		}
	}
}
