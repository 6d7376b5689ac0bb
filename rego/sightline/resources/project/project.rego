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
# title: Listed
# description: The projects for which include holds.
# scope: document
default listed := set()

listed := scope.projects if {
	scope.mode in {"projects", "both"}
	scope.reaches_somebody
}

listed := of_groups if {
	scope.mode == "groups"
	scope.reaches_somebody
}

# METADATA
# title: Through
# description: The groups and projects of which a scope must select one to list the project.
through := {
	"groups": (_groups("groups") | _groups("member_groups")),
	"projects": {input.resource.id},
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
of_group(project, group) if data.groups[group].projects[project]

of_group(project, group) if data.groups[group].member_projects[project]

# METADATA
# title: Of groups
# description: Every project that is of a selected group.
of_groups := union({object.keys(projects) |
	some group in client.record.scope.groups
	some projects in [data.groups[group].projects, data.groups[group].member_projects]
})

# METADATA
# title: Groups
# description: The groups that the project is of, in the one way or the other.
_groups(way) := {group | some group, _ in data.projects[input.resource.id][way]}
