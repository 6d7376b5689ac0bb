# METADATA
# title: Group
# description: Which groups are listed.
package sightline.resources.group

import data.sightline.scope

# METADATA
# title: Noun
# description: What people call it.
noun := "group"

# METADATA
# title: Include
# description: A selected group.
include if {
	scope.reaches_somebody
	input.resource.id in scope.groups
}
