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
	record.scope.from <= input.now
	input.now < record.scope.until
}
