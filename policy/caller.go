package policy

import "time"

// SubjectType says what kind of subject a caller is.
type SubjectType string

// The types of callers.
const (
	SubjectKey    SubjectType = "key"    // a program, with a key
	SubjectAdmin  SubjectType = "admin"  // an admin who is signed in
	SubjectClient SubjectType = "client" // an invited client
	SubjectSystem SubjectType = "system" // the sidecar itself
)

// Caller is who makes a request, as far as it was checked.
type Caller struct {
	Type        SubjectType
	ID          string // of the key, the admin or the client
	Name        string
	Role        Role
	Permissions []Permission // if not empty, only these of what the role may do
	Session     SessionID    // if Type is SubjectAdmin or SubjectClient
	From        string       // the remote address; empty for the sidecar itself
}

// CallerOf returns who presents a key.
func CallerOf(k *Key) Caller {
	return Caller{Type: SubjectKey, ID: string(k.ID), Name: k.Name, Role: k.Role, Permissions: k.Permissions}
}

// System returns the sidecar itself as a caller, doing what name says.
func System(name string) Caller { return Caller{Type: SubjectSystem, Name: name} }

// Caller returns who presents the text of a key, or of the session of an admin.
// It gives false if the text is neither, or not any more at the given time. A
// set-up code lets nobody in.
func (d *Data) Caller(text string, now time.Time) (Caller, bool) {
	digest := DigestOf(text)
	if key, ok := d.Key(digest); ok {
		return CallerOf(key), now.Before(key.Expires) && key.Role != RoleBootstrap
	}
	s, ok := d.Session(digest)
	if !ok || s.Type != SubjectAdmin || !s.Alive(now) {
		return Caller{}, false
	}
	admin, ok := d.Admin(AdminID(s.Subject))
	if !ok || admin.Status != Active || admin.Era != s.Era {
		return Caller{}, false
	}
	return Caller{Type: SubjectAdmin, ID: s.Subject, Name: admin.Name, Role: admin.Role, Session: s.ID}, true
}

// ClientCaller returns the client who presents the text of a session. It gives
// false if the text is none, or not any more at the given time. Whether the
// client is to see anything is for the rules to say.
func (d *Data) ClientCaller(text string, now time.Time) (Caller, bool) {
	s, ok := d.Session(DigestOf(text))
	if !ok || s.Type != SubjectClient || !s.Alive(now) {
		return Caller{}, false
	}
	account, ok := d.Account(ClientID(s.Subject))
	client, exists := d.Client(ClientID(s.Subject))
	if !ok || !exists || client == nil || client.Status != Active || account.Era != s.Era || d.outnumbered(s, now) {
		return Caller{}, false
	}
	return Caller{Type: SubjectClient, ID: s.Subject, Name: account.Name, Session: s.ID}, true
}

// outnumbered reports whether a client has signed in so often since s that s is
// over.
func (d *Data) outnumbered(s *Session, now time.Time) bool {
	newer := 0
	for _, other := range d.SessionsOf(s.Type, s.Subject) {
		if other.Era == s.Era && other.Alive(now) && newest(other, s) > 0 {
			newer++
		}
	}
	return newer >= ClientSessions
}
