package sightline.admin_test

import data.sightline.admin

decision(type, role) := answer if {
	answer := admin.decision with input as {
		"subject": {"type": type, "id": "k1", "properties": {"role": role}},
		"action": {"name": "create", "properties": {}},
		"resource": {"type": "clients", "id": "c1", "properties": {}},
		"context": {},
		"record": {},
		"now": 1767225600000000000,
		"explain": true,
	}
}

test_owner if decision("key", "owner") == {"allow": true, "reason": "owner_may"}

test_admin if decision("key", "admin") == {"allow": false, "reason": "others_may_not"}

test_client if decision("client", "owner") == {"allow": false, "reason": "others_may_not"}
