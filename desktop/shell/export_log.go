package shell

import (
	"context"
	"errors"
	"io"
	"path/filepath"

	"sightline.example/desktop/async"
	"sightline.example/desktop/file"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/trail"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
)

// exportLog writes the records that fit a filter to a file.
func (s *Shell) exportLog(calls trail.Config, f trail.Filter) {
	s.askWhereToWrite(fileQuestion{
		title: lang.L("Export the audit log"), path: s.offered("audit"),
		help:    lang.L("A table as CSV, or records in JSON if the name ends in .ndjson."),
		endings: []string{".csv", ".ndjson"},
	}, "", func(path string) { s.writeLog(path, calls, f) })
}

// writeLog makes the file in the background, record by record as they come: there may
// be more than there is memory for. It tells how far it has come, and can be stopped.
func (s *Shell) writeLog(path string, calls trail.Config, f trail.Filter) {
	kind := trail.CSV
	if filepath.Ext(path) == ".ndjson" {
		kind = trail.NDJSON
	}
	on, outer, wanted := async.NewScope(s.scope), s.scope, true
	stop := func() {
		wanted = false
		on.Close()
	}
	progress := func(n int) { on.Main(func() { s.tellExported(n, stop) }) }
	on.Go(func(ctx context.Context) {
		n := 0
		err := file.WriteBy(path, func(w io.Writer) (err error) {
			n, err = calls.Export(ctx, f, kind, w, progress)
			return err
		})
		outer.Main(func() {
			on.Close()
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
	case err != nil:
		s.toast(look.Danger, lang.L("Nothing was exported.")+" "+whyUnwritten(err))
	default:
		s.tray.Add(notice.Toast{
			Text: lang.N("{{.N}} records were exported to {{.Path}}.", n, lang.Data{"Path": path}), Tone: look.Success,
			Action: lang.L("Copy path"), OnAction: func() { s.copy(path) },
		})
	}
}

// whyUnwritten says why a file could not be written, or what was to be in it not be
// read.
func whyUnwritten(err error) string {
	if fault, is := errors.AsType[*file.Fault](err); is {
		return lang.Mistake(fault)
	}
	return lang.Error(err)
}
