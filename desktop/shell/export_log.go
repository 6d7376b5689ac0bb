package shell

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/trail"
	"sightline.example/desktop/session"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
)

// exportLog writes the records that fit a filter to a file.
func (s *Shell) exportLog(calls trail.Config, f trail.Filter) {
	name := control.NewEntry("")
	name.SetText(logPath(s.cfg.Now().Format("2006-01-02")))
	row := form.NewRow(lang.L("File"), name, lang.L("A table as CSV, or records in JSON if the name ends in .ndjson. An older file of this name is overwritten."))
	shown := dialog.Show(s.window.Canvas(), dialog.Config{
		Title: lang.L("Export the audit log"), Content: row, Confirm: lang.L("Export"), Width: 560,
		OnConfirm: func() { s.writeLog(name.Text, calls, f) },
	})
	name.OnKey = shown.Key
}

func logPath(day string) string {
	name := "audit-" + day + ".csv"
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, name)
	}
	return name
}

// writeLog makes the file in the background, record by record as they come: there may
// be more than there is memory for. It tells how far it has come, and can be stopped.
func (s *Shell) writeLog(path string, calls trail.Config, f trail.Filter) {
	kind := trail.CSV
	if filepath.Ext(path) == ".ndjson" {
		kind = trail.NDJSON
	}
	on := s.scope
	stopped, stop := context.WithCancel(context.Background())
	progress := func(n int) { on.Main(func() { s.tellExported(n, stop) }) }
	on.Go(func(ctx context.Context) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(stopped, cancel)()
		n := 0
		err := session.WriteBy(path, func(w io.Writer) (err error) {
			n, err = calls.Export(ctx, f, kind, w, progress)
			return err
		})
		on.Main(func() {
			wanted := stopped.Err() == nil
			stop()
			s.frame.endWork()
			s.logWritten(path, n, err, wanted)
		})
	})
}

// tellExported tells how far an export has come, and lets it be stopped.
func (s *Shell) tellExported(n int, stop func()) {
	s.frame.tellWork(lang.N("{{.N}} records exported so far", n), stop)
}

// logWritten tells what became of an export; one that nobody wants any more may have
// been written all the same.
func (s *Shell) logWritten(path string, n int, err error, wanted bool) {
	switch {
	case err != nil && !wanted:
		s.toast(look.Info, lang.L("Stopped. Nothing was exported."))
	case unwritten(err):
		s.unwritable(path)
	case err != nil:
		s.failed(lang.L("Nothing was exported."), err)
	default:
		s.tray.Add(notice.Toast{
			Text: lang.N("{{.N}} records were exported to {{.Path}}.", n, lang.Data{"Path": path}), Tone: look.Success,
			Action: lang.L("Copy path"), OnAction: func() { s.copy(path) },
		})
	}
}

// unwritten reports whether an error is of a file that could not be written.
func unwritten(err error) bool {
	_, path := errors.AsType[*fs.PathError](err)
	_, link := errors.AsType[*os.LinkError](err)
	return path || link
}
