package sightline.review_test

import data.sightline.company_test as company
import data.sightline.review

_lists := {
	"groups": ["by_group", ["groups", {"ada", "bea"}, {"website", "shop", "brand"}, {"design"}]],
	"projects": ["by_project", ["projects", {"ada", "cem"}, {"website"}, set()]],
	"both": ["by_both", ["both", {"ada"}, {"website"}, {"design"}]],
	"none": ["by_none", ["none", set(), set(), set()]],
	"dead group": ["by_dead_group", ["groups", set(), set(), set()]],
	"dead group does not become projects": ["by_dead_group_and_project", ["both", set(), set(), set()]],
	"empty group": ["by_empty_group", ["groups", set(), set(), set()]],
	"dead project": ["by_dead_project", ["projects", set(), set(), set()]],
	"not entitled yet": ["invited", ["groups", {"ada", "bea"}, {"website", "shop", "brand"}, {"design"}]],
}

test_visible_lists[name] if {
	some name, [client, want] in _lists
	got := _visible(client)
	[got.mode, got.employees, got.projects, got.groups] == want
}

_reaches := {
	"groups": ["by_group", {"employees": {"ada", "bea"}}],
	"projects": ["by_project", {"projects": {"website"}}],
	"both": ["by_both", {"employees": {"ada", "bea"}, "projects": {"website"}}],
	"none": ["by_none", {"employees": set(), "projects": set()}],
}

test_visible_reach[name] if {
	some name, [client, want] in _reaches
	_visible(client).reach == want
}

_refusals := {
	"sees something": ["by_group", [true, "", false]],
	"nothing to see": ["by_none", [true, "no_access", true]],
	"invited": ["invited", [false, "not_active", false]],
	"unreadable": ["unreadable", [false, "unreadable", true]],
}

test_visible_refusal[name] if {
	some name, [client, want] in _refusals
	got := _visible(client)
	[got.entitled, got.refusal, got.empty] == want
}

test_visible_dead_references if {
	_visible("by_dead_group").dead == {"groups": {"gone"}, "projects": set()}
	_visible("by_dead_project").dead == {"groups": set(), "projects": {"gone"}}
}

test_visible_screencasts if {
	_visible("by_group").screencasts
	not _visible("by_project").screencasts
}

test_visible_tells_the_client_by_name if _visible("by_group").facts.client == "Acme"

test_visible_of_nobody_is_undefined if not _visible("nobody")

_findings := {
	"in a group": ["by_group", company.entry("ada", "website"), ["groups", "active", {"design"}, set()]],
	"on a project": ["by_project", company.entry("ada", "website"), ["projects", "active", set(), {"website"}]],
	"both": ["by_both", company.entry("ada", "website"), ["both", "active", {"design"}, {"website"}]],
	"only the group": ["by_both", company.entry("ada", "shop"), ["both", "active", {"design"}, set()]],
	"only the project": ["by_both", company.entry("cem", "website"), ["both", "active", set(), {"website"}]],
	"project of a group": ["by_group", {"type": "project", "id": "brand"}, ["groups", "active", {"design"}, set()]],
	"project of both": ["by_both", {"type": "project", "id": "website"}, ["both", "active", set(), {"website"}]],
	"dead group": ["by_dead_group", {"type": "group", "id": "gone"}, ["groups", "active", set(), set()]],
	"suspended": ["suspended", company.entry("ada", null), ["groups", "suspended", {"design"}, set()]],
	"unknown": ["nobody", company.entry("ada", "website"), ["", "", set(), set()]],
}

test_finding[name] if {
	some name, [client, resource, want] in _findings
	question := object.union(company.asks(client, resource), {"explain": true})
	got := review.finding with input as question
		with data.clients as company.clients
		with data.employees as company.employees
		with data.groups as company.groups
		with data.projects as company.projects
	[got.mode, got.status, got.groups, got.projects] == want
	got.decision.facts.id == resource.id
}

_throughs := {
	"employee": [{"type": "employee", "id": "ada"}, [{"design"}, {"website"}]],
	"nobody": [{"type": "employee", "id": "nobody"}, [set(), set()]],
	"project": [{"type": "project", "id": "website"}, [{"design", "build"}, {"website"}]],
	"project without members": [{"type": "project", "id": "brand"}, [{"design"}, {"brand"}]],
	"group": [{"type": "group", "id": "design"}, [{"design"}, set()]],
	"time entry": [company.entry("ada", "shop"), [{"design"}, {"shop"}]],
	"time entry on no project": [company.entry("ada", null), [{"design"}, set()]],
	"screencast": [object.union(company.entry("ada", "shop"), {"type": "screencast"}), [{"design"}, {"shop"}]],
}

test_through[name] if {
	some name, [resource, want] in _throughs
	got := _through(resource)
	[got.groups, got.projects] == want
}

test_through_is_not_known_of_reports if not _through({"type": "report", "id": "projects_and_tasks"})

test_through_is_not_known_of_other_types if not _through({"type": "invoice", "id": "i1"})

_visible(client) := got if {
	got := review.visible with input as company.asks(client, {"type": "", "id": ""})
		with data.clients as company.clients
		with data.employees as company.employees
		with data.groups as company.groups
		with data.projects as company.projects
}

_through(resource) := got if {
	got := review.through with input as company.asks("", resource)
		with data.employees as company.employees
		with data.groups as company.groups
		with data.projects as company.projects
}
