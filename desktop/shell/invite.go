package shell

import (
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/invite"
	invitescreen "sightline.example/desktop/screens/invite"
	"sightline.example/policy"
)

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
	screen := invitescreen.New(invitescreen.Config{
		Model: m, After: s.cfg.On.After, Roles: roles, OnDone: func() { s.pages.pop() }, OnChange: s.frame.refresh,
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
	return &Page{
		ID: "invite", Title: lang.L("Invite"), Content: screen.Content, Focus: screen.Focus, Dirty: screen.Dirty, Dropped: s.dropTable,
		Close: func() {
			stop()
			m.Close()
		},
	}
}

// addressKnown reports whether a client has the address, in canonical form.
func (s *Shell) addressKnown(email string) bool { return s.store.Data().HasAddress(email) }
