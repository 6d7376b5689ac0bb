package store

import (
	"fmt"

	"sightline.example/policy"
)

// entity says how values of one kind are stored.
type entity[T any] struct {
	kind  policy.Kind
	noun  string
	id    func(*T) string
	check func(*T) error
	// passing tells that ids need no tombstone: they are random or stand for
	// something that may come back.
	passing bool
}

// Kinds that only this package knows as such.
const (
	kindClientAddresses   policy.Kind = "client-addresses"
	kindAdminAddresses    policy.Kind = "admin-addresses"
	kindClientSecrets     policy.Kind = "client-secrets"
	kindAdminSecrets      policy.Kind = "admin-secrets"
	kindClientInvitations policy.Kind = "client-invitations"
	kindAdminInvitations  policy.Kind = "admin-invitations"
	kindLinks             policy.Kind = "links"
	kindOutbox            policy.Kind = "outbox"
)

var (
	clients = entity[policy.Client]{
		kind: policy.KindClients, noun: "client",
		id: func(c *policy.Client) string { return string(c.ID) }, check: (*policy.Client).Check,
	}
	employees = entity[policy.Employee]{
		kind: policy.KindEmployees, noun: "employee",
		id: func(e *policy.Employee) string { return string(e.ID) }, check: (*policy.Employee).Check,
	}
	groups = entity[policy.Group]{
		kind: policy.KindGroups, noun: "group",
		id: func(g *policy.Group) string { return string(g.ID) }, check: (*policy.Group).Check,
	}
	projects = entity[policy.Project]{
		kind: policy.KindProjects, noun: "project",
		id: func(p *policy.Project) string { return string(p.ID) }, check: (*policy.Project).Check,
	}
	callerKeys = entity[policy.Key]{
		kind: policy.KindKeys, noun: "key",
		id: func(k *policy.Key) string { return string(k.ID) }, check: (*policy.Key).Check,
	}
	admins = entity[policy.Admin]{
		kind: policy.KindAdmins, noun: "admin",
		id: func(a *policy.Admin) string { return string(a.ID) }, check: (*policy.Admin).Check,
	}
	accounts = entity[policy.Account]{
		kind: policy.KindAccounts, noun: "account", passing: true,
		id: func(a *policy.Account) string { return string(a.Client) }, check: (*policy.Account).Check,
	}
	sessions = entity[policy.Session]{
		kind: policy.KindSessions, noun: "session", passing: true,
		id: func(s *policy.Session) string { return string(s.ID) }, check: (*policy.Session).Check,
	}
)

func secrets(kind policy.Kind) entity[Secret] {
	return entity[Secret]{
		kind: kind, noun: "secret", passing: true,
		id: func(s *Secret) string { return s.ID }, check: (*Secret).check,
	}
}

func invitations(kind policy.Kind) entity[policy.Invitation] {
	return entity[policy.Invitation]{
		kind: kind, noun: "invitation", passing: true,
		id: func(i *policy.Invitation) string { return i.Subject }, check: (*policy.Invitation).Check,
	}
}

func addresses(kind policy.Kind) entity[Address] {
	return entity[Address]{
		kind: kind, noun: "address", passing: true,
		id: func(a *Address) string { return string(a.ID) }, check: (*Address).check,
	}
}

var (
	links = entity[Link]{
		kind: kindLinks, noun: "link", passing: true,
		id: func(l *Link) string { return string(l.ID) }, check: (*Link).check,
	}
	outbox = entity[Letter]{
		kind: kindOutbox, noun: "letter", passing: true,
		id: func(l *Letter) string { return l.ID }, check: (*Letter).check,
	}
)

// decodeAny reads the stored form of an entity of any kind that readers follow.
// Its result is the pointer that a policy.Change takes.
func decodeAny(kind policy.Kind, id string, text []byte) (any, error) {
	switch kind {
	case policy.KindClients:
		return box(clients.decode(id, text))
	case policy.KindEmployees:
		return box(employees.decode(id, text))
	case policy.KindGroups:
		return box(groups.decode(id, text))
	case policy.KindProjects:
		return box(projects.decode(id, text))
	case policy.KindKeys:
		return box(callerKeys.decode(id, text))
	case policy.KindAdmins:
		return box(admins.decode(id, text))
	case policy.KindAccounts:
		return box(accounts.decode(id, text))
	case policy.KindSessions:
		return box(sessions.decode(id, text))
	}
	return nil, fmt.Errorf("%w: no such kind: %q", ErrUnreadable, kind)
}

// box keeps a nil pointer from becoming an interface that is not nil.
func box[T any](value *T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return value, nil
}
