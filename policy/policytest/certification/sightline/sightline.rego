# METADATA
# title: Certification
# description: |
#   The fixture of the AuthZEN 1.0 certification scenario, section 1: alice and bob, who is an admin, read, write and
#   delete record-1, which is active, and record-2, which is archived.
# scope: subpackages
# schemas:
#   - input: schema.input
package sightline

import data.sightline.records

# METADATA
# title: Decision
# description: Whether the subject may do it, and the code of the reason.
# entrypoint: true
# scope: document
decision := {"allow": true, "reason": _grant}

decision := {"allow": false, "reason": _refusal} if not _grant

# METADATA
# title: Grant
# description: The reason for a yes.
# scope: document
_grant := "reads" if {
	records.reads
} else := "writes_active" if {
	records.writes_active
} else := "writes_archived" if {
	records.writes_archived
} else := "deletes_softly" if {
	records.deletes_softly
}

# METADATA
# title: Refusal
# description: The reason for a no.
# scope: document
_refusal := "archived" if {
	records.archived
} else := "not_soft" if {
	records.not_soft
} else := "not_granted" if {
	records.not_granted
}
