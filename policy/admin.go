package policy

import "time"

// Admin is a person who uses the desktop app.
type Admin struct {
	ID     AdminID `json:"id"`
	Name   string  `json:"name"`
	Email  string  `json:"email"`
	Role   Role    `json:"role"` // RoleOwner, RoleAdmin or RoleAuditor
	Status Status  `json:"status"`
	// Codes tells that signing in takes a one-time code too (RFC 6238).
	Codes bool `json:"codes,omitempty"`
	Era   int  `json:"era,omitempty"` // see Session
	Trail
}

// Check reports the first thing wrong with a, as an [Invalid] [Error].
func (a *Admin) Check() error {
	return firstError(
		CheckID("id", string(a.ID)),
		CheckName("name", a.Name),
		CheckEmail("email", a.Email),
		checkAdminRole(a.Role),
		checkStatus(a.Status),
		checkEra(a.Era),
	)
}

func checkAdminRole(r Role) error {
	switch r {
	case RoleOwner, RoleAdmin, RoleAuditor:
		return nil
	}
	return FieldErrorf("role", "must be %s, %s or %s", RoleOwner, RoleAdmin, RoleAuditor)
}

func checkEra(era int) error {
	if era < 0 {
		return FieldErrorf("era", "must not be negative")
	}
	return nil
}

// Account is what a client made of the invitation: there is one for each client
// who ever had one. Its id is the client's.
type Account struct {
	Client  ClientID  `json:"client"`
	Name    string    `json:"name"` // the full name, as the client entered it
	Created time.Time `json:"created"`
	Seen    time.Time `json:"seen,omitzero"` // when the client last used the portal, within minutes
	Era     int       `json:"era,omitempty"` // see Session
}

// Check reports the first thing wrong with a, as an [Invalid] [Error].
func (a *Account) Check() error {
	return firstError(CheckID("client", string(a.Client)), CheckName("name", a.Name), checkEra(a.Era))
}
