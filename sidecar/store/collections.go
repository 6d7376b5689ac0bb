package store

import "sightline.example/policy"

// Clients returns the collection of clients.
func (s *Store) Clients() Collection[policy.Client] { return Collection[policy.Client]{s, clients} }

// Employees returns the collection of employees.
func (s *Store) Employees() Collection[policy.Employee] {
	return Collection[policy.Employee]{s, employees}
}

// Groups returns the collection of groups.
func (s *Store) Groups() Collection[policy.Group] { return Collection[policy.Group]{s, groups} }

// Projects returns the collection of projects.
func (s *Store) Projects() Collection[policy.Project] { return Collection[policy.Project]{s, projects} }

// Keys returns the collection of callers' keys.
func (s *Store) Keys() Collection[policy.Key] { return Collection[policy.Key]{s, callerKeys} }

// Admins returns the collection of admins.
func (s *Store) Admins() Collection[policy.Admin] { return Collection[policy.Admin]{s, admins} }

// Accounts returns the collection of clients' accounts, by client id.
func (s *Store) Accounts() Collection[policy.Account] { return Collection[policy.Account]{s, accounts} }

// Sessions returns the collection of sessions.
func (s *Store) Sessions() Collection[policy.Session] { return Collection[policy.Session]{s, sessions} }

// Secrets returns the collection of the secrets of clients or of admins.
func (s *Store) Secrets(of policy.SubjectType) Collection[Secret] {
	return Collection[Secret]{s, secrets(either(of, kindClientSecrets, kindAdminSecrets))}
}

// Invitations returns the collection of the invitations of clients or of admins,
// by the invited one's id.
func (s *Store) Invitations(of policy.SubjectType) Collection[policy.Invitation] {
	return Collection[policy.Invitation]{s, invitations(either(of, kindClientInvitations, kindAdminInvitations))}
}

// Addresses returns the collection of the e-mail addresses of clients or of
// admins. Those of clients are replaced along with the clients by a [Store.Rewrite].
func (s *Store) Addresses(of policy.SubjectType) Collection[Address] {
	return Collection[Address]{s, addresses(either(of, kindClientAddresses, kindAdminAddresses))}
}

// Links returns the collection of the links of invitations, by their digests.
func (s *Store) Links() Collection[Link] { return Collection[Link]{s, links} }

// Outbox returns the collection of the letters to be sent.
func (s *Store) Outbox() Collection[Letter] { return Collection[Letter]{s, outbox} }

func either(of policy.SubjectType, client, admin policy.Kind) policy.Kind {
	if of == policy.SubjectAdmin {
		return admin
	}
	return client
}
