package sightline.facts_test

import data.sightline.company_test as company
import data.sightline.facts

_cases := {
	"names of a time entry": ["by_both", company.entry("ada", "website"), ["Ada", "Design", "Website"]],
	"ids where there is no name": ["by_project", company.entry("nobody", "gone"), ["nobody", "", ""]],
	"nothing where nothing is text": ["by_project", company.entry(1, 2), ["", "", ""]],
	"an employee of a group": ["by_group", {"type": "employee", "id": "bea"}, ["Bea", "Design", ""]],
	"a member of a project": ["by_project", {"type": "employee", "id": "cem"}, ["Cem", "", "Website"]],
	"a project of a group": ["by_group", {"type": "project", "id": "brand"}, ["", "Design", "Brand"]],
	"a group": ["by_group", {"type": "group", "id": "design"}, ["", "Design", ""]],
}

test_names[name] if {
	some name, [client, resource, want] in _cases
	got := facts.facts with input as company.asks(client, resource)
		with data.clients as company.clients
		with data.employees as company.employees
		with data.groups as company.groups
		with data.projects as company.projects
	[got.employee, got.group, got.project] == want
}

test_unknown_client_and_type_are_told_by_id if {
	got := facts.facts with input as company.asks("nobody", {"type": "invoice", "id": "i1"})
		with data.clients as company.clients
	[got.client, got.status, got.noun, got.id] == ["nobody", "", "invoice", "i1"]
}
