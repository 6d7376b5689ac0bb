# METADATA
# title: Scope
# description: What was selected for the client, and what of it still exists.
package sightline.scope

import data.sightline.client

# METADATA
# title: Mode
# description: |
#   Which of the two dimensions limit the scope. What was selected decides, not what still exists:
#   otherwise deleting the last selected group would open the projects to everybody's work.
mode := _modes[count(client.record.scope.groups) > 0][count(client.record.scope.projects) > 0]

# METADATA
# title: Modes
# description: The mode by whether groups and whether projects are selected.
_modes := {
	true: {true: "both", false: "groups"},
	false: {true: "projects", false: "none"},
}

# METADATA
# title: Projects
# description: The selected projects that exist. A dead reference matches nothing.
projects contains project if {
	some project in client.record.scope.projects
	data.projects[project].name
}

# METADATA
# title: Groups
# description: The selected groups that exist.
groups contains group if {
	some group in client.record.scope.groups
	data.groups[group].name
}

# METADATA
# title: In group
# description: The employee is in a selected group. One that was deleted has no members.
in_group(employee) if {
	some group in client.record.scope.groups
	data.groups[group].members[employee]
}

# METADATA
# title: On project
# description: The employee is a member of a selected project.
on_project(employee) if {
	some project in client.record.scope.projects
	data.projects[project].members[employee]
}

# METADATA
# title: Employees
# description: Everybody who is in a selected group.
employees := union({object.keys(data.groups[group].members) | some group in client.record.scope.groups})

# METADATA
# title: Members
# description: Everybody who is a member of a selected project.
members := union({object.keys(data.projects[project].members) | some project in client.record.scope.projects})

# METADATA
# title: Reaches somebody
# description: The scope could match somebody's work. Otherwise the client is told that there is nothing to see.
# scope: document
reaches_somebody if {
	mode == "groups"
	_group_with_members
}

reaches_somebody if {
	mode == "projects"
	count(projects) > 0
}

reaches_somebody if {
	mode == "both"
	_group_with_members
	count(projects) > 0
}

# METADATA
# title: Group with members
# description: Some selected group has an employee in it.
_group_with_members if {
	some group in client.record.scope.groups
	data.groups[group].size > 0
}

# METADATA
# title: Refusal
# description: Why the scope does not cover what is asked about.
# scope: document
refusal := "no_access" if {
	no_access
} else := "report_not_included" if {
	report_not_included
} else := "screencasts_off" if {
	screencasts_off
} else := "not_in_scope" if {
	not_in_scope
}

# METADATA
# title: No access
# custom:
#   admin: >-
#     Nothing that is selected for {client} can match anybody's work: it is empty, was deleted or has
#     no employees.
#   client: You don't have the access to view any user's work.
no_access if not reaches_somebody

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
not_in_scope if reaches_somebody
