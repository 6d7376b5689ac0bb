# METADATA
# title: Refusals
# description: |
#   The reasons for a no. A rule is named by its code; its METADATA has the sentence for admins and the one for
#   the client, which never names anything. Several can apply; package sightline orders them.
package sightline.refusals

import data.sightline.client
import data.sightline.resources
import data.sightline.scope

# METADATA
# title: Unknown client
# custom:
#   admin: There is no client {client}.
#   client: Your account is not known here.
unknown_client if not client.record

# METADATA
# title: Unreadable
# custom:
#   admin: The stored record of {client} can't be read, so nothing is shown. Saving the client again mends it.
#   client: Your access can't be read at the moment. Please ask whoever invited you.
unreadable if client.record.status == "unreadable"

# METADATA
# title: Not active
# custom:
#   admin: "{client} is {status}; only an active client sees anything."
#   client: Your account is not active.
not_active if not client.active

# METADATA
# title: Outside period
# custom:
#   admin: The access of {client} has not begun or is over.
#   client: Your access has not begun or is over.
outside_period if not client.in_period

# METADATA
# title: Action not allowed
# custom:
#   admin: "Clients can only view: {action} is not for them."
#   client: Your account can only view.
action_not_allowed if input.action.name != "view"

# METADATA
# title: Unknown resource type
# custom:
#   admin: There is no rule that shows clients a {noun}.
#   client: This is not part of your access.
unknown_resource_type if not resources[input.resource.type].noun

# METADATA
# title: Invalid resource
# custom:
#   admin: The {noun} came with an employee or a project that is not text.
#   client: This is not part of your access.
invalid_resource if {
	input.resource.type in {"time_entry", "screencast"}
	some column in ["employee", "project"]
	not type_name(object.get(input.record, column, null)) in {"string", "null"}
}

# METADATA
# title: No access
# custom:
#   admin: >-
#     Nothing that is selected for {client} can match anybody's work: nothing is selected, or what is
#     was deleted or has no employees.
#   client: You don't have the access to view any user's work.
no_access if not scope.reaches_somebody

# METADATA
# title: Report not included
# custom:
#   admin: Clients have the Projects and Tasks report only, not {id}.
#   client: This report is not part of your access.
report_not_included if {
	input.resource.type == "report"
	input.resource.id != "projects_and_tasks"
}

# METADATA
# title: Screencasts off
# custom:
#   admin: Screencasts are switched off for {client}.
#   client: Screencasts are not part of your access.
screencasts_off if {
	input.resource.type == "screencast"
	not client.record.scope.screencasts
}

# METADATA
# title: Not in scope
# custom:
#   admin: Nothing that is selected for {client} covers this {noun}.
#   client: This is not part of your access.
not_in_scope if not resources[input.resource.type].include
