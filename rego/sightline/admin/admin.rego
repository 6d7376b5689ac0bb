# METADATA
# title: Admin
# description: Who may read and change clients, the directory, the team of admins and their keys, and the audit log.
package sightline.admin

# METADATA
# title: Decision
# description: Whether the caller may do it, and the code of the reason.
# entrypoint: true
# scope: document
decision := {"allow": true, "reason": "role_allows"} if role_allows

decision := {"allow": false, "reason": "role_forbids"} if role_forbids

# METADATA
# title: Role allows
# description: The role of the admin or key allows it, and so do the key's permissions if it has any.
# custom:
#   admin: The role allows it.
#   client: The role allows it.
# scope: document
role_allows if {
	input.subject.type in {"key", "admin"}
	_role_includes
	_permitted
}

role_allows if {
	input.subject.type == "key"
	input.subject.properties.role == "bootstrap"
	input.action.name == "create"
	input.resource.type == "admins"
	input.resource.properties.role == "owner"
}

# METADATA
# title: Role forbids
# custom:
#   admin: The role does not allow it.
#   client: The role does not allow it.
role_forbids if not role_allows

# METADATA
# title: Role includes
# description: Owners do everything, admins all but what concerns the team, whose names they see, auditors read all but who is signed in from where.
# scope: document
_role_includes if input.subject.properties.role == "owner"

_role_includes if {
	input.subject.properties.role == "admin"
	_area in {"clients", "directory", "audit", "decisions"}
}

_role_includes if {
	input.subject.properties.role == "admin"
	input.resource.type == "admins"
	_reads
}

_role_includes if {
	input.subject.properties.role == "auditor"
	input.resource.type != "sessions"
	_reads
}

# METADATA
# title: Permitted
# description: A key without permissions may do all that its role may, another only what they name.
# scope: document
_permitted if not input.subject.properties.permissions

_permitted if concat(":", [_area, _access]) in input.subject.properties.permissions

# METADATA
# title: Area
# description: What permissions are given by.
_area := {
	"clients": "clients",
	"employees": "directory",
	"groups": "directory",
	"projects": "directory",
	"directory": "directory",
	"admins": "team",
	"keys": "team",
	"sessions": "team",
	"audit": "audit",
	"decisions": "decisions",
}[input.resource.type]

# METADATA
# title: Access
# description: Whether it is about reading or about changing.
# scope: document
default _access := "write"

_access := "read" if _reads

# METADATA
# title: Reads
# description: It changes nothing.
_reads if input.action.name == "read"
