package sightline.records_test

import data.sightline

decision(subject, action, resource) := answer if {
	answer := sightline.decision with input as {
		"subject": object.union({"type": "user", "properties": {}}, subject),
		"action": object.union({"properties": {}}, action),
		"resource": object.union({"type": "record", "properties": {}}, resource),
		"context": {},
		"record": object.get(resource, "properties", {}),
		"now": 1767225600000000000,
		"explain": false,
	}
}

yes(reason) := {"allow": true, "reason": reason}

no(reason) := {"allow": false, "reason": reason}

test_alice_reads if decision({"id": "alice"}, {"name": "read"}, {"id": "record-1"}) == yes("reads")

test_alice_writes if decision({"id": "alice"}, {"name": "write"}, {"id": "record-1"}) == yes("writes_active")

test_bob_reads if decision({"id": "bob"}, {"name": "read"}, {"id": "record-1"}) == yes("reads")

test_bob_does_not_write_active if {
	decision({"id": "bob"}, {"name": "write"}, {"id": "record-1"}) == no("not_granted")
}

test_nobody_else_writes_archived if {
	archived := {"id": "record-2", "properties": {"status": "archived"}}
	decision({"id": "alice"}, {"name": "write"}, archived) == no("archived")
}

test_admin_writes_archived if {
	archived := {"id": "record-2", "properties": {"status": "archived"}}
	decision({"id": "alice", "properties": {"role": "admin"}}, {"name": "write"}, archived) == yes("writes_archived")
}

test_bob_is_an_admin if decision({"id": "bob"}, {"name": "write"}, {"id": "record-2"}) == yes("writes_archived")

test_request_says_archived if {
	archived := {"id": "record-1", "properties": {"status": "archived"}}
	decision({"id": "alice"}, {"name": "write"}, archived) == no("archived")
}

test_alice_deletes_softly if {
	soft := {"name": "delete", "properties": {"soft": true}}
	decision({"id": "alice"}, soft, {"id": "record-1"}) == yes("deletes_softly")
}

test_nobody_deletes_hard if {
	hard := {"name": "delete", "properties": {"soft": false}}
	decision({"id": "alice"}, hard, {"id": "record-1"}) == no("not_soft")
}

test_others_are_refused if decision({"id": "carol"}, {"name": "read"}, {"id": "record-1"}) == no("not_granted")

test_other_records_are_refused if {
	decision({"id": "alice"}, {"name": "read"}, {"id": "record-9"}) == no("not_granted")
}
