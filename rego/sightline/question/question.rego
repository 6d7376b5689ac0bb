# METADATA
# title: Question
# description: What is asked about, whoever asks.
package sightline.question

import data.sightline.resources

# METADATA
# title: Answerable
# description: |
#   It is about viewing something that has a rule, and nothing is wrong with it. The first body is the common
#   case, decided by the cheapest checks.
# scope: document
answerable if {
	input.action.name == "view"
	is_string(input.record.employee)
	is_string(input.record.project)
	resources[input.resource.type].noun
}

answerable if {
	not action_not_allowed
	not unknown_resource_type
	not invalid_resource
}

# METADATA
# title: Refusal
# description: Why it is not answerable.
# scope: document
refusal := "action_not_allowed" if {
	action_not_allowed
} else := "unknown_resource_type" if {
	unknown_resource_type
} else := "invalid_resource" if {
	invalid_resource
}

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
