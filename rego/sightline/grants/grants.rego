# METADATA
# title: Grants
# description: |
#   The reasons for a yes. A rule is named by its code; its METADATA has the sentence for admins, who may know
#   what decided, and the one for the client. Exactly one applies to whatever is allowed.
package sightline.grants

import data.sightline.scope

# METADATA
# title: In group
# custom:
#   admin: "{employee} is in {group}, a group selected for {client}."
#   client: It is part of a group you can see.
in_group if {
	_about_people
	scope.mode == "groups"
}

# METADATA
# title: On project
# custom:
#   admin: It is part of {project}, a project selected for {client}.
#   client: It is part of a project you can see.
on_project if {
	_about_people
	scope.mode == "projects"
}

# METADATA
# title: In group, on project
# custom:
#   admin: "{employee} is in {group} and it is part of {project}; both are selected for {client}."
#   client: It is part of a project and of a group you can see.
in_group_on_project if {
	_about_people
	scope.mode == "both"
}

# METADATA
# title: Project selected
# custom:
#   admin: "{project} is a project selected for {client}."
#   client: You can see this project.
project_selected if {
	input.resource.type == "project"
	scope.mode in {"projects", "both"}
}

# METADATA
# title: Project of group
# custom:
#   admin: "{project} is a project of {group}, a group selected for {client}."
#   client: A group you can see works on this project.
project_of_group if {
	input.resource.type == "project"
	scope.mode == "groups"
}

# METADATA
# title: Group selected
# custom:
#   admin: "{group} is a group selected for {client}."
#   client: You can see this group.
group_selected if input.resource.type == "group"

# METADATA
# title: Report included
# custom:
#   admin: "{client} can see somebody's work, so the Projects and Tasks report is open."
#   client: The Projects and Tasks report shows the work you can see.
report_included if input.resource.type == "report"

# METADATA
# title: About people
# description: Somebody's work, or somebody.
_about_people if input.resource.type in {"time_entry", "screencast", "employee"}
