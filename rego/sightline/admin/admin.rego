# METADATA
# title: Admin
# description: Who may read and change clients, the directory, keys and the audit log.
package sightline.admin

# METADATA
# title: Decision
# description: Whether the key may do it, and the code of the reason.
# entrypoint: true
# scope: document
decision := {"allow": true, "reason": "role_allows"} if role_allows

decision := {"allow": false, "reason": "role_forbids"} if role_forbids

# METADATA
# title: Role allows
# description: Owners do everything, admins all but keys, auditors read, and the bootstrap key makes an owner.
# custom:
#   admin: The key's role allows it.
#   client: The key's role allows it.
# scope: document
role_allows if {
	_key
	input.subject.properties.role == "owner"
}

role_allows if {
	_key
	input.subject.properties.role == "admin"
	input.resource.type in {"clients", "employees", "groups", "projects", "directory", "audit"}
}

role_allows if {
	_key
	input.subject.properties.role == "auditor"
	input.action.name == "read"
}

role_allows if {
	_key
	input.subject.properties.role == "bootstrap"
	input.action.name == "create"
	input.resource.type == "keys"
	input.resource.properties.role == "owner"
}

# METADATA
# title: Role forbids
# custom:
#   admin: The key's role does not allow it.
#   client: The key's role does not allow it.
role_forbids if not role_allows

# METADATA
# title: Key
# description: Only keys are asked about; a client is never an admin.
_key if input.subject.type == "key"
