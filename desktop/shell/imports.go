package shell

import (
	"context"

	"sightline.example/desktop/file"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/model/imports"
	importscreen "sightline.example/desktop/screens/imports"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
)

// pageImport is the id of the page on which the directory is imported.
const pageImport = "import"

// openImport shows where the directory is imported, and returns the import.
func (s *Shell) openImport() *imports.Import {
	m := imports.New(imports.Calls(s.scope, s.session.Client))
	screen := importscreen.New(importscreen.Config{
		Model: m, Tips: s.tips, After: s.cfg.On.After, NameOf: s.nameOf,
		Hindrance: func() string { return s.hindranceTo(writeDirectory) },
		OnChoose:  func() { s.askForImport(m) }, OnImport: func() { s.askToImport(m) },
		OnClose: func() { s.pages.back() }, OnChange: s.frame.refresh,
	})
	stop := s.store.Watch(screen.Refresh)
	s.pages.push(&Page{
		ID: pageImport, Title: lang.L("Import the directory"), Content: screen.Content, Focus: screen.FocusRows,
		Dirty: func() string {
			if m.Step() != imports.Importing {
				return ""
			}
			return lang.L("The import is under way. If you leave now, you are not told what becomes of it.")
		},
		Close: func() {
			stop()
			m.Close()
		},
		Dropped: func(paths []string) { s.readFiles(m, paths) },
	})
	return m
}

// dropImport imports files that were dropped on a list.
func (s *Shell) dropImport(paths []string) {
	if s.mayWrite(writeDirectory) {
		s.readFiles(s.openImport(), paths)
	}
}

// nameOf returns what a client, or something of the directory, is called; empty if
// it does not exist.
func (s *Shell) nameOf(kind, id string) string {
	if kind == string(policy.SubjectClient) {
		if c := s.store.Client(policy.ClientID(id)); c != nil {
			return c.Name
		}
		return ""
	}
	t, _ := directory.Find(s.store.Data(), kind, id)
	return t.Name
}

// askForImport asks for a file to be imported.
func (s *Shell) askForImport(m *imports.Import) {
	s.askForFile(fileQuestion{
		title: lang.L("Add a file"), confirm: lang.L("Add"), endings: []string{".csv", ".json"},
		help: lang.L("A table as CSV, or everything as JSON. You can also drop files on the window, several at once."),
		try: func(path string) (func(), error) {
			text, err := readFile(path)
			return func() { m.Add(imports.NewFile(path, text)) }, err
		},
	})
}

// readFiles reads files in the background, as disks can be slow, and adds them to
// the import.
func (s *Shell) readFiles(m *imports.Import, paths []string) {
	on := s.scope
	on.Go(func(context.Context) {
		var files []imports.File
		for _, path := range paths {
			text, err := readFile(path)
			if err != nil {
				on.Main(func() { s.toast(look.Danger, lang.Mistake(err)) })
				continue
			}
			files = append(files, imports.NewFile(path, text))
		}
		on.Main(func() {
			if len(files) > 0 {
				m.Add(files...)
			}
		})
	})
}

// readFile reads a file, no further than to find that it is too large.
func readFile(path string) ([]byte, error) { return file.Read(path, imports.MaxFiles+1) }

// askToImport imports, once the admin has said so where something is removed.
func (s *Shell) askToImport(m *imports.Import) {
	if !m.CanImport() {
		return
	}
	_, _, removed := imports.Changes(m.Result())
	if removed == 0 {
		m.Import()
		return
	}
	text := lang.L("What is removed is gone for good: the same under the same id can't come back.")
	if n := m.Result().DeadCount; n > 0 {
		text += " " + lang.N("{{.N}} clients have dead references afterwards.", n)
	}
	dialog.Show(s.window.Canvas(), dialog.Config{
		Title: lang.N("Remove {{.N}} by this import?", removed), Text: text,
		Confirm: lang.L("Import"), Cancel: lang.L("Keep"), Destructive: true, OnConfirm: m.Import,
	})
}
