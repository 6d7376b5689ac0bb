# METADATA
# title: Work
# description: |
#   Whose work on what is visible. Time entries and screencasts share it. The conditions are positive and have
#   no default, so that they can be compiled to a data filter; the rule that holds is the reason.
package sightline.work

import data.sightline.scope

# METADATA
# title: Include
# description: The record is visible.
# scope: document
# compile:
#   unknowns:
#     - input.record
include if in_group

include if on_project

include if in_group_on_project

# METADATA
# title: Reach
# description: |
#   What include holds for, as two sets: work by one of the employees on one of the projects. Where a set is
#   missing, it does not matter by whom or on what.
# scope: document
default reach := {"employees": set(), "projects": set()}

reach := {"employees": scope.employees} if scope.mode == "groups"

reach := {"projects": scope.projects} if scope.mode == "projects"

reach := {"employees": scope.employees, "projects": scope.projects} if scope.mode == "both"

# METADATA
# title: Through
# description: The groups and projects of which a scope must select one to show the work.
through := {
	"groups": {group | some group, _ in data.employees[input.record.employee].groups},
	"projects": {input.record.project | is_string(input.record.project)},
}

# METADATA
# title: Grant
# description: The code of the reason for a yes.
# scope: document
grant := "in_group" if {
	in_group
} else := "on_project" if {
	on_project
} else := "in_group_on_project" if {
	in_group_on_project
}

# METADATA
# title: In group
# description: Groups are selected and no projects. Whatever their employees do is visible.
# custom:
#   admin: "{employee} is in {group}, a group selected for {client}."
#   client: It is part of a group you can see.
in_group if {
	scope.mode == "groups"
	scope.in_group(input.record.employee)
}

# METADATA
# title: On project
# description: Projects are selected and no groups. Whoever works on them is visible, former members too.
# custom:
#   admin: It is part of {project}, a project selected for {client}.
#   client: It is part of a project you can see.
on_project if {
	scope.mode == "projects"
	input.record.project in scope.projects
}

# METADATA
# title: In group, on project
# description: Both are selected. Only what the groups' employees do on the projects is visible.
# custom:
#   admin: "{employee} is in {group} and it is part of {project}; both are selected for {client}."
#   client: It is part of a project and of a group you can see.
in_group_on_project if {
	scope.mode == "both"
	input.record.project in scope.projects
	scope.in_group(input.record.employee)
}
