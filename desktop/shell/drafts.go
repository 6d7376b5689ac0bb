package shell

import (
	"context"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/deleted"
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
		s.tellOfInvitation()
		for _, r := range s.drafts.All() {
			if c := s.store.Client(r.Client); c != nil {
				s.offerDraft(lang.L("You have changed the scope of {{.Name}}, and not saved it.", lang.Data{"Name": c.Name}),
					func() { s.openClient(string(r.Client)) })
			} else {
				s.lookForDeleted(r)
			}
		}
	})
}

// offerDraft offers to go on with what was not saved.
func (s *Shell) offerDraft(text string, on func()) {
	s.tray.Add(notice.Toast{Text: text, Tone: look.Info, Action: lang.L("Go on"), OnAction: on})
}

// lookForDeleted offers to go on with the draft of a client who was deleted meanwhile,
// unless nothing is known of that one any more.
func (s *Shell) lookForDeleted(r scope.Record) {
	on := s.scope
	on.Go(func(ctx context.Context) {
		was, err := deleted.Find(ctx, s.session.Client, r.Client)
		on.Main(func() {
			switch {
			case err != nil: // it is offered at the next start
			case was == nil || was.Erased:
				s.forgetDraft(r.Client)
			default:
				c := policy.Client{ID: was.ID, Name: was.Name, Email: was.Email, Status: policy.Active, Scope: r.Base}
				s.offerDraft(lang.L("{{.Name}} was deleted while you were changing what they see.", lang.Data{"Name": was.Name}),
					func() { s.pages.push(s.editorPage(c, r.Revision)) })
			}
		})
	})
}
