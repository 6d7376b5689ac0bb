# METADATA
# title: Review
# description: |
#   What admins ask of the rules besides yes and no. A bundle of rules may leave these entrypoints out; then
#   the engine can't list what a client sees, tells less about a decision, and asks about every client in turn.
package sightline.review

import data.sightline
import data.sightline.client
import data.sightline.facts
import data.sightline.resources
import data.sightline.resources.employee
import data.sightline.resources.group
import data.sightline.resources.project
import data.sightline.scope
import data.sightline.work

# METADATA
# title: Visible
# description: |
#   Everything that the client's scope shows, whether or not the client is entitled to it now, and why the
#   client sees nothing, if so. Undefined for an unknown client.
# entrypoint: true
visible := {
	"mode": scope.mode,
	"entitled": _entitled,
	"refusal": _refusal,
	"facts": facts.facts,
	"empty": empty,
	"screencasts": client.record.scope.screencasts,
	"employees": employee.listed,
	"projects": project.listed,
	"groups": group.listed,
	"reach": work.reach,
	"dead": {
		"groups": {selected | some selected in client.record.scope.groups} - scope.groups,
		"projects": {selected | some selected in client.record.scope.projects} - scope.projects,
	},
}

# METADATA
# title: Entitled
# scope: document
default _entitled := false

_entitled if client.entitled

# METADATA
# title: Refusal
# description: The code of the reason why the client sees nothing; empty if the client sees something.
# scope: document
_refusal := client.refusal if {
	not client.entitled
} else := "no_access" if {
	scope.no_access
} else := ""

# METADATA
# title: Empty
# description: The scope can match nobody's work, whether or not the client is entitled to it now.
# scope: document
# entrypoint: true
default empty := false

empty if scope.no_access

# METADATA
# title: Finding
# description: The decision, and what of the client decided it.
# entrypoint: true
finding := {
	"decision": sightline.decision,
	"mode": _mode,
	"status": _status,
	"groups": facts.groups,
	"projects": facts.projects,
}

# METADATA
# title: Mode
# description: The scope's mode; empty for an unknown client.
# scope: document
default _mode := ""

_mode := scope.mode

# METADATA
# title: Status
# description: The client's status; empty for an unknown client.
# scope: document
default _status := ""

_status := client.record.status

# METADATA
# title: Through
# description: |
#   The groups and projects of which a scope must select at least one to show what is asked about. Undefined
#   where nothing is known of it.
# entrypoint: true
through := resources[input.resource.type].through
