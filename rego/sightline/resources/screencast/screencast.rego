# METADATA
# title: Screencast
# description: A recording of work.
package sightline.resources.screencast

import data.sightline.client
import data.sightline.work

# METADATA
# title: Noun
# description: What people call it.
noun := "screencast"

# METADATA
# title: Include
# description: The work is visible, and the scope includes screencasts.
# entrypoint: true
# compile:
#   unknowns:
#     - input.record
include if {
	client.record.scope.screencasts
	work.include
}

# METADATA
# title: Through
# description: The groups and projects of which a scope must select one to show it.
through := work.through

# METADATA
# title: Grant
# description: The code of the reason for a yes.
grant := work.grant
