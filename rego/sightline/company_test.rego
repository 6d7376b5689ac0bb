# METADATA
# title: Company
# description: |
#   A small company for the tests of all packages. Ada and Bea design, Cem builds, nobody is in
#   support; Ada and Cem are members of the website, Bea of the shop, nobody of the archive.
package sightline.company_test

clients := {
	"by_group": _client("active", {"groups": ["design"], "projects": [], "screencasts": true}),
	"by_project": _client("active", {"groups": [], "projects": ["website"], "screencasts": false}),
	"by_both": _client("active", {"groups": ["design"], "projects": ["website"], "screencasts": true}),
	"by_none": _client("active", {"groups": [], "projects": [], "screencasts": true}),
	"by_dead_group": _client("active", {"groups": ["gone"], "projects": [], "screencasts": true}),
	"by_dead_group_and_project": _client("active", {"groups": ["gone"], "projects": ["website"], "screencasts": true}),
	"by_empty_group": _client("active", {"groups": ["support"], "projects": [], "screencasts": true}),
	"by_dead_project": _client("active", {"groups": [], "projects": ["gone"], "screencasts": true}),
	"invited": _client("invited", {"groups": ["design"], "projects": [], "screencasts": true}),
	"suspended": _client("suspended", {"groups": ["design"], "projects": [], "screencasts": true}),
	"unreadable": _client("unreadable", {"groups": [], "projects": [], "screencasts": false}),
	"in_period": _client("active", {"groups": ["design"], "projects": [], "screencasts": true, "from": 100, "until": 200}),
}

employees := {
	"ada": {"name": "Ada", "groups": {"design": true}, "projects": {"website": true}},
	"bea": {"name": "Bea", "groups": {"design": true}, "projects": {"shop": true}},
	"cem": {"name": "Cem", "groups": {"build": true}, "projects": {"website": true}},
}

groups := {
	"design": {
		"name": "Design",
		"size": 2,
		"members": {"ada": true, "bea": true},
		"projects": {"brand": true},
		"member_projects": {"website": true, "shop": true},
	},
	"build": {
		"name": "Build",
		"size": 1,
		"members": {"cem": true},
		"projects": {"website": true},
		"member_projects": {"website": true},
	},
	"support": {"name": "Support", "size": 0, "members": {}, "projects": {}, "member_projects": {}},
}

projects := {
	"website": {
		"name": "Website",
		"members": {"ada": true, "cem": true},
		"groups": {"build": true},
		"member_groups": {"design": true, "build": true},
	},
	"shop": {"name": "Shop", "members": {"bea": true}, "groups": {}, "member_groups": {"design": true}},
	"brand": {"name": "Brand", "members": {}, "groups": {"design": true}, "member_groups": {}},
	"archive": {"name": "Archive", "members": {}, "groups": {}, "member_groups": {}},
}

# METADATA
# description: The input of a client who views a resource at the time 150.
asks(client, resource) := object.union(
	{
		"subject": {"type": "client", "id": client},
		"action": {"name": "view"},
		"now": 150,
		"explain": false,
		"record": object.get(resource, "properties", {}),
	},
	{"resource": resource},
)

# METADATA
# description: A time entry of an employee on a project.
entry(employee, project) := {
	"type": "time_entry", "id": "t1",
	"properties": {"employee": employee, "project": project},
}

_client(status, scope) := {
	"name": "Acme",
	"status": status,
	"scope": object.union({"from": 0, "until": 1000}, scope),
}
