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
		OnConfirm: func() { s.write(name.Text, rows) },
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

// write makes the file in the background, as disks can be slow.
func (s *Shell) write(path string, rows []*model.Client) {
	data, now := s.store.Data(), s.cfg.Now()
	s.cfg.On.Go(func(context.Context) {
		var text bytes.Buffer
		err := model.WriteCSV(&text, data, rows, now)
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
