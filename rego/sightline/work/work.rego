# METADATA
# title: Work
# description: Whose work on what is visible. Time entries and screencasts share it.
package sightline.work

import data.sightline.scope

# METADATA
# title: Include
# description: Conditions on a record. Positive and without a default, so that they can be compiled to a data filter.
# scope: document
# compile:
#   unknowns:
#     - input.record
include if {
	scope.mode == "groups"
	scope.in_group(input.record.employee)
}

include if {
	scope.mode == "projects"
	input.record.project in scope.projects
}

include if {
	scope.mode == "both"
	input.record.project in scope.projects
	scope.in_group(input.record.employee)
}
