package file

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Entry is what is in a folder.
type Entry struct {
	Name     string
	IsFolder bool
}

// List returns the folders in a folder, and the files with one of the endings, such
// as ".csv", each by name. No endings are all files. What begins with a dot is
// hidden, and left out. An error is a Fault. It belongs in the background.
func List(folder string, endings ...string) ([]Entry, error) {
	found, err := os.ReadDir(folder)
	if err != nil {
		return nil, faultOf(folder, false, NoFolder, err)
	}
	var all []Entry
	for _, f := range found {
		e := Entry{f.Name(), isFolder(folder, f)}
		if !strings.HasPrefix(e.Name, ".") && (e.IsFolder || ends(e.Name, endings)) {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, byName)
	return all, nil
}

// byName puts folders first.
func byName(a, b Entry) int {
	if a.IsFolder != b.IsFolder {
		if a.IsFolder {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Name, b.Name))
}

// isFolder takes a link to a folder for one too.
func isFolder(folder string, f os.DirEntry) bool {
	if f.Type()&os.ModeSymlink == 0 {
		return f.IsDir()
	}
	info, err := os.Stat(filepath.Join(folder, f.Name()))
	return err == nil && info.IsDir()
}

func ends(name string, endings []string) bool {
	ending := strings.ToLower(filepath.Ext(name))
	return len(endings) == 0 || slices.Contains(endings, ending)
}

// Nearest returns the folder to look into for a whole path: the path if it is a folder,
// else the nearest one above that exists.
func Nearest(path string) string {
	if path == "" {
		path = Home("")
	}
	for {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return filepath.Clean(path)
		}
		above := filepath.Dir(path)
		if above == path {
			return path
		}
		path = above
	}
}
