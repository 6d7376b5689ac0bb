package sightline.admin_test

import data.sightline.admin

decision(type, role, made) := answer if {
	answer := admin.decision with input as {
		"subject": {"type": type, "id": "k1", "properties": {"role": role}},
		"action": {"name": "create", "properties": {}},
		"resource": {"type": "admins", "id": "k2", "properties": {"role": made}},
		"context": {},
		"record": {},
		"now": 1767225600000000000,
		"explain": true,
	}
}

test_owner if decision("key", "owner", "app") == {"allow": true, "reason": "owner_may"}

test_bootstrap if decision("key", "bootstrap", "owner") == {"allow": true, "reason": "owner_may"}

test_bootstrap_makes_nothing_else if {
	decision("key", "bootstrap", "admin") == {"allow": false, "reason": "others_may_not"}
}

test_signed_in_owner if decision("admin", "owner", "app") == {"allow": true, "reason": "owner_may"}

test_admin if decision("key", "admin", "app") == {"allow": false, "reason": "others_may_not"}

test_client if decision("client", "owner", "app") == {"allow": false, "reason": "others_may_not"}
