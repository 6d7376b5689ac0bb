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
# description: The report is open.
include if report_included

# METADATA
# title: Grant
# description: The code of the reason for a yes.
grant := "report_included" if report_included

# METADATA
# title: Report included
# description: The one report that clients have is open, unless there is nothing to see in it.
# custom:
#   admin: "{client} can see somebody's work, so the Projects and Tasks report is open."
#   client: The Projects and Tasks report shows the work you can see.
report_included if {
	input.resource.id == "projects_and_tasks"
	scope.reaches_somebody
}
