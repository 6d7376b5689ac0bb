package lang

import "sightline.example/policy"

// Deed returns what was done, as the audit log lists it. What this version of the
// app does not know stays as the log has it.
func Deed(action string) string {
	words := map[string]string{
		"create": L("made"), "replace": L("changed"), "delete": L("deleted"), "import": L("imported"),
		"suspend": L("suspended"), "resume": L("resumed"), "erase": L("erased"),
		"invite": L("invited"), "revoke": L("revoked the invitation"), "accept": L("made the account"), "reset": L("asked for a new password"),
		"mail_sent": L("message sent"), "mail_failed": L("message not sent"),
		"sign_in": L("signed in"), "fail_sign_in": L("failed to sign in"), "lock": L("locked"), "unlock": L("unlocked"), "sign_out": L("signed out"),
		"change_password": L("changed the password"), "confirm_codes": L("switched on one-time codes"), "stop_codes": L("switched off one-time codes"),
		"archive": L("archived"),
	}
	if text, known := words[action]; known {
		return text
	}
	return action
}

// Type returns what one of a type of the rules is called: a client, an employee, a
// group or a project.
func Type(t string) string {
	switch t {
	case policy.TypeEmployee:
		return L("Employee")
	case policy.TypeGroup:
		return L("Group")
	case policy.TypeProject:
		return L("Project")
	case policy.TypeClient:
		return L("Client")
	}
	return t
}

// Kind returns what kind of thing a record of the audit log is about.
func Kind(kind string) string {
	words := map[string]string{
		"clients": L("Client"), "groups": L("Group"), "projects": L("Project"), "employees": L("Employee"),
		"directory": L("Directory"), "admins": L("Admin"), "keys": L("Key"), "sessions": L("Session"), "accounts": L("Account"), "audit": L("Audit log"),
	}
	if text, known := words[kind]; known {
		return text
	}
	return kind
}

// Member returns what a member of an entity is called, by its path.
func Member(path string) string {
	if text, known := member(path); known {
		return text
	}
	return path
}

func member(path string) (text string, known bool) {
	words := map[string]string{
		"name": L("Name"), "email": L("E-mail"), "status": L("Status"), "groups": L("Groups"), "projects": L("Projects"),
		"scope.groups": L("Groups"), "scope.projects": L("Projects"), "scope.screencasts": L("Screencasts"),
		"scope.from": L("From"), "scope.until": L("Until"),
		"agent": L("Program"), "expires": L("Expires"), "from": L("Address of the computer"), "seen": L("Last seen"), "subject": L("Whose"),
		"type": L("Kind"), "at": L("When"), "state": L("Message"), "role": L("Role"), "detail": L("Why not"), "note": L("Note"),
		"id": L("Identifier"), "password": L("Password"), "code": L("One-time code"),
	}
	text, known = words[path]
	return text, known
}
