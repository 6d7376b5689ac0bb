# METADATA
# title: Facts
# description: |
#   What the placeholders of the sentences stand for: names where there are any, else ids. Meant for admins;
#   the sentences for clients have no placeholders.
package sightline.facts

import data.sightline.client
import data.sightline.resources
import data.sightline.resources.project as listing
import data.sightline.scope

# METADATA
# title: Facts
# description: One text for each placeholder. What does not matter to the answer is its id, or empty.
facts := {
	"client": _client,
	"status": _status,
	"action": input.action.name,
	"noun": _noun,
	"id": input.resource.id,
	"employee": _employee,
	"group": _group,
	"project": _project,
}

# METADATA
# title: Client
# scope: document
_client := client.record.name

_client := input.subject.id if not client.record

# METADATA
# title: Status
# scope: document
default _status := ""

_status := client.record.status

# METADATA
# title: Noun
# scope: document
_noun := resources[input.resource.type].noun

_noun := input.resource.type if not resources[input.resource.type].noun

# METADATA
# title: Employee
# description: Whose work it is, or who it is.
# scope: document
default _employee := ""

_employee := data.employees[_employee_id].name

_employee := _employee_id if not data.employees[_employee_id]

# METADATA
# title: Employee id
# scope: document
_employee_id := input.resource.id if {
	input.resource.type == "employee"
} else := input.record.employee if {
	_tracked
	is_string(input.record.employee)
}

# METADATA
# title: Group
# description: The first of the selected groups that decides.
# scope: document
default _group := ""

_group := data.groups[min(groups)].name

# METADATA
# title: Groups
# description: The selected groups that decide.
# scope: document
groups contains group if {
	some group in client.record.scope.groups
	data.groups[group].members[_employee_id]
}

groups contains group if {
	input.resource.type == "project"
	scope.mode == "groups"
	some group in client.record.scope.groups
	listing.of_group(input.resource.id, group)
}

groups contains input.resource.id if {
	input.resource.type == "group"
	input.resource.id in scope.groups
}

# METADATA
# title: Project
# description: The project worked on, the project itself, or the first selected one the employee is a member of.
# scope: document
default _project := ""

_project := data.projects[min(_about)].name

# METADATA
# title: Projects
# description: The selected projects that decide.
projects := _about & scope.projects

# METADATA
# title: About
# description: The projects that the resource is about.
# scope: document
_about contains input.record.project if {
	_tracked
	is_string(input.record.project)
}

_about contains input.resource.id if input.resource.type == "project"

_about contains project if {
	input.resource.type == "employee"
	some project in client.record.scope.projects
	data.projects[project].members[input.resource.id]
}

# METADATA
# title: Tracked
# description: Of a type whose records have an employee and a project.
_tracked if input.resource.type in {"time_entry", "screencast"}
