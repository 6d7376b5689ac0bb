# METADATA
# title: Report
# description: Which reports a client can open.
package sightline.resources.report

import data.sightline.scope

# METADATA
# title: Noun
# description: What people call it.
noun := "report"

# METADATA
# title: Include
# description: The one report that clients have, unless there is nothing to see in it.
include if {
	input.resource.id == "projects_and_tasks"
	scope.reaches_somebody
}
