// Package invite has the screens on which clients and admins are invited: a few by
// their addresses, and many from a table.
package invite

import (
	"cmp"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/invite"
	"sightline.example/desktop/screens/selection"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/policy"
)

// Config says what the screen shows, and whom it tells what is wanted. Everything
// is required.
type Config struct {
	Model *invite.Form
	After func(time.Duration, func()) (stop func())
	// Roles are those that admins can be invited with; none means clients only.
	Roles []policy.Role
	// OnCopy is handed a link to be copied.
	OnCopy func(link string)
	// OnTable is called when many are to be invited from a table; nil where they
	// can't.
	OnTable func()
	// OnDone is called when nobody else is to be invited.
	OnDone func()
	// OnChange is called when commands can be done, or can't any more.
	OnChange func()
}

// Screen invites a few. It belongs to the UI goroutine.
type Screen struct {
	Content fyne.CanvasObject

	cfg       Config
	title     *widget.Label
	send      *control.Button
	table     *control.Button
	banner    *notice.Banner
	addresses *form.Row
	emails    *control.Entry
	level     *control.Select
	levelRow  *form.Row
	name      *control.Entry
	nameRow   *form.Row
	note      *control.Entry
	noteRow   *form.Row
	selection *selection.Selection
	scope     fyne.CanvasObject // what is for clients only
	editing   fyne.CanvasObject
	outcome   *outcome
	frame     *fyne.Container
}

// New returns the screen.
func New(cfg Config) *Screen {
	m := cfg.Model
	s := &Screen{cfg: cfg, title: look.Heading(lang.L("Invite")), banner: notice.NewBanner(cfg.After), selection: selection.New(m.Sketch)}
	s.send = control.NewPrimary(lang.L("Send"), m.Send)
	s.table = control.NewButton(lang.L("From a table…"), cfg.OnTable)
	s.emails = control.NewEntry(lang.L("name@example.com, another@example.com"))
	s.emails.OnChanged = m.SetText
	s.addresses = form.NewRow(lang.L("E-mail addresses"), s.emails, "")
	s.level = control.NewSelect(s.levels(), func(string) { m.SetRole(s.role()) })
	s.levelRow = form.NewRow(lang.L("Access level"), s.level, "")
	s.name = control.NewEntry(lang.L("As in the address"))
	s.name.OnChanged = m.SetName
	s.nameRow = form.NewRow(lang.L("Name"), s.name, "")
	s.note = control.NewEntry(lang.L("May stay empty"))
	s.note.OnChanged = m.SetNote
	s.noteRow = form.NewRow(lang.L("Note in the message"), s.note, "")
	s.outcome = newOutcome(cfg)
	s.Content = s.build()
	m.OnChange = s.Refresh
	s.Refresh()
	return s
}

// Focus gives the keyboard to the addresses.
func (s *Screen) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s.emails); c != nil {
		c.Focus(s.emails)
	}
}

// Dirty says what would be lost if the screen were closed; it is empty if nothing
// would.
func (s *Screen) Dirty() string {
	if !s.cfg.Model.Dirty() {
		return ""
	}
	return lang.L("The invitation is not sent.")
}

// levels returns what can be invited: clients, and admins of the roles.
func (s *Screen) levels() []string {
	all := []string{lang.L("Client")}
	for _, r := range s.cfg.Roles {
		all = append(all, lang.Role(r))
	}
	return all
}

func (s *Screen) role() policy.Role {
	if i := s.level.SelectedIndex(); i > 0 {
		return s.cfg.Roles[i-1]
	}
	return ""
}

// build lays the screen out, in the order of the Tab key.
func (s *Screen) build() fyne.CanvasObject {
	actions := look.Row(s.table, s.send)
	title := look.Middle(look.Flush(s.title))
	head := container.New(layout.NewBorderLayout(nil, nil, nil, actions), title, actions)
	left := container.New(layout.NewBorderLayout(s.selection.Switches, nil, nil, nil),
		s.selection.Switches, container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), s.selection.Lists))
	s.scope = container.New(look.Columns{}, left, s.selection.Preview)
	s.editing = look.Scroll(container.New(fields{}, s.addresses, s.levelRow, s.nameRow, s.noteRow, s.scope))
	top := container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), look.Column(8, head, s.banner))
	s.frame = container.New(layout.NewBorderLayout(top, nil, nil, nil), top, container.NewStack(s.editing, s.outcome.content))
	return look.Pad(16, s.frame)
}

// Refresh shows the model as it is now.
func (s *Screen) Refresh() {
	m := s.cfg.Model
	sent := m.Phase() == invite.Sent
	news := sent && !s.outcome.content.Visible()
	look.Hide(s.editing, sent)
	look.Hide(s.outcome.content, !sent)
	look.Hide(s.send, sent)
	look.Hide(s.table, sent || s.cfg.OnTable == nil)
	if sent {
		s.outcome.refresh()
	} else {
		s.showFields()
		s.selection.Refused(m.Err())
		s.selection.Refresh()
	}
	look.Hide(s.scope, m.Role() != "")
	s.send.SetText(sendText(m))
	look.Enable(s.send, m.CanSend())
	s.banner.Clear()
	if m.Err() != nil {
		s.banner.Set(look.Danger, unsentText(m.Err()))
	}
	s.frame.Refresh()
	if news {
		s.outcome.focus()
	}
	s.cfg.OnChange()
}

// unsentText says why there is no outcome. A sidecar that did not answer may have done
// it all the same.
func unsentText(err error) string {
	why := lang.Data{"Why": lang.Error(err)}
	switch policy.CodeOf(err) {
	case policy.Unavailable, policy.Internal:
		return lang.L("Perhaps nothing was sent. {{.Why}} Send it once more as it is: nobody is invited twice.", why)
	}
	return lang.L("Nothing was sent. {{.Why}}", why)
}

func sendText(m *invite.Form) string {
	switch n := len(m.Addresses()); {
	case m.Phase() == invite.Sending:
		return lang.L("Sending…")
	case n > 1:
		return lang.N("Send {{.N}} invitations", n)
	}
	return lang.L("Send")
}

func (s *Screen) showFields() {
	m := s.cfg.Model
	s.emails.Put(m.Text())
	s.name.Put(m.Name())
	s.note.Put(m.Note())
	index := 0
	for i, r := range s.cfg.Roles {
		if r == m.Role() {
			index = i + 1
		}
	}
	if s.level.SelectedIndex() != index {
		s.level.SetSelectedIndex(index)
	}
	s.addresses.SetError(cmp.Or(addressesText(m.Addresses()), lang.Beside(m.Err(), "email")))
	s.levelRow.SetError(lang.Beside(m.Err(), "role"))
	s.nameRow.SetError(cmp.Or(FaultText(m.NameFault()), lang.Beside(m.Err(), "name")))
	s.noteRow.SetError(cmp.Or(FaultText(m.NoteFault()), lang.Beside(m.Err(), "note")))
	several := len(m.Addresses()) > 1
	look.Hide(s.nameRow, several)
	for _, field := range []fyne.Disableable{s.emails, s.level, s.name, s.note} {
		look.Enable(field, m.Phase() == invite.Editing)
	}
}

// addressesText says what is wrong with the first address with which anything is.
func addressesText(all []invite.Address) string {
	if n := len(all); n > invite.MaxAddresses {
		return lang.L("These are {{.N}} addresses; up to {{.Most}} can be typed in. Take a table for more.",
			lang.Data{"N": lang.Number(n), "Most": lang.Number(invite.MaxAddresses)})
	}
	for _, a := range all {
		if a.Fault != "" {
			return a.Email + ": " + FaultText(a.Fault)
		}
	}
	return ""
}
