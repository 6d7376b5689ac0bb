# METADATA
# title: Client
# description: The client who asks.
package sightline.client

# METADATA
# title: Record
# description: The client's stored record. Undefined for an unknown client and for any other type of subject.
record := data.clients[input.subject.id] if input.subject.type == "client"

# METADATA
# title: Active
# description: The client has an account and is not suspended.
active if record.status == "active"

# METADATA
# title: In period
# description: Now is neither before the scope's beginning nor at or after its end.
in_period if {
	_begun
	_not_over
}

# METADATA
# title: Begun
# description: There is no beginning, or it is not later than now.
# scope: document
_begun if not record.scope.from

_begun if record.scope.from <= input.now

# METADATA
# title: Not over
# description: There is no end, or it is later than now.
# scope: document
_not_over if not record.scope.until

_not_over if input.now < record.scope.until
