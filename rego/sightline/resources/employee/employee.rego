# METADATA
# title: Employee
# description: Which employees are listed. The reasons are those of their work.
package sightline.resources.employee

import data.sightline.scope

# METADATA
# title: Noun
# description: What people call it.
noun := "employee"

# METADATA
# title: Include
# description: In a selected group, a member of a selected project, or both where both are selected.
# scope: document
include if {
	scope.mode == "groups"
	scope.in_group(input.resource.id)
}

include if {
	scope.mode == "projects"
	scope.on_project(input.resource.id)
}

include if {
	scope.mode == "both"
	scope.in_group(input.resource.id)
	scope.on_project(input.resource.id)
}

# METADATA
# title: Listed
# description: Everybody for whom include holds.
# scope: document
default listed := set()

listed := scope.employees if scope.mode == "groups"

listed := scope.members if scope.mode == "projects"

listed := scope.employees & scope.members if scope.mode == "both"

# METADATA
# title: Through
# description: The groups and projects of which a scope must select one to list the employee.
through := {
	"groups": {group | some group, _ in data.employees[input.resource.id].groups},
	"projects": {project | some project, _ in data.employees[input.resource.id].projects},
}

# METADATA
# title: Grant
# description: The code of the reason for a yes.
grant := {"groups": "in_group", "projects": "on_project", "both": "in_group_on_project"}[scope.mode]
