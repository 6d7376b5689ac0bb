package signin

import (
	"context"
	"strings"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// begin begins a session with the other changes that c is about; c is about the
// session itself if it names nothing.
func (d *Desk) begin(ctx context.Context, c admin.Change, who account, o Origin, ops ...store.Op) (Entered, error) {
	over, err := d.over(who)
	if err != nil {
		return Entered{}, err
	}
	text, s := d.newSession(who, o)
	ops = append(ops, d.store.Sessions().Create(string(s.ID), s))
	for _, id := range over[:min(len(over), store.MaxOps-len(ops))] {
		ops = append(ops, d.store.Sessions().Drop(string(id)))
	}
	c.Caller = who.caller(o)
	c.Caller.Session = s.ID
	if c.ID == "" {
		c.Kind, c.ID, c.After = policy.KindSessions, string(s.ID), told(s)
	}
	revision, err := d.commit(ctx, c, ops...)
	return Entered{Text: text, Subject: who.id, Expires: s.Expires, Revision: revision}, err
}

func (d *Desk) newSession(who account, o Origin) (text string, s policy.Session) {
	text = policy.NewSessionText()
	now := d.now().UTC()
	return text, policy.Session{
		ID: policy.SessionID(newID()), Type: who.of, Subject: who.id,
		Digest: policy.DigestOf(text), Era: who.era,
		From: o.From, Agent: agent(o.Agent),
		Created: now, Expires: now.Add(longest(who.of)), Seen: now,
	}
}

// told returns what audit records tell of a session. Where a client signs in from
// is personal: it is told of as the actor's, which can be erased.
func told(s policy.Session) api.Session {
	if s.Type == policy.SubjectClient {
		s.From, s.Agent = "", ""
	}
	return api.SessionOf(s)
}

func longest(of policy.SubjectType) time.Duration {
	if of == policy.SubjectAdmin {
		return policy.AdminSession
	}
	return policy.ClientSession
}

// agent returns what is kept of a program's name.
func agent(name string) string {
	name = strings.ToValidUTF8(name, "")
	if len(name) > policy.MaxAgent {
		name = strings.ToValidUTF8(name[:policy.MaxAgent], "")
	}
	return name
}

// over returns the sessions of the account that are over once another begins.
func (d *Desk) over(who account) ([]policy.SessionID, error) {
	data, err := d.data()
	if err != nil {
		return nil, err
	}
	var over, alive []policy.SessionID
	for _, s := range data.SessionsOf(who.of, who.id) {
		if s.Era == who.era && s.Alive(d.now()) {
			alive = append(alive, s.ID)
		} else {
			over = append(over, s.ID)
		}
	}
	if more := len(alive) - (policy.ClientSessions - 1); more > 0 && who.of == policy.SubjectClient {
		over = append(over, alive[:more]...)
	}
	return over, nil
}

// SignOut ends the caller's session.
func (d *Desk) SignOut(ctx context.Context, caller policy.Caller) (admin.Changed[api.Done], error) {
	if caller.Session == "" {
		return admin.Changed[api.Done]{}, policy.Errorf(policy.Forbidden, "this is only for people who are signed in")
	}
	c := admin.Change{
		Caller: caller,
		Intent: admin.Intent{Action: actionSignOut, Kind: policy.KindSessions, ID: string(caller.Session)},
	}
	revision, err := d.commit(ctx, c, d.store.Sessions().Drop(string(caller.Session)))
	return admin.Changed[api.Done]{Revision: revision}, err
}

// Who returns who the caller is and what that lets it do.
func (d *Desk) Who(ctx context.Context, caller policy.Caller) (api.Who, error) {
	data, err := d.data()
	if err != nil {
		return api.Who{}, err
	}
	who := api.Who{Type: caller.Type, ID: caller.ID, Name: caller.Name, Role: caller.Role, Session: caller.Session}
	if key, ok := data.KeyByID(policy.KeyID(caller.ID)); ok && caller.Type == policy.SubjectKey {
		who.Expires = key.Expires
	}
	if s, ok := data.SessionByID(caller.Session); ok {
		who.Expires = s.Expires
		who.Admin, _ = data.Admin(policy.AdminID(caller.ID))
	}
	who.Permissions, err = d.admin.Permissions(ctx, caller)
	return who, err
}

// Sessions returns the sessions of an admin that are not over: the caller's own
// if the id is empty, those of others as far as the rules have it.
func (d *Desk) Sessions(ctx context.Context, caller policy.Caller, id string) (api.Sessions, error) {
	list := api.Sessions{Items: []api.Session{}}
	own := caller.Type == policy.SubjectAdmin && (id == "" || id == caller.ID)
	if own {
		id = caller.ID
	}
	if err := d.mayReach(ctx, caller, own, actionRead, id); err != nil {
		return list, err
	}
	data, err := d.data()
	if err != nil {
		return list, err
	}
	a, ok := data.Admin(policy.AdminID(id))
	if !ok {
		return list, policy.FieldErrorf("admin", "is the id of no admin")
	}
	for _, s := range data.SessionsOf(policy.SubjectAdmin, id) {
		if s.Era != a.Era || !s.Alive(d.now()) {
			continue
		}
		shown := api.SessionOf(*s)
		shown.Current = s.ID == caller.Session
		list.Items = append(list.Items, shown)
	}
	return list, nil
}

// EndSession ends a session: one of the caller's own, or another as far as the
// rules have it.
func (d *Desk) EndSession(ctx context.Context, caller policy.Caller, id string) (admin.Changed[api.Done], error) {
	var none admin.Changed[api.Done]
	data, err := d.data()
	if err != nil {
		return none, err
	}
	s, found := data.SessionByID(policy.SessionID(id))
	own := found && caller.Session != "" && s.Type == caller.Type && s.Subject == caller.ID
	if err := d.mayReach(ctx, caller, own, actionDelete, id); err != nil {
		return none, err
	}
	if !found {
		return none, policy.Errorf(policy.NotFound, "there is no such session")
	}
	c := admin.Change{
		Caller: caller, Before: told(*s),
		Intent: admin.Intent{Action: actionDelete, Kind: policy.KindSessions, ID: id},
	}
	revision, err := d.commit(ctx, c, d.store.Sessions().Drop(id))
	return admin.Changed[api.Done]{Revision: revision}, err
}

// mayReach asks the rules about sessions that are not the caller's own.
func (d *Desk) mayReach(ctx context.Context, caller policy.Caller, own bool, action, id string) error {
	if own {
		return nil
	}
	_, err := d.admin.Authorise(ctx, caller, admin.Intent{Action: action, Kind: policy.KindSessions, ID: id})
	return err
}
