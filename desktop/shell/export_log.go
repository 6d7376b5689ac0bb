package shell

import (
	"context"
	"io"
	"path/filepath"

	"sightline.example/desktop/async"
	"sightline.example/desktop/file"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/trail"
	"sightline.example/desktop/widgets/look"
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
	w := s.frame.newWork(lang.L("The audit log is being exported. There will be no file."))
	stop := func() {
		wanted = false
		on.Close()
	}
	progress := func(n int) {
		on.Main(func() { w.tell(lang.N("{{.N}} records exported so far", n), stop) })
	}
	on.Go(func(ctx context.Context) {
		n := 0
		err := file.WriteBy(path, func(out io.Writer) (err error) {
			n, err = calls.Export(ctx, f, kind, out, progress)
			return err
		})
		outer.Main(func() {
			on.Close()
			w.end()
			s.logWritten(path, n, err, wanted)
		})
	})
}

// logWritten tells what became of an export; one that nobody wants any more may have
// been written all the same.
func (s *Shell) logWritten(path string, n int, err error, wanted bool) {
	switch {
	case err != nil && !wanted:
		s.toast(look.Info, lang.L("Stopped. Nothing was exported."))
	case err != nil:
		s.toast(look.Danger, lang.L("Nothing was exported.")+" "+lang.Error(err))
	default:
		s.tellWritten(lang.N("{{.N}} records were exported to {{.Path}}.", n, lang.Data{"Path": path}), path)
	}
}
