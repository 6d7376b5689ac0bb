# METADATA
# title: Sightline
# description: What an invited client may see of a company's tracked work.
# scope: subpackages
# schemas:
#   - input: schema.input
package sightline

import data.sightline.client
import data.sightline.facts
import data.sightline.refusals
import data.sightline.resources

# METADATA
# title: Decision
# description: Whether the client may do it, and the code of the reason. Facts come only when asked for.
# entrypoint: true
# scope: document
decision := {"allow": allow, "reason": reason} if not input.explain

decision := {"allow": allow, "reason": reason, "facts": facts.facts} if input.explain

# METADATA
# title: Allow
# description: Yes for an active client who views something that the rule of its type includes.
# scope: document
default allow := false

allow if {
	client.active
	client.in_period
	input.action.name == "view"
	_well_formed
	resources[input.resource.type].include
}

# METADATA
# title: Well formed
# description: Nothing is wrong with the resource. The first body is the common case, decided by two cheap checks.
# scope: document
_well_formed if {
	is_string(input.record.employee)
	is_string(input.record.project)
}

_well_formed if not refusals.invalid_resource

# METADATA
# title: Reason
# description: The code of what was granted, or of why nothing was.
# scope: document
reason := resources[input.resource.type].grant if allow

reason := _refusal if not allow

# METADATA
# title: Refusal
# description: The first reason for a no, the most basic one first.
# scope: document
_refusal := "unknown_client" if {
	refusals.unknown_client
} else := "unreadable" if {
	refusals.unreadable
} else := "not_active" if {
	refusals.not_active
} else := "outside_period" if {
	refusals.outside_period
} else := "action_not_allowed" if {
	refusals.action_not_allowed
} else := "unknown_resource_type" if {
	refusals.unknown_resource_type
} else := "invalid_resource" if {
	refusals.invalid_resource
} else := "no_access" if {
	refusals.no_access
} else := "report_not_included" if {
	refusals.report_not_included
} else := "screencasts_off" if {
	refusals.screencasts_off
} else := "not_in_scope" if {
	refusals.not_in_scope
}
