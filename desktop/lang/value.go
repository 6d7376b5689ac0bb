package lang

import (
	"regexp"
	"strings"
	"time"

	"sightline.example/policy"
)

// YesNo returns yes or no as a word.
func YesNo(yes bool) string {
	if yes {
		return L("Yes")
	}
	return L("No")
}

// Value returns a value of a member of an entity, by the member's path, as one
// reads it. What is known by no words of its own stays as it is.
func Value(path, value string) string {
	switch path {
	case "status":
		return Standing(policy.Status(value))
	case "role":
		return Role(policy.Role(value))
	case "type":
		return Subject(policy.SubjectType(value))
	case "state", "delivery.state":
		return delivery(policy.DeliveryState(value))
	case "detail", "delivery.detail":
		return Delivery(value)
	}
	switch value {
	case "true", "false":
		return YesNo(value == "true")
	}
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		return Moment(at)
	}
	return value
}

// Subject returns what kind of one does something.
func Subject(t policy.SubjectType) string {
	switch t {
	case policy.SubjectAdmin:
		return L("Admin")
	case policy.SubjectClient:
		return L("Client")
	case policy.SubjectKey:
		return L("Key")
	case policy.SubjectSystem:
		return L("The sidecar")
	}
	return string(t)
}

func delivery(s policy.DeliveryState) string {
	switch s {
	case policy.DeliveryPending:
		return L("On its way")
	case policy.DeliverySent:
		return L("Sent")
	case policy.DeliveryFailed:
		return L("Failed")
	}
	return string(s)
}

// counted is how the audit log tells how many of a kind an import changed.
var counted = regexp.MustCompile(`^(\w+): (\d+) added, (\d+) changed, (\d+) removed$`)

// Detail returns the detail of a record of the audit log, as one reads it: what an
// import changed is told in words of the sidecar, and other details name something.
func Detail(text string) string {
	parts := strings.Split(text, "; ")
	for i, part := range parts {
		if found := counted.FindStringSubmatch(part); found != nil {
			parts[i] = L("{{.What}}: {{.Added}} added, {{.Changed}} changed, {{.Removed}} removed",
				Data{"What": kinds(found[1]), "Added": found[2], "Changed": found[3], "Removed": found[4]})
		} else if id, is := strings.CutPrefix(part, "setup "); is {
			parts[i] = L("Invitation {{.ID}}", Data{"ID": id})
		}
	}
	return strings.Join(parts, "; ")
}

// kinds returns what several of a kind are called.
func kinds(kind string) string {
	switch policy.Kind(kind) {
	case policy.KindClients:
		return L("Clients")
	case policy.KindGroups:
		return L("Groups")
	case policy.KindProjects:
		return L("Projects")
	case policy.KindEmployees:
		return L("Employees")
	}
	return kind
}
