package table

// column is one that a table can have.
type column struct {
	key   string
	names []string // what headers call it, as header names are compared; the first that is there is it
}

// columnsOf returns the columns of a table, nil if there is no such table.
func columnsOf(table string) []column {
	switch table {
	case Employees:
		return []column{
			{"id", append(employeeIDs(), "id")},
			{"name", append(employeeNames(), "name")},
			{"first_name", []string{"firstname", "givenname", "vorname"}},
			{"last_name", []string{"lastname", "surname", "familyname", "nachname", "familienname", "zuname"}},
			{"groups", append(groupIDs(), groupNames()...)},
			{"projects", append(projectIDs(), projectNames()...)},
		}
	case Groups:
		return []column{
			{"id", append(groupIDs(), "id", "code", "key", "number", "nummer", "nr")},
			{"name", append(groupNames(), "name", "title", "bezeichnung")},
		}
	case Projects:
		return []column{
			{"id", append(projectIDs(), "id", "code", "key", "number", "nummer", "nr", "kürzel")},
			{"name", append(projectNames(), "name", "title", "titel", "bezeichnung")},
			{"groups", append(groupIDs(), groupNames()...)},
		}
	case Memberships:
		return []column{
			{"employee", append(employeeIDs(), append(employeeNames(), "name")...)},
			{"group", append(groupIDs(), groupNames()...)},
			{"project", append(projectIDs(), projectNames()...)},
			{"type", []string{"type", "kind", "membershiptype", "typ", "art"}},
			{"target", []string{"target", "memberof", "of", "ziel", "mitgliedvon"}},
		}
	case Clients:
		return []column{
			{"email", []string{"email", "emailaddress", "mail", "mailaddress", "emailadresse", "mailadresse"}},
			{"name", []string{"name", "fullname", "clientname", "client", "displayname", "company", "kunde", "kundenname", "firma", "vollständigername"}},
			{"groups", append(groupIDs(), groupNames()...)},
			{"projects", append(projectIDs(), projectNames()...)},
			{"screencasts", []string{"screencasts", "screencast", "recordings", "aufzeichnungen", "bildschirmaufzeichnungen"}},
			{"from", []string{"from", "start", "startdate", "validfrom", "von", "ab", "gültigab", "gültigvon"}},
			{"until", []string{"until", "to", "end", "enddate", "validuntil", "validto", "expires", "bis", "gültigbis"}},
			{"note", []string{"note", "message", "comment", "nachricht", "notiz", "hinweis", "bemerkung"}},
		}
	}
	return nil
}

func employeeIDs() []string {
	return []string{
		"employeeid", "employeenumber", "employeeno", "employeecode", "staffid", "staffnumber", "userid", "personid",
		"personnelnumber", "memberid", "mitarbeiterid", "mitarbeiternummer", "mitarbeiternr", "personalnummer",
		"personalnr", "personalid", "benutzerid",
	}
}

func employeeNames() []string {
	return []string{
		"employee", "employees", "employeename", "fullname", "displayname", "user", "username", "member", "membername", "person",
		"mitarbeiter", "mitarbeitername", "vollständigername", "anzeigename", "benutzer", "benutzername", "mitglied",
	}
}

func groupIDs() []string {
	return []string{
		"groupid", "groupids", "groupcode", "usergroupid", "teamid", "teamcode", "departmentid", "departmentcode",
		"gruppenid", "gruppennummer", "gruppennr", "abteilungsid", "abteilungsnummer",
	}
}

func groupNames() []string {
	return []string{
		"group", "groups", "groupname", "usergroup", "usergroups", "team", "teams", "teamname", "department", "departments",
		"departmentname", "gruppe", "gruppen", "gruppenname", "benutzergruppe", "benutzergruppen", "abteilung", "abteilungen",
	}
}

func projectIDs() []string {
	return []string{
		"projectid", "projectids", "projectcode", "projectcodes", "projectnumber", "projectno", "projectkey",
		"projektid", "projektcode", "projektnummer", "projektnr", "projektkürzel",
	}
}

func projectNames() []string {
	return []string{"project", "projects", "projectname", "projekt", "projekte", "projektname"}
}
