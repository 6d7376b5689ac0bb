package shell

import (
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/invite"
	invitescreen "sightline.example/desktop/screens/invite"
	"sightline.example/policy"
)

// pageInvite is the id of the page on which a few are invited.
const pageInvite = "invite"

// invite shows what is needed to invite clients or, for owners, admins.
func (s *Shell) invite() { s.pages.push(s.invitePage()) }

func (s *Shell) invitePage() *Page {
	calls := invite.Calls(s.scope, s.session.Client)
	calls.Known = s.addressKnown
	m := invite.NewForm(calls)
	var roles []policy.Role
	if s.session.May("team:write") {
		roles = []policy.Role{policy.RoleAdmin, policy.RoleAuditor, policy.RoleOwner}
	}
	page, kept := &Page{ID: pageInvite, Title: lang.L("Invite")}, s.newFormKeeper(m)
	kept.resume(page, roles)
	screen := invitescreen.New(invitescreen.Config{
		Model: m, After: s.cfg.On.After, Roles: roles, OnDone: func() { s.pages.pop() },
		OnChange: func() {
			kept.later()
			s.frame.refresh()
		},
		OnCopy: s.copy, OnTable: s.askForTable,
	})
	m.Sketch.SetDirectory(s.selectable())
	follow := func() {
		m.SetOffline(!s.writable())
		if s.store.Data().Complete() {
			m.Sketch.SetDirectory(s.selectable())
		}
	}
	follow()
	stop := s.store.Watch(follow)
	page.Content, page.Focus, page.Dirty, page.Dropped = screen.Content, screen.Focus, screen.Dirty, s.dropTable
	page.Save, page.Discard = kept.keep, kept.discard
	page.Close = func() {
		stop()
		kept.wait()
		m.Close()
	}
	return page
}

// addressKnown reports whether a client has the address, in canonical form.
func (s *Shell) addressKnown(email string) bool { return s.store.Data().HasAddress(email) }
