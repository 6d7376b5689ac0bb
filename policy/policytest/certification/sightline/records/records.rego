# METADATA
# title: Records
# description: What each user may do to records. A rule is named by the code of its reason.
package sightline.records

# METADATA
# title: Reads
# custom:
#   admin: Every user reads every record.
#   client: You may read this record.
reads if {
	_known
	input.action.name == "read"
}

# METADATA
# title: Writes active
# custom:
#   admin: Alice writes active records.
#   client: You may write this record.
writes_active if {
	_known
	input.subject.id == "alice"
	input.action.name == "write"
	_status == "active"
}

# METADATA
# title: Writes archived
# custom:
#   admin: Admins write archived records.
#   client: You may write this record.
writes_archived if {
	_known
	_role == "admin"
	input.action.name == "write"
	_status == "archived"
}

# METADATA
# title: Deletes softly
# custom:
#   admin: Alice deletes records softly.
#   client: You may delete this record.
deletes_softly if {
	_known
	input.subject.id == "alice"
	input.action.name == "delete"
	input.action.properties.soft == true
}

# METADATA
# title: Archived
# custom:
#   admin: The record is archived, and the user is no admin.
#   client: This record is archived.
archived if {
	input.action.name == "write"
	_status == "archived"
}

# METADATA
# title: Not soft
# custom:
#   admin: Records are only deleted softly.
#   client: You may not delete this record.
not_soft if input.action.name == "delete"

# METADATA
# title: Not granted
# custom:
#   admin: No rule grants it.
#   client: You may not do this.
not_granted if input.action.name

# METADATA
# title: Known
# description: A user who asks about a record, both of the fixture.
_known if {
	input.subject.type == "user"
	input.subject.id in {"alice", "bob"}
	input.resource.type == "record"
	input.resource.id in {"record-1", "record-2"}
}

# METADATA
# title: Role
# description: What the request says about the subject comes before what is known of it.
# scope: document
_role := input.subject.properties.role if {
	input.subject.properties.role
} else := "admin" if {
	input.subject.id == "bob"
}

# METADATA
# title: Status
# description: What the request says about the record comes before what is known of it.
# scope: document
_status := input.record.status if {
	input.record.status
} else := "active" if {
	input.resource.id == "record-1"
} else := "archived" if {
	input.resource.id == "record-2"
}
