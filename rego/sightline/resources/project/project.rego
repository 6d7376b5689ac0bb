# METADATA
# title: Project
# description: Which projects are listed.
package sightline.resources.project

import data.sightline.client
import data.sightline.scope

# METADATA
# title: Noun
# description: What people call it.
noun := "project"

# METADATA
# title: Include
# description: The project is listed, unless there is nothing to see in it.
# scope: document
include if {
	project_selected
	scope.reaches_somebody
}

include if {
	project_of_group
	scope.reaches_somebody
}

# METADATA
# title: Grant
# description: The code of the reason for a yes.
# scope: document
grant := "project_selected" if {
	project_selected
} else := "project_of_group" if {
	project_of_group
}

# METADATA
# title: Project selected
# description: Where projects are selected, they are listed.
# custom:
#   admin: "{project} is a project selected for {client}."
#   client: You can see this project.
project_selected if {
	scope.mode in {"projects", "both"}
	input.resource.id in scope.projects
}

# METADATA
# title: Project of group
# description: Where only groups are selected, their projects are listed.
# custom:
#   admin: "{project} is a project of {group}, a group selected for {client}."
#   client: A group you can see works on this project.
project_of_group if {
	scope.mode == "groups"
	some group in client.record.scope.groups
	of_group(input.resource.id, group)
}

# METADATA
# title: Of group
# description: The project belongs to the group, or one of the group's employees is a member of the project.
# scope: document
of_group(project, group) if data.projects[project].groups[group]

of_group(project, group) if data.projects[project].member_groups[group]
