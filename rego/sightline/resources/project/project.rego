# METADATA
# title: Project
# description: Which projects are listed.
package sightline.resources.project

import data.sightline.scope

# METADATA
# title: Noun
# description: What people call it.
noun := "project"

# METADATA
# title: Include
# description: A selected project; where only groups are selected, a project of theirs.
# scope: document
include if {
	scope.mode in {"projects", "both"}
	scope.reaches_somebody
	input.resource.id in scope.projects
}

include if {
	scope.mode == "groups"
	scope.reaches_somebody
	some group in scope.groups
	of_group(input.resource.id, group)
}

# METADATA
# title: Of group
# description: The project belongs to the group, or one of the group's employees is a member of the project.
# scope: document
of_group(project, group) if data.projects[project].groups[group]

of_group(project, group) if data.projects[project].member_groups[group]
