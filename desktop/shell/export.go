package shell

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/session"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
)

// manyCounted is of how many clients it takes a while to count what they see.
const manyCounted = 2_000

// export writes clients to a file: those with the ids, or all that are listed.
func (s *Shell) export(m *model.Clients, ids []string) {
	rows := m.Rows()
	if len(ids) > 0 {
		rows = m.Find(ids)
	}
	name := control.NewEntry("")
	name.SetText(exportPath(s.cfg.Now().Format("2006-01-02")))
	row := form.NewRow(lang.L("File"), name, lang.L("A table as CSV, for spreadsheets. An older file of this name is overwritten."))
	shown := dialog.Show(s.window.Canvas(), dialog.Config{
		Title: lang.N("Export {{.N}} clients", len(rows)), Content: row, Confirm: lang.L("Export"), Width: 560,
		OnConfirm: func() { s.count(name.Text, rows) },
	})
	name.OnKey = shown.Key
}

func exportPath(day string) string {
	name := "clients-" + day + ".csv"
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, name)
	}
	return name
}

// count has counted what the clients see before they are written. Where that is
// not to be had, the table is without it.
func (s *Shell) count(path string, rows []*model.Client) {
	if len(rows) > manyCounted {
		s.toast(look.Info, lang.L("What the clients see is being counted. That may take a while."))
	}
	s.store.Counts().Complete(rows, func(counts *model.Counted, err error) {
		if err != nil {
			counts = nil
		}
		s.write(path, counts, rows)
	})
}

// write makes the file in the background, as disks can be slow.
func (s *Shell) write(path string, counts *model.Counted, rows []*model.Client) {
	data, now := s.store.Data(), s.cfg.Now()
	s.cfg.On.Go(func(context.Context) {
		var text bytes.Buffer
		err := model.WriteCSV(&text, data, counts, rows, now)
		if err == nil {
			err = session.WriteFile(path, text.Bytes())
		}
		s.cfg.On.Main(func() { s.written(path, len(rows), err) })
	})
}

func (s *Shell) written(path string, n int, err error) {
	if err != nil {
		s.toast(look.Danger, lang.L("{{.Path}} could not be written. Check that the folder exists and is yours.", lang.Data{"Path": path}))
		return
	}
	s.tray.Add(notice.Toast{
		Text: lang.N("{{.N}} clients were exported to {{.Path}}.", n, lang.Data{"Path": path}), Tone: look.Success,
		Action: lang.L("Copy path"), OnAction: func() { s.copy(path) },
	})
}
