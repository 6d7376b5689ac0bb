package shell

import (
	"bytes"
	"context"
	"errors"

	"sightline.example/desktop/file"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/invite"
	invitescreen "sightline.example/desktop/screens/invite"
	"sightline.example/desktop/widgets/look"
)

// pageBatch is the id of the page on which those of a table are invited.
const pageBatch = "batch"

// askForTable asks for the file with those who are to be invited.
func (s *Shell) askForTable() {
	s.askForFile(fileQuestion{
		title: lang.L("Invite from a table"), confirm: lang.L("Open"), endings: []string{".csv", ".tsv", ".txt"},
		help: lang.L("A table as CSV, a client a row, with a column for the e-mail addresses. You can also drop the file on the window."),
		why:  tableFault,
		try: func(path string) (func(), error) {
			t, err := openTable(path)
			return func() { s.pages.push(s.batchPage(t)) }, err
		},
	})
}

// dropTable takes the first of the files that were dropped.
func (s *Shell) dropTable(paths []string) {
	if len(paths) > 0 {
		s.readTable(paths[0])
	}
}

// readTable reads the file in the background, as disks can be slow, and shows what
// can be made of it.
func (s *Shell) readTable(path string) {
	on := s.scope
	on.Go(func(context.Context) {
		t, err := openTable(path)
		on.Main(func() {
			if err != nil {
				s.toast(look.Danger, tableFault(path, err))
				return
			}
			s.pages.push(s.batchPage(t))
		})
	})
}

func openTable(path string) (*invite.Table, error) {
	f, err := file.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // it was only read
	return invite.ReadTable(f)
}

// tableFault says why a file is no table to invite from.
func tableFault(path string, err error) string {
	name := lang.Data{"Path": path}
	switch {
	case errors.Is(err, invite.ErrEmpty):
		return lang.L("There are no rows in {{.Path}}.", name)
	case errors.Is(err, invite.ErrTooLarge):
		return lang.L("{{.Path}} is too large: it may have {{.Rows}} rows and 10 MB. Split it up.", lang.Data{"Path": path, "Rows": lang.Number(invite.MaxRows)})
	case errors.Is(err, invite.ErrFile):
		return lang.L("{{.Path}} is no table. Save it as CSV in UTF-8.", name)
	}
	return lang.Mistake(err)
}

// batchPage returns the page on which those in a table are invited.
func (s *Shell) batchPage(t *invite.Table) *Page {
	m := invite.NewBatch(invite.Calls(s.scope, s.session.Client), t)
	screen := invitescreen.NewBatch(invitescreen.BatchConfig{
		Model: m, After: s.cfg.On.After, Tips: s.tips, OnExport: func() { s.exportUndone(m) },
		OnDone: func() { s.pages.back() }, OnChange: s.frame.refresh,
	})
	follow := s.batchFollower(m)
	follow()
	stop := s.store.Watch(follow)
	return &Page{
		ID: pageBatch, Title: lang.L("Invite from a table"), Content: screen.Content, Dirty: func() string { return undoneText(m) },
		Close: func() {
			stop()
			m.Close()
		},
	}
}

// batchFollower returns what hands on what the store knows now, as far as it has to do
// with a table.
func (s *Shell) batchFollower(m *invite.Batch) func() {
	var last *model.Data
	return func() {
		m.SetOffline(!s.writable())
		now := s.store.Data()
		if !now.Complete() || last != nil && now.SameDirectory(last) && now.SameAddresses(last) {
			return
		}
		last = now
		m.SetDirectory(s.selectable(), now.HasAddress)
	}
}

// undoneText tells what would be given up with the table; nothing if all are invited.
// The file is still there: as long as nobody is invited, only what was put right is
// not.
func undoneText(m *invite.Batch) string {
	switch invited := m.Count(invite.Invited); {
	case invited == len(m.Rows()):
		return ""
	case invited > 0 || m.Step() == invite.Inviting:
		return lang.N("{{.N}} rows of the table are not invited yet.", len(m.Rows())-invited)
	case m.Corrected() > 0:
		return lang.N("What you put right in {{.N}} rows is not in the file.", m.Corrected())
	}
	return ""
}

// exportUndone writes the rows of which nobody was invited to a file.
func (s *Shell) exportUndone(m *invite.Batch) {
	s.export(export{
		title: lang.L("Export who was not invited"), about: "not-invited",
		make: func(made func(content)) {
			var text bytes.Buffer
			err := m.Undone(&text, invitescreen.RowText)
			made(content{text: text.Bytes(), err: err})
		},
	})
}
