package shell

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2/container"

	"sightline.example/desktop/file"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/form"
)

// fileQuestion says which file is asked for, and what it is for.
type fileQuestion struct {
	title, help, confirm string
	path                 string   // that is offered
	endings              []string // of the files that are offered too, such as ".csv"
	writing              bool

	// try does what the file is for, in the background, and returns what follows on the
	// UI goroutine, after the dialog has closed. After an error the dialog stays, with
	// what why says of it beside the field; nil is lang.Mistake.
	try func(path string) (done func(), err error)
	why func(path string, err error) string
}

// asking is a fileQuestion that is shown.
type asking struct {
	fileQuestion
	shell  *Shell
	field  *control.Entry
	row    *form.Row
	dialog *dialog.Dialog
	busy   bool // with a try
}

// askForFile asks for a file until it could be used, or the admin gives up.
func (s *Shell) askForFile(q fileQuestion) *asking {
	a := &asking{fileQuestion: q, shell: s, field: control.NewEntry(lang.L("Path of the file"))}
	a.field.PutToEnd(q.path)
	a.field.OnChanged = func(string) { a.row.SetError("") }
	browse := control.NewButton(lang.L("Browse…"), a.browse)
	a.row = form.NewRow(lang.L("File"), container.NewBorder(nil, nil, nil, browse, a.field), q.help)
	a.dialog = dialog.Show(s.window.Canvas(), dialog.Config{
		Title: q.title, Content: a.row, Confirm: q.confirm, Width: 560, OnTry: a.attempt,
	})
	a.field.OnKey, browse.OnKey = a.dialog.Key, a.escape
	return a
}

// askWhereToWrite asks for a path at which a file can be written, and asks again before
// one that is there is overwritten. A mistake says why the question comes once more.
func (s *Shell) askWhereToWrite(q fileQuestion, mistake string, write func(path string)) {
	q.writing, q.confirm = true, lang.L("Export")
	q.try = func(path string) (func(), error) {
		return func() { write(path) }, file.MayWrite(path)
	}
	s.askForFile(q).row.SetError(mistake)
}

// attempt uses the file whose path is in the field.
func (a *asking) attempt() {
	if a.busy {
		return
	}
	a.busy = true
	path, on := file.Complete(a.field.Text), a.shell.cfg.On
	on.Go(func(context.Context) {
		done, err := a.try(path)
		on.Main(func() { a.tried(path, done, err) })
	})
}

func (a *asking) tried(path string, done func(), err error) {
	a.busy = false
	fault, _ := errors.AsType[*file.Fault](err)
	switch {
	case a.dialog.Closed():
	case err == nil:
		a.finish(path, done)
	case fault != nil && fault.Kind == file.Exists:
		a.askToOverwrite(path, done)
	case a.why != nil:
		a.refuse(a.why(path, err))
	default:
		a.refuse(lang.Mistake(err))
	}
}

// refuse says what is wrong with the path, for it to be put right.
func (a *asking) refuse(why string) {
	a.row.SetError(why)
	a.shell.window.Canvas().Focus(a.field)
}

func (a *asking) finish(path string, done func()) {
	a.dialog.Close()
	a.shell.folder = filepath.Dir(path)
	done()
}

func (a *asking) askToOverwrite(path string, done func()) {
	place := lang.Data{"Name": filepath.Base(path), "Folder": filepath.Dir(path)}
	dialog.Show(a.shell.window.Canvas(), dialog.Config{
		Title:   lang.L("Overwrite {{.Name}}?", place),
		Text:    lang.L("A file of this name is in {{.Folder}} already. What is in it will be gone.", place),
		Confirm: lang.L("Overwrite"), Cancel: lang.L("Keep"), Destructive: true,
		OnConfirm: func() { a.finish(path, done) },
	})
}

// inFolder returns the path of a name in the folder that was used last.
func (s *Shell) inFolder(name string) string {
	if s.folder == "" {
		return file.Home(name)
	}
	return filepath.Join(s.folder, name)
}
