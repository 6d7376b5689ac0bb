package store

import (
	"fmt"
	"slices"
	"strings"

	"sightline.example/policy"
)

// keys is the map of all keys, below its prefix:
//
//	live/epoch                  which store this is; a restore writes another
//	live/generation             which generation of entities is the current one
//	live/g/<generation>/<kind>/<id>   clients, employees, groups and projects
//	live/keys/<id>              callers' keys, which no import replaces; likewise admins,
//	                            accounts and sessions
//	gone/<kind>/<id>            tombstones: this id was deleted and is never used again
//	client-addresses/<generation>/<digest>   who has an e-mail address
//	admin-addresses/<digest>    likewise
//	client-secrets/<id>, admin-secrets/<id>  passwords' hashes and what one-time codes are made of
//	client-invitations/<id>, admin-invitations/<id>   by the invited one's id
//	links/<digest>              whose invitation a link opens
//	outbox/<id>                 the letters to be sent
//	attempts/<digest>           how often somebody failed to sign in
//	leader/<name>/              who of all sidecars does something that one does
//	staged/<generation>         a rewrite is under way
//	audit/head                  number and hash of the newest audit record
//	audit/<number>              the audit records, each with the hash of the one before
//	audit/tail                  number and hash of the last archived one, and its file; what
//	                            is left up to it counts for nothing
//	people/<client id>          what seals what audit records tell of a client, or that
//	                            this was erased
//	idempotency/<hash>          the answers to requests, by caller and Idempotency-Key
//
// Whoever follows the store watches live/ alone.
type keys struct{ prefix string }

const firstGeneration = "1"

func (k keys) live() string                { return k.prefix + "live/" }
func (k keys) epoch() string               { return k.prefix + "live/epoch" }
func (k keys) generation() string          { return k.prefix + "live/generation" }
func (k keys) generations() string         { return k.prefix + "live/g/" }
func (k keys) entities(gen string) string  { return k.prefix + "live/g/" + gen + "/" }
func (k keys) staged(gen string) string    { return k.prefix + "staged/" + gen }
func (k keys) auditHead() string           { return k.prefix + "audit/head" }
func (k keys) auditTail() string           { return k.prefix + "audit/tail" }
func (k keys) person(id string) string     { return k.prefix + "people/" + id }
func (k keys) auditRecord(n uint64) string { return fmt.Sprintf("%saudit/%020d", k.prefix, n) }
func (k keys) once(hash string) string     { return k.prefix + "idempotency/" + hash }
func (k keys) attempts(hash string) string { return k.prefix + "attempts/" + hash }
func (k keys) leader(name string) string   { return k.prefix + "leader/" + name }

// graves returns the folder of all tombstones.
func (k keys) graves() string { return k.prefix + "gone/" }

func (k keys) gone(kind policy.Kind, id string) string {
	return k.graves() + string(kind) + "/" + id
}

// kind returns the folder of all entities of a kind.
func (k keys) kind(gen string, kind policy.Kind) string {
	switch kind {
	case policy.KindClients, policy.KindEmployees, policy.KindGroups, policy.KindProjects:
		return k.entities(gen) + string(kind) + "/"
	case kindClientAddresses:
		return k.addresses(gen)
	}
	if slices.Contains(followed(), kind) {
		return k.live() + string(kind) + "/"
	}
	return k.prefix + string(kind) + "/"
}

// followed returns the kinds that readers follow besides those in generations.
func followed() []policy.Kind {
	return []policy.Kind{policy.KindKeys, policy.KindAdmins, policy.KindAccounts, policy.KindSessions}
}

// addresses returns the folder of the clients' addresses in a generation.
func (k keys) addresses(gen string) string { return k.prefix + "client-addresses/" + gen + "/" }

func (k keys) entity(gen string, kind policy.Kind, id string) string {
	return k.kind(gen, kind) + id
}

// parse tells which entity a key below live/ is of. It gives false for keys of
// other generations than gen and for those that are no entity's.
func (k keys) parse(gen, key string) (kind policy.Kind, id string, ok bool) {
	for _, kind := range followed() {
		if id, ok := strings.CutPrefix(key, k.kind(gen, kind)); ok {
			return kind, id, true
		}
	}
	rest, ok := strings.CutPrefix(key, k.entities(gen))
	if !ok {
		return "", "", false
	}
	folder, id, ok := strings.Cut(rest, "/")
	return policy.Kind(folder), id, ok
}
