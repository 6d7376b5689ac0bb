# METADATA
# title: Group
# description: Which groups are listed.
package sightline.resources.group

import data.sightline.client
import data.sightline.scope

# METADATA
# title: Noun
# description: What people call it.
noun := "group"

# METADATA
# title: Include
# description: The group is listed, unless there is nothing to see.
include if {
	group_selected
	scope.reaches_somebody
}

# METADATA
# title: Listed
# description: The groups for which include holds.
# scope: document
default listed := set()

listed := scope.groups if scope.reaches_somebody

# METADATA
# title: Through
# description: The groups and projects of which a scope must select one to list the group.
through := {"groups": {input.resource.id}, "projects": set()}

# METADATA
# title: Grant
# description: The code of the reason for a yes.
grant := "group_selected" if group_selected

# METADATA
# title: Group selected
# description: Selected groups are listed while they exist.
# custom:
#   admin: "{group} is a group selected for {client}."
#   client: You can see this group.
group_selected if {
	input.resource.id in client.record.scope.groups
	data.groups[input.resource.id].name
}
