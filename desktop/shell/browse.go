package shell

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/file"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/palette"
)

// browser walks through folders to a file. Fyne has a dialog for that, but its save
// dialog empties the file that is chosen, and it takes no keys.
type browser struct {
	shell   *Shell
	endings []string
	name    string // of the file that is to be written; empty to choose one to be read
	chosen  func(path string)
	gone    func() bool // whether what it is for has been closed
}

// What is chosen besides what is in a folder; no entry has such names.
const (
	browseHere  = "."
	browseAbove = ".."
)

// browse lets the admin choose a file to read, from the folder of a typed path on.
func (s *Shell) browse(typed string, endings []string, chosen func(path string)) {
	if typed == "" {
		typed = s.inFolder("")
	}
	(&browser{shell: s, endings: endings, chosen: chosen, gone: s.covered}).open(file.Complete(typed))
}

// browse puts the file that is chosen into the field.
func (a *asking) browse() {
	chosen := func(path string) {
		a.field.PutToEnd(path)
		a.shell.window.Canvas().Focus(a.field)
	}
	b := &browser{shell: a.shell, endings: a.endings, chosen: chosen, gone: a.dialog.Closed}
	typed := a.field.Text
	if a.writing {
		b.name = filepath.Base(a.path)
	} else if typed == "" {
		typed = a.shell.inFolder("")
	}
	b.open(file.Complete(typed))
}

// escape hands Escape on to the dialog.
func (a *asking) escape(key fyne.KeyName) bool {
	return key == fyne.KeyEscape && a.dialog.Key(key)
}

// open reads the folder of a path in the background, and shows it.
func (b *browser) open(path string) {
	on := b.shell.cfg.On
	on.Go(func(context.Context) {
		folder := file.Nearest(path)
		entries, err := file.List(folder, b.endings...)
		on.Main(func() {
			if b.gone() {
				return
			}
			if b.name != "" && path != "" && folder != filepath.Clean(path) {
				b.name = filepath.Base(path) // was typed
			}
			b.show(folder, entries, err)
		})
	})
}

// show shows what is in a folder, in the palette.
func (b *browser) show(folder string, entries []file.Entry, err error) {
	place := folder
	if err != nil {
		place = lang.Mistake(err)
	}
	palette.ShowIn(b.shell.window.Canvas(), place, b.items(folder, entries), func(id string) { b.choose(folder, id, entries) })
}

func (b *browser) items(folder string, entries []file.Entry) (items []palette.Item) {
	if b.name != "" {
		items = append(items, palette.Item{ID: browseHere, Title: lang.L("Into this folder"), Detail: filepath.Base(folder)})
	}
	if above := filepath.Dir(folder); above != folder {
		items = append(items, palette.Item{ID: browseAbove, Title: lang.L("The folder above"), Detail: filepath.Base(above)})
	}
	for _, e := range entries {
		item := palette.Item{ID: e.Name, Title: e.Name}
		if e.IsFolder {
			item.Detail = lang.L("Folder")
		}
		items = append(items, item)
	}
	return items
}

func (b *browser) choose(folder, id string, entries []file.Entry) {
	path := filepath.Join(folder, id)
	switch {
	case id == browseHere:
		b.chosen(filepath.Join(folder, b.name))
	case id == browseAbove, isFolder(entries, id):
		b.open(path)
	default:
		b.chosen(path)
	}
}

func isFolder(entries []file.Entry, name string) bool {
	return slices.ContainsFunc(entries, func(e file.Entry) bool { return e.Name == name && e.IsFolder })
}
