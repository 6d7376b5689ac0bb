# METADATA
# title: Sightline
# description: What an invited client may see of a company's tracked work.
# scope: subpackages
# schemas:
#   - input: schema.input
package sightline

import data.sightline.client
import data.sightline.facts
import data.sightline.question
import data.sightline.resources
import data.sightline.scope

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
	client.entitled
	question.answerable
	resources[input.resource.type].include
}

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
_refusal := client.refusal if {
	not client.entitled
} else := question.refusal if {
	not question.answerable
} else := scope.refusal
