package sightline.admin_test

import data.sightline.admin

_cases := {
	"owner makes keys": ["owner", "create", "keys", "app", true],
	"owner edits clients": ["owner", "replace", "clients", "", true],
	"admin edits clients": ["admin", "replace", "clients", "", true],
	"admin imports": ["admin", "import", "directory", "", true],
	"admin makes no keys": ["admin", "create", "keys", "owner", false],
	"auditor reads": ["auditor", "read", "clients", "", true],
	"auditor reads keys": ["auditor", "read", "keys", "", true],
	"auditor changes nothing": ["auditor", "delete", "clients", "", false],
	"app reads nothing": ["app", "read", "clients", "", false],
	"bootstrap makes no keys": ["bootstrap", "create", "keys", "owner", false],
	"bootstrap makes nobody else": ["bootstrap", "create", "admins", "admin", false],
	"bootstrap reads nothing": ["bootstrap", "read", "admins", "owner", false],
	"bootstrap makes an owning admin": ["bootstrap", "create", "admins", "owner", true],
	"bootstrap changes no owner": ["bootstrap", "replace", "admins", "owner", false],
	"owner invites admins": ["owner", "create", "admins", "admin", true],
	"admin invites no admins": ["admin", "create", "admins", "auditor", false],
	"admin sees the team": ["admin", "read", "admins", "", true],
	"admin sees no keys": ["admin", "read", "keys", "", false],
	"owner ends sessions": ["owner", "delete", "sessions", "", true],
	"admin sees no sessions of others": ["admin", "read", "sessions", "", false],
	"auditor sees no sessions of others": ["auditor", "read", "sessions", "", false],
	"admin asks for decisions": ["admin", "read", "decisions", "", true],
	"nobody's area": ["owner", "delete", "weather", "", true],
	"unknown role": ["root", "read", "clients", "", false],
}

test_roles[name] if {
	some name, [role, action, type, made, want] in _cases
	got := admin.decision with input as _asks("key", role, action, type, made)
	got.allow == want
}

test_permissions[name] if {
	some name, [role, action, type, permissions, want] in {
		"as named": ["admin", "replace", "clients", ["clients:write"], true],
		"reading is another one": ["admin", "read", "clients", ["clients:write"], false],
		"several": ["admin", "read", "groups", ["clients:read", "directory:read"], true],
		"of another area": ["owner", "delete", "keys", ["clients:write"], false],
		"not beyond the role": ["auditor", "replace", "clients", ["clients:write"], false],
		"unknown area": ["owner", "read", "weather", ["clients:read"], false],
	}
	asked := _asks("key", role, action, type, "")
	got := admin.decision with input as object.union(asked, {"subject": {"properties": {"permissions": permissions}}})
	got.allow == want
}

test_admins_are_asked_like_keys if {
	got := admin.decision with input as _asks("admin", "admin", "replace", "clients", "")
	got.allow
}

test_clients_are_never_admins if {
	got := admin.decision with input as _asks("client", "owner", "read", "clients", "")
	got == {"allow": false, "reason": "role_forbids"}
}

test_reason if {
	got := admin.decision with input as _asks("key", "owner", "read", "clients", "")
	got == {"allow": true, "reason": "role_allows"}
}

_asks(subject, role, action, type, made) := {
	"subject": {"type": subject, "id": "k1", "properties": {"role": role}},
	"action": {"name": action},
	"resource": {"type": type, "id": "x", "properties": {"role": made}},
	"now": 0,
}
