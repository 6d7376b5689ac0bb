package sightline_test

import data.sightline
import data.sightline.company_test as company

_yes(reason) := {"allow": true, "reason": reason}

_no(reason) := {"allow": false, "reason": reason}

_of(type, id) := {"type": type, "id": id}

_cases := {
	"group: its employee on a project": ["by_group", company.entry("ada", "website"), _yes("in_group")],
	"group: its employee on no project": ["by_group", company.entry("bea", null), _yes("in_group")],
	"group: another's employee": ["by_group", company.entry("cem", "website"), _no("not_in_scope")],
	"group: no employee": ["by_group", company.entry(null, "website"), _no("not_in_scope")],
	"project: anybody on it": ["by_project", company.entry("nobody", "website"), _yes("on_project")],
	"project: another project": ["by_project", company.entry("ada", "shop"), _no("not_in_scope")],
	"project: no project": ["by_project", company.entry("ada", null), _no("not_in_scope")],
	"both: its employee on it": ["by_both", company.entry("ada", "website"), _yes("in_group_on_project")],
	"both: its employee on another": ["by_both", company.entry("ada", "shop"), _no("not_in_scope")],
	"both: another's employee on it": ["by_both", company.entry("cem", "website"), _no("not_in_scope")],
	"none": ["by_none", company.entry("ada", "website"), _no("no_access")],
	"dead group": ["by_dead_group", company.entry("ada", "website"), _no("no_access")],
	"dead group does not become projects": [
		"by_dead_group_and_project",
		company.entry("ada", "website"),
		_no("no_access"),
	],
	"empty group": ["by_empty_group", company.entry("ada", "website"), _no("no_access")],
	"dead project": ["by_dead_project", company.entry("ada", "gone"), _no("no_access")],
	"screencast": [
		"by_group",
		object.union(company.entry("ada", "website"), {"type": "screencast"}),
		_yes("in_group"),
	],
	"screencasts off": [
		"by_project",
		object.union(company.entry("ada", "website"), {"type": "screencast"}),
		_no("screencasts_off"),
	],
	"group: project with its member": ["by_group", _of("project", "website"), _yes("project_of_group")],
	"group: project it belongs to": ["by_group", _of("project", "brand"), _yes("project_of_group")],
	"group: other project": ["by_group", _of("project", "archive"), _no("not_in_scope")],
	"project: the selected one": ["by_project", _of("project", "website"), _yes("project_selected")],
	"project: another one": ["by_project", _of("project", "shop"), _no("not_in_scope")],
	"both: the selected project": ["by_both", _of("project", "website"), _yes("project_selected")],
	"group: its employee": ["by_group", _of("employee", "bea"), _yes("in_group")],
	"group: other employee": ["by_group", _of("employee", "cem"), _no("not_in_scope")],
	"project: its member": ["by_project", _of("employee", "cem"), _yes("on_project")],
	"project: no member": ["by_project", _of("employee", "bea"), _no("not_in_scope")],
	"both: member in the group": ["by_both", _of("employee", "ada"), _yes("in_group_on_project")],
	"both: member not in the group": ["by_both", _of("employee", "cem"), _no("not_in_scope")],
	"both: in the group, no member": ["by_both", _of("employee", "bea"), _no("not_in_scope")],
	"group listed": ["by_group", _of("group", "design"), _yes("group_selected")],
	"group not listed": ["by_group", _of("group", "build"), _no("not_in_scope")],
	"report": ["by_both", _of("report", "projects_and_tasks"), _yes("report_included")],
	"other report": ["by_both", _of("report", "payroll"), _no("report_not_included")],
	"report of nothing": ["by_none", _of("report", "projects_and_tasks"), _no("no_access")],
	"unknown type": ["by_both", _of("invoice", "1"), _no("unknown_resource_type")],
	"employee is not text": ["by_both", company.entry(7, "website"), _no("invalid_resource")],
	"project is not text": ["by_project", company.entry("ada", ["website"]), _no("invalid_resource")],
	"unknown client": ["nobody", company.entry("ada", "website"), _no("unknown_client")],
	"unreadable": ["unreadable", company.entry("ada", "website"), _no("unreadable")],
	"invited": ["invited", company.entry("ada", "website"), _no("not_active")],
	"suspended": ["suspended", company.entry("ada", "website"), _no("not_active")],
	"in period": ["in_period", company.entry("ada", "website"), _yes("in_group")],
}

test_decision[name] if {
	some name, [client, resource, want] in _cases
	got := sightline.decision with input as company.asks(client, resource)
		with data.clients as company.clients
		with data.employees as company.employees
		with data.groups as company.groups
		with data.projects as company.projects
	got == want
}

_times := {
	"before the beginning": [99, _no("outside_period")],
	"at the beginning": [100, _yes("in_group")],
	"just before the end": [199, _yes("in_group")],
	"at the end": [200, _no("outside_period")],
}

test_period[name] if {
	some name, [now, want] in _times
	question := object.union(company.asks("in_period", company.entry("ada", null)), {"now": now})
	got := sightline.decision with input as question
		with data.clients as company.clients
		with data.groups as company.groups
	got == want
}

test_action_not_allowed if {
	question := object.union(company.asks("by_group", company.entry("ada", null)), {"action": {"name": "track_time"}})
	got := sightline.decision with input as question
		with data.clients as company.clients
		with data.groups as company.groups
	got == _no("action_not_allowed")
}

test_only_clients_are_asked_about if {
	question := object.union(company.asks("by_group", company.entry("ada", null)), {"subject": {"type": "employee"}})
	got := sightline.decision with input as question
		with data.clients as company.clients
		with data.groups as company.groups
	got == _no("unknown_client")
}

test_facts_when_asked_for if {
	question := object.union(company.asks("by_group", company.entry("ada", "website")), {"explain": true})
	got := sightline.decision with input as question
		with data.clients as company.clients
		with data.employees as company.employees
		with data.groups as company.groups
		with data.projects as company.projects
	got == {
		"allow": true,
		"reason": "in_group",
		"facts": {
			"action": "view",
			"client": "Acme",
			"employee": "Ada",
			"group": "Design",
			"id": "t1",
			"noun": "time entry",
			"project": "Website",
			"status": "active",
		},
	}
}
