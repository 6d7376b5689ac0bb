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
	"bootstrap makes an owner": ["bootstrap", "create", "keys", "owner", true],
	"bootstrap makes nothing else": ["bootstrap", "create", "keys", "admin", false],
	"bootstrap reads nothing": ["bootstrap", "read", "keys", "owner", false],
	"unknown role": ["root", "read", "clients", "", false],
}

test_roles[name] if {
	some name, [role, action, type, made, want] in _cases
	got := admin.decision with input as _asks("key", role, action, type, made)
	got.allow == want
}

test_only_keys_are_admins if {
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
