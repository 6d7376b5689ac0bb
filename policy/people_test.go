package policy

import (
	"strings"
	"testing"
	"time"
)

func TestAdminCheck(t *testing.T) {
	valid := func() *Admin {
		return &Admin{ID: "ada", Name: "Ada", Email: "ada@example.com", Role: RoleAdmin, Status: Invited}
	}
	checkFaults(t, valid, (*Admin).Check, []fault[Admin]{
		{"no id", func(a *Admin) { a.ID = "" }, "id"},
		{"no name", func(a *Admin) { a.Name = "" }, "name"},
		{"name with a line break", func(a *Admin) { a.Name = "Ada\r\nBcc: x" }, "name"},
		{"no email", func(a *Admin) { a.Email = "" }, "email"},
		{"owner", func(a *Admin) { a.Role = RoleOwner }, ""},
		{"auditor", func(a *Admin) { a.Role = RoleAuditor }, ""},
		{"app", func(a *Admin) { a.Role = RoleApp }, "role"},
		{"bootstrap", func(a *Admin) { a.Role = RoleBootstrap }, "role"},
		{"no status", func(a *Admin) { a.Status = "" }, "status"},
		{"era before all", func(a *Admin) { a.Era = -1 }, "era"},
	})
}

func TestAccountCheck(t *testing.T) {
	checkFaults(t, func() *Account { return &Account{Client: "acme", Name: "Ann"} }, (*Account).Check, []fault[Account]{
		{"no client", func(a *Account) { a.Client = "" }, "client"},
		{"no name", func(a *Account) { a.Name = "" }, "name"},
		{"era before all", func(a *Account) { a.Era = -1 }, "era"},
	})
}

func TestSessionCheck(t *testing.T) {
	valid := func() *Session {
		return &Session{ID: "s1", Type: SubjectAdmin, Subject: "ada", Digest: DigestOf("x"), Created: noon, Expires: noon.Add(time.Hour)}
	}
	checkFaults(t, valid, (*Session).Check, []fault[Session]{
		{"no id", func(s *Session) { s.ID = "" }, "id"},
		{"a client's", func(s *Session) { s.Type = SubjectClient }, ""},
		{"a key's", func(s *Session) { s.Type = SubjectKey }, "type"},
		{"nobody's", func(s *Session) { s.Subject = "" }, "subject"},
		{"no digest", func(s *Session) { s.Digest = "" }, "digest"},
		{"over before it began", func(s *Session) { s.Expires = noon }, "expires"},
		{"longest agent", func(s *Session) { s.Agent = strings.Repeat("x", 200) }, ""},
		{"too long an agent", func(s *Session) { s.Agent = strings.Repeat("x", 201) }, "agent"},
		{"era before all", func(s *Session) { s.Era = -1 }, "era"},
	})
}

func TestInvitationCheck(t *testing.T) {
	valid := func() *Invitation {
		return &Invitation{ID: "i1", Type: SubjectClient, Subject: "acme", Purpose: PurposeSetup}
	}
	checkFaults(t, valid, (*Invitation).Check, []fault[Invitation]{
		{"no id", func(i *Invitation) { i.ID = "" }, "id"},
		{"an admin's", func(i *Invitation) { i.Type = SubjectAdmin }, ""},
		{"a key's", func(i *Invitation) { i.Type = SubjectKey }, "type"},
		{"nobody's", func(i *Invitation) { i.Subject = "" }, "subject"},
		{"a reset", func(i *Invitation) { i.Purpose = PurposeReset }, ""},
		{"no purpose", func(i *Invitation) { i.Purpose = "" }, "purpose"},
		{"longest note", func(i *Invitation) { i.Note = strings.Repeat("x", 2000) }, ""},
		{"too long a note", func(i *Invitation) { i.Note = strings.Repeat("x", 2001) }, "note"},
		{"note that is not UTF-8", func(i *Invitation) { i.Note = "\xff" }, "note"},
		{"most links", func(i *Invitation) { i.Links = make([]Digest, 64) }, ""},
		{"too many links", func(i *Invitation) { i.Links = make([]Digest, 65) }, "links"},
		{"too long a detail", func(i *Invitation) { i.Delivery.Detail = strings.Repeat("x", 501) }, "delivery.detail"},
	})
}

func TestPermissionsAreKnown(t *testing.T) {
	valid := func() *Key {
		return &Key{
			ID: "k", Name: "K", Role: RoleAdmin, Digest: DigestOf("x"), Created: noon, Expires: noon.Add(time.Hour),
			Permissions: []Permission{"clients:read", "clients:write"},
		}
	}
	checkFaults(t, valid, (*Key).Check, []fault[Key]{
		{"unknown", func(k *Key) { k.Permissions[1] = "weather:read" }, "permissions[1]"},
		{"twice", func(k *Key) { k.Permissions[1] = "clients:read" }, "permissions[1]"},
	})
}
