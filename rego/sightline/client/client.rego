# METADATA
# title: Client
# description: |
#   The client who asks. A rule that is named by a reason for a no has the sentences in its METADATA: one for
#   admins, and one for the client, which never names anything.
package sightline.client

# METADATA
# title: Record
# description: The client's stored record. Undefined for an unknown client and for any other type of subject.
record := data.clients[input.subject.id] if input.subject.type == "client"

# METADATA
# title: Entitled
# description: The client has an account that is not suspended, and now is within the scope's period.
entitled if {
	record.status == "active"
	record.scope.from <= input.now
	input.now < record.scope.until
}

# METADATA
# title: Refusal
# description: Why the client is not entitled.
# scope: document
refusal := "unknown_client" if {
	unknown_client
} else := "unreadable" if {
	unreadable
} else := "not_active" if {
	not_active
} else := "outside_period" if {
	outside_period
}

# METADATA
# title: Unknown client
# custom:
#   admin: There is no client {client}.
#   client: Your account is not known here.
unknown_client if not record

# METADATA
# title: Unreadable
# custom:
#   admin: The stored record of {client} can't be read, so nothing is shown. Saving the client again mends it.
#   client: Your access can't be read at the moment. Please ask whoever invited you.
unreadable if record.status == "unreadable"

# METADATA
# title: Not active
# custom:
#   admin: "{client} is {status}; only an active client sees anything."
#   client: Your account is not active.
not_active if record.status != "active"

# METADATA
# title: Outside period
# custom:
#   admin: The access of {client} has not begun or is over.
#   client: Your access has not begun or is over.
outside_period if not entitled
