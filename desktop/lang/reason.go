package lang

// Reason returns why a client can see something, or can't, by the code of the
// reason. It is empty for a code that this version of the app does not know.
func Reason(code, client, thing string) string {
	data := Data{"Client": client, "Name": thing}
	switch code {
	case "in_group":
		return L("{{.Name}} is in a group that is selected for {{.Client}}.", data)
	case "on_project":
		return L("{{.Name}} is on a project that is selected for {{.Client}}.", data)
	case "in_group_on_project":
		return L("{{.Name}} is in a group and on a project that are selected for {{.Client}}; both are needed.", data)
	case "group_selected":
		return L("{{.Name}} is a group that is selected for {{.Client}}.", data)
	case "project_selected":
		return L("{{.Name}} is a project that is selected for {{.Client}}.", data)
	case "project_of_group":
		return L("{{.Name}} is a project of a group that is selected for {{.Client}}.", data)
	}
	return refusalReason(code, data)
}

func refusalReason(code string, data Data) string {
	switch code {
	case "unknown_client":
		return L("There is no client {{.Client}}.", data)
	case "unreadable":
		return L("What is stored of {{.Client}} can't be read, so nothing is shown. Saving the client again mends it.", data)
	case "not_active":
		return L("{{.Client}} is not active; only an active client sees anything.", data)
	case "outside_period":
		return L("The access of {{.Client}} has not begun, or is over.", data)
	case "no_access":
		return L("Nothing that is selected for {{.Client}} can match anybody's work: it is empty, was deleted or has no employees.", data)
	case "not_in_scope":
		return L("Nothing that is selected for {{.Client}} covers {{.Name}}.", data)
	}
	return ""
}
