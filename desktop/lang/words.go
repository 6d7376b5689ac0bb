package lang

import (
	"strings"
	"time"

	"sightline.example/policy"
)

// Standing returns what a client is listed as.
func Standing(s policy.Status) string {
	switch s {
	case policy.Invited:
		return L("Invited")
	case policy.Active:
		return L("Active")
	case policy.Suspended:
		return L("Suspended")
	case policy.Expired:
		return L("Expired")
	}
	return string(s)
}

// Mode returns what a mode is called.
func Mode(m policy.Mode) string {
	switch m {
	case policy.ModeGroups:
		return L("Groups")
	case policy.ModeProjects:
		return L("Projects")
	case policy.ModeBoth:
		return L("Groups + projects")
	case policy.ModeNone:
		return L("Nothing")
	}
	return string(m)
}

// Role returns what a role is called.
func Role(r policy.Role) string {
	switch r {
	case policy.RoleOwner:
		return L("Owner")
	case policy.RoleAdmin:
		return L("Admin")
	case policy.RoleAuditor:
		return L("Auditor")
	case policy.RoleApp:
		return L("Application")
	case policy.RoleBootstrap:
		return L("Set-up code")
	}
	return string(r)
}

// Ago returns how long ago something was, roughly; never for a zero time.
func Ago(t, now time.Time) string {
	d := now.Sub(t)
	switch {
	case t.IsZero():
		return L("Never")
	case d < time.Minute:
		return L("Just now")
	case d < time.Hour:
		return N("{{.N}} minutes ago", int(d/time.Minute))
	case d < 24*time.Hour:
		return N("{{.N}} hours ago", int(d/time.Hour))
	case d < 30*24*time.Hour:
		return N("{{.N}} days ago", int(d/(24*time.Hour)))
	case d < 365*24*time.Hour:
		return N("{{.N}} months ago", int(d/(30*24*time.Hour)))
	}
	return N("{{.N}} years ago", int(d/(365*24*time.Hour)))
}

// Moment returns a time to the minute, with its zone; nothing for a zero time.
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04 MST")
}

// Finding returns why clients ask for a look.
func Finding(finding string) string {
	switch finding {
	case "invitation_ends":
		return L("Invitation ends soon")
	case "nothing_visible":
		return L("See nothing")
	case "everyone_visible":
		return L("See everybody")
	case "unused":
		return L("Unused for a month")
	}
	return strings.ReplaceAll(finding, "_", " ")
}
