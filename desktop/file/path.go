package file

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Complete returns the whole path that a typed, pasted or copied one means: it may
// begin at ~, have quotes around it, or be the address of a file. A path without a
// beginning is one in the home folder, as an app on a desktop is in no folder that
// anybody would know of. Empty stays empty.
func Complete(typed string) string {
	path := unwrapped(strings.TrimSpace(typed))
	if path == "" {
		return ""
	}
	isFolder := os.IsPathSeparator(path[len(path)-1])
	path = filepath.Clean(fromHome(path))
	if isFolder && !os.IsPathSeparator(path[len(path)-1]) {
		path += string(filepath.Separator) // so that no file takes the place of a folder
	}
	return path
}

// Home returns the path of a name in the home folder; the name, if there is none.
func Home(name string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return name
	}
	return filepath.Join(home, name)
}

func fromHome(path string) string {
	if path == "~" {
		return Home("")
	}
	if path[0] == '~' && os.IsPathSeparator(path[1]) {
		return Home(path[2:])
	}
	if !filepath.IsAbs(path) {
		return Home(path)
	}
	return path
}

// unwrapped returns the path in what file managers copy.
func unwrapped(text string) string {
	for _, quote := range []string{`"`, `'`} {
		if len(text) > 2 && strings.HasPrefix(text, quote) && strings.HasSuffix(text, quote) {
			return text[1 : len(text)-1]
		}
	}
	if at, err := url.Parse(text); err == nil && at.Scheme == "file" && at.Path != "" {
		path := at.Path
		if filepath.VolumeName(path[1:]) != "" { // of Windows, such as in file:///C:/clients.csv
			path = path[1:]
		}
		return filepath.FromSlash(path)
	}
	return text
}
