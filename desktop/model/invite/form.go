// Package invite is the inviting of clients and admins: of a few, who are typed
// in, by a Form, and of many, who stand in a file, by a Batch.
//
// Whatever can be known to be wrong is said before anything is sent. What the
// sidecar refuses is told with the address it is about, and the others are
// invited all the same.
//
// Forms and batches belong to the UI goroutine.
package invite

import (
	"context"
	"crypto/rand"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// MaxAddresses is how many can be typed into a Form; more come from a file.
const MaxAddresses = 100

// Config says how invitations reach the sidecar. The functions are the methods of
// client.Client: see Calls.
type Config struct {
	On      async.Dispatcher // required, as the four that follow
	Preview sketch.Ask
	Many    func(context.Context, api.Invitations, client.Terms) (client.Stored[api.InvitedRows], error)
	TryMany func(context.Context, api.Invitations, client.Terms) (client.Stored[api.InvitedRows], error)
	Admin   func(context.Context, api.NewAdmin, client.Terms) (client.Stored[api.Invited[policy.Admin]], error)
	// Known reports to a form whether a client has the address, in canonical form.
	// Nil knows nobody. A batch is told by SetDirectory.
	Known func(email string) bool
	Zone  *time.Location // nil means time.Local
}

// Calls returns a Config that reaches the sidecar by a client.
func Calls(on async.Dispatcher, c *client.Client) Config {
	return Config{On: on, Preview: sketch.AskBy(c), Many: c.InviteMany, TryMany: c.TryInviteMany, Admin: c.InviteAdmin}
}

func (c Config) known(email string) bool { return c.Known != nil && c.Known(email) }

// Phase is what a form is doing.
type Phase string

// The phases.
const (
	Editing Phase = "editing"
	Sending Phase = "sending"
	Sent    Phase = "sent" // there is an outcome
)

// Outcome is what became of one invitation.
type Outcome struct {
	Email string
	ID    string // of the client or admin; empty if there is none
	Link  string // to be handed over; whoever has it can make the account
	Err   error
}

// Form invites those whose addresses are typed into it, all with the same scope.
type Form struct {
	// OnChange is called when anything to be shown has changed.
	OnChange func()

	Sketch *sketch.Sketch

	cfg       Config
	on        *async.Scope
	phase     Phase
	role      policy.Role
	text      string
	addresses []Address
	name      string
	note      string
	offline   bool
	key       string
	asked     policy.Scope // was sent under the key
	outcome   []Outcome
	err       error
}

// NewForm returns an empty form for clients.
func NewForm(cfg Config) *Form {
	f := &Form{OnChange: func() {}, cfg: cfg, on: async.NewScope(cfg.On), phase: Editing}
	f.Sketch = sketch.New(sketch.Config{On: f.on, Preview: cfg.Preview, Zone: cfg.Zone}, policy.Scope{})
	f.Sketch.OnChange = f.sketched
	return f
}

// sketched follows a change of the scope or of its preview.
func (f *Form) sketched() {
	if f.phase == Editing && !scope.Equal(f.asked, f.Sketch.Scope()) {
		f.err, f.key = nil, ""
	}
	f.OnChange()
}

// Close ends what the form does in the background.
func (f *Form) Close() {
	f.Sketch.Close()
	f.on.Close()
}

// Phase returns what the form is doing.
func (f *Form) Phase() Phase { return f.phase }

// Role returns what is invited: an admin of the role, or a client if it is empty.
func (f *Form) Role() policy.Role { return f.role }

// SetRole says what is invited. What was selected for a client stays.
func (f *Form) SetRole(r policy.Role) {
	f.edit(func() {
		f.role = r
		f.addresses = ParseAddresses(f.text, f.known)
	})
}

// Text returns the addresses as they were typed.
func (f *Form) Text() string { return f.text }

// SetText takes addresses as they are typed.
func (f *Form) SetText(text string) {
	f.edit(func() { f.text, f.addresses = text, ParseAddresses(text, f.known) })
}

// known leaves out admins: clients and admins may have the same address.
func (f *Form) known(email string) bool { return f.role == "" && f.cfg.known(email) }

// Addresses returns the addresses that were typed, and what is wrong with them.
func (f *Form) Addresses() []Address { return f.addresses }

// Name returns how admins call the one who is invited.
func (f *Form) Name() string { return f.name }

// SetName says how admins call the one who is invited; it counts for a single
// address only. Empty is as in the address.
func (f *Form) SetName(name string) { f.edit(func() { f.name = name }) }

// Note returns what is said to those who are invited.
func (f *Form) Note() string { return f.note }

// SetNote says something to those who are invited.
func (f *Form) SetNote(note string) { f.edit(func() { f.note = note }) }

// NameFault returns what is wrong with the name, or nothing.
func (f *Form) NameFault() Fault {
	if f.name != "" && policy.CheckName("name", f.name) != nil {
		return TooLong
	}
	return ""
}

// NoteFault returns what is wrong with the note, or nothing.
func (f *Form) NoteFault() Fault {
	if policy.CheckNote("note", f.note) != nil {
		return TooLong
	}
	return ""
}

// Dirty reports whether something would be lost if the form were closed.
func (f *Form) Dirty() bool {
	return f.phase != Sent && (f.text != "" || f.note != "" || f.name != "" || f.Sketch.Dirty())
}

// SetOffline says whether sending has to wait.
func (f *Form) SetOffline(offline bool) {
	if offline != f.offline {
		f.offline = offline
		f.OnChange()
	}
}

// CanSend reports whether the invitations can be sent now. A client's scope may be
// empty: the client sees nothing then.
func (f *Form) CanSend() bool {
	if f.phase != Editing || f.offline || len(f.addresses) == 0 {
		return false
	}
	for _, a := range f.addresses {
		if a.Fault != "" {
			return false
		}
	}
	return f.NameFault() == "" && f.NoteFault() == "" && (f.role != "" || f.Sketch.Valid())
}

// Err returns why there is no outcome, if a try to send came to none. Nothing was sent
// then, unless nobody answered: policy.Unavailable and policy.Internal leave it open.
func (f *Form) Err() error { return f.err }

// Outcome returns what became of the invitations, in the order of the addresses.
func (f *Form) Outcome() []Outcome { return f.outcome }

// Again begins anew with the same scope, role and note, for other addresses.
func (f *Form) Again() { f.restart("", "") }

// Retry begins anew with those who could not be invited, called as before.
func (f *Form) Retry() {
	text, name := "", ""
	for i, typed := range split(f.text) {
		if i < len(f.outcome) && f.outcome[i].Err != nil {
			text += typed + "\n"
		}
	}
	if len(f.addresses) == 1 {
		name = f.name
	}
	f.restart(text, name)
}

func (f *Form) restart(text, name string) {
	if f.phase != Sent {
		return
	}
	f.enter(Editing)
	f.outcome, f.name, f.key = nil, name, ""
	f.SetText(text)
}

func (f *Form) edit(change func()) {
	if f.phase != Editing {
		return
	}
	change()
	f.err, f.key = nil, ""
	f.OnChange()
}

func (f *Form) enter(p Phase) {
	f.phase = p
	f.Sketch.SetLocked(p != Editing)
}

// nameOf returns what the one of an address is called.
func (f *Form) nameOf(a Address) string {
	if len(f.addresses) == 1 && f.name != "" {
		return f.name
	}
	return a.Name
}

// keyOf returns the name of what is sent: the same until something is changed, so
// that whoever was invited already is not invited twice.
func (f *Form) keyOf() string {
	if f.key == "" {
		f.key = rand.Text()
	}
	return f.key
}
