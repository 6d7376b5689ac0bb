package shell

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/invite"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/policy"
)

// calm is how long what is typed has to rest before it is kept.
const calm = time.Second

// formKeeper keeps what is typed into the form of an invitation, until that is sent or
// given up.
type formKeeper struct {
	shell *Shell
	model *invite.Form
	wait  func() // stops the wait for what is typed to rest
	over  bool   // nothing is kept any more
}

func (s *Shell) newFormKeeper(m *invite.Form) *formKeeper {
	return &formKeeper{shell: s, model: m, wait: func() {}}
}

// later keeps the form once it has rested.
func (k *formKeeper) later() {
	k.wait()
	k.wait = k.shell.scope.After(calm, k.keep)
}

// keep keeps the form now: the app may be ending.
func (k *formKeeper) keep() {
	k.wait()
	if k.over {
		return
	}
	if !k.model.Dirty() {
		k.forget()
		return
	}
	if err := k.shell.drafts.KeepInvitation(k.model.Record()); err != nil {
		fyne.LogError("an invitation was not kept", err)
	}
}

func (k *formKeeper) forget() {
	k.wait()
	if err := k.shell.drafts.ForgetInvitation(); err != nil {
		fyne.LogError("an invitation was not forgotten", err)
	}
}

// discard forgets the form for good, whatever is in it still: the page is to go.
func (k *formKeeper) discard() {
	k.over = true
	k.forget()
}

// resume goes on where the app ended before an invitation was sent.
func (k *formKeeper) resume(page *Page, roles []policy.Role) {
	s := k.shell
	r, found := s.drafts.Invitation()
	if !found {
		return
	}
	if !slices.Contains(roles, r.Role) {
		r.Role = "" // whom one may not invite any more
	}
	k.model.Resume(r)
	s.tray.Add(notice.Toast{
		Text: lang.L("The invitation you had not sent is back."), Tone: look.Info,
		Action: lang.L("Discard"), OnAction: func() {
			if s.pages.top() == page {
				k.model.Clear()
				k.forget()
			}
		},
	})
}

// tellOfInvitation leads to an invitation that was not sent when the app ended.
func (s *Shell) tellOfInvitation() {
	if _, found := s.drafts.Invitation(); found && s.session.May(writeClients) {
		s.offerDraft(lang.L("You have begun an invitation, and not sent it."), s.openInvitation)
	}
}

// openInvitation shows the form that was being filled in.
func (s *Shell) openInvitation() {
	if !s.covered() && !s.pages.reveal(pageInvite) {
		s.invite()
	}
}
