package shell

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/editor"
	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/policy"
)

// keepDraft stores what is being edited. The admin has it before the eyes: that it
// can't be stored is no reason to disturb.
func (s *Shell) keepDraft(r scope.Record) {
	if err := s.drafts.Keep(r); err != nil {
		fyne.LogError("a draft was not kept", err)
	}
}

func (s *Shell) forgetDraft(id policy.ClientID) {
	if err := s.drafts.Forget(id); err != nil {
		fyne.LogError("a draft was not forgotten", err)
	}
}

// resumeDraft goes on where the app ended before something was saved.
func (s *Shell) resumeDraft(m *editor.Editor) {
	c := m.Client()
	r, found := s.drafts.Find(c.ID)
	if !found || scope.Equal(r.Scope, c.Scope) {
		return
	}
	m.Resume(r)
	s.tray.Add(notice.Toast{
		Text: lang.L("What you changed for {{.Name}} and did not save is back.", lang.Data{"Name": c.Name}), Tone: look.Info,
		Action: lang.L("Discard"), OnAction: func() {
			if top := s.pages.top(); top.ID == editorID(string(c.ID)) {
				m.Discard()
			}
		},
	})
}

// tellOfDrafts leads to what was not saved when the app ended, once all is read.
func (s *Shell) tellOfDrafts() {
	var stop func()
	stop = s.store.Watch(func() {
		if s.store.Link().State != model.LinkLive {
			return
		}
		stop()
		for _, r := range s.drafts.All() {
			c := s.store.Client(r.Client)
			if c == nil {
				s.forgetDraft(r.Client)
				continue
			}
			s.tray.Add(notice.Toast{
				Text: lang.L("You have changed the scope of {{.Name}}, and not saved it.", lang.Data{"Name": c.Name}), Tone: look.Info,
				Action: lang.L("Go on"), OnAction: func() { s.openClient(string(r.Client)) },
			})
			return
		}
	})
}
