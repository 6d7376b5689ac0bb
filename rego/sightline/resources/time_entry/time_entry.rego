# METADATA
# title: Time entry
# description: One piece of tracked work.
package sightline.resources.time_entry

import data.sightline.work

# METADATA
# title: Noun
# description: What people call it.
noun := "time entry"

# METADATA
# title: Include
# description: The work is visible.
# entrypoint: true
# compile:
#   unknowns:
#     - input.record
include if work.include

# METADATA
# title: Through
# description: The groups and projects of which a scope must select one to show it.
through := work.through

# METADATA
# title: Grant
# description: The code of the reason for a yes.
grant := work.grant
