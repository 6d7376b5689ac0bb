package shell

import (
	"bytes"
	"context"

	"sightline.example/desktop/file"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
)

// export is a table that can be written to a file of the admin's choice.
type export struct {
	title string
	about string // is the beginning of the name that is offered
	// make makes the content, and calls made with it on the UI goroutine.
	make func(made func(content))
}

// content is what an export makes.
type content struct {
	text []byte
	told func(path string) string // says that it was written; nil says it of a table
	err  error                    // it could not be made
}

// export asks for a file, and writes into it.
func (s *Shell) export(e export) {
	q := fileQuestion{
		title: e.title, path: s.offered(e.about), endings: []string{".csv"},
		help: lang.L("A table as CSV, for spreadsheets."),
	}
	s.askWhereToWrite(q, "", func(path string) {
		e.make(func(c content) {
			if c.err != nil {
				s.failed(lang.L("Nothing was exported."), c.err)
				return
			}
			s.write(q, path, c)
		})
	})
}

// offered returns the path of a table about something that is offered to be written.
func (s *Shell) offered(about string) string {
	return s.inFolder(about + "-" + s.cfg.Now().Format("2006-01-02") + ".csv")
}

// write makes the file in the background, as disks can be slow.
func (s *Shell) write(q fileQuestion, path string, c content) {
	s.cfg.On.Go(func(context.Context) {
		err := file.Write(path, c.text)
		s.cfg.On.Main(func() { s.written(q, path, c, err) })
	})
}

// written tells what became of a file. One that could not be written after all can be
// written elsewhere.
func (s *Shell) written(q fileQuestion, path string, c content, err error) {
	if err != nil {
		q.path = path
		s.tray.Add(notice.Toast{
			Text: lang.L("Nothing was exported.") + " " + lang.Mistake(err), Tone: look.Danger,
			Action: lang.L("Choose a file…"), OnAction: func() {
				s.askWhereToWrite(q, lang.Mistake(err), func(path string) { s.write(q, path, c) })
			},
		})
		return
	}
	text := lang.L("The table was exported to {{.Path}}.", lang.Data{"Path": path})
	if c.told != nil {
		text = c.told(path)
	}
	s.tellWritten(text, path)
}

// tellWritten tells that a file was written, and offers its path.
func (s *Shell) tellWritten(text, path string) {
	s.tray.Add(notice.Toast{
		Text: text, Tone: look.Success, Action: lang.L("Copy path"), OnAction: func() { s.copy(path) },
	})
}

// manyCounted is of how many clients it takes a while to count what they see.
const manyCounted = 2_000

// exportClients writes clients to a file: those with the ids, or all that are listed.
func (s *Shell) exportClients(m *model.Clients, ids []string) {
	rows := m.Rows()
	if len(ids) > 0 {
		rows = m.Find(ids)
	}
	s.export(export{
		title: lang.N("Export {{.N}} clients", len(rows)), about: "clients",
		make: func(made func(content)) { s.count(rows, made) },
	})
}

// count has counted what the clients see before they are written. Where that is
// not to be had, the table is without it.
func (s *Shell) count(rows []*model.Client, made func(content)) {
	if len(rows) > manyCounted {
		s.toast(look.Info, lang.L("What the clients see is being counted. That may take a while."))
	}
	s.store.Counts().Complete(rows, func(counts *model.Counted, err error) {
		if err != nil {
			counts = nil
		}
		s.tabulate(counts, rows, made)
	})
}

// tabulate makes the table in the background, as there can be many clients.
func (s *Shell) tabulate(counts *model.Counted, rows []*model.Client, made func(content)) {
	data, now := s.store.Data(), s.cfg.Now()
	told := func(path string) string {
		return lang.N("{{.N}} clients were exported to {{.Path}}.", len(rows), lang.Data{"Path": path})
	}
	s.cfg.On.Go(func(context.Context) {
		var text bytes.Buffer
		err := model.WriteCSV(&text, data, counts, rows, now)
		s.cfg.On.Main(func() { made(content{text.Bytes(), told, err}) })
	})
}
