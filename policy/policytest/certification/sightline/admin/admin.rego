# METADATA
# title: Admin
# description: Who may change what is stored.
package sightline.admin

# METADATA
# title: Decision
# description: Whether the caller may do it, and the code of the reason.
# entrypoint: true
# scope: document
decision := {"allow": true, "reason": "owner_may"} if owner_may

decision := {"allow": false, "reason": "others_may_not"} if others_may_not

# METADATA
# title: Owner may
# description: Owners do everything; the set-up code makes the first of them.
# custom:
#   admin: An owner may do everything.
#   client: You may do this.
# scope: document
owner_may if {
	input.subject.type in {"key", "admin"}
	input.subject.properties.role == "owner"
}

owner_may if {
	input.subject.type == "key"
	input.subject.properties.role == "bootstrap"
	input.resource.type == "admins"
	input.resource.properties.role == "owner"
}

# METADATA
# title: Others may not
# custom:
#   admin: Only an owner may do this.
#   client: You may not do this.
others_may_not if not owner_may
