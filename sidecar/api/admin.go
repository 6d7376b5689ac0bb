package api

import (
	"time"

	"sightline.example/policy"
)

// Paths of the admin API. A collection takes GET and POST; the path of one
// entity below it, GET, PUT and DELETE. Keys are only listed, made and deleted.
const (
	PathClients   = "/v1/clients"
	PathEmployees = "/v1/employees"
	PathGroups    = "/v1/groups"
	PathProjects  = "/v1/projects"
	PathKeys      = "/v1/keys"
	PathImport    = "/v1/import"    // POST
	PathAudit     = "/v1/audit"     // GET
	PathAuditLog  = "/v1/audit/log" // GET
	PathOpenAPI   = "/openapi.json" // GET, by anyone: the description of all of it
	PathDocs      = "/docs"         // likewise, to be read by people
)

// MaxImport is the largest body of an import, in bytes. 200,000 employees with
// 400,000 memberships are 16 MiB of JSON where ids are short, and 33 MiB where
// all are as long as UUIDs; as CSV they are 10 MiB and 39 MiB.
const MaxImport = 64 << 20

// Parts of an import that is sent as CSV (RFC 7578). What is not sent stays as
// it is.
const (
	PartEmployees   = "employees"
	PartGroups      = "groups"
	PartProjects    = "projects"
	PartMemberships = "memberships"
	PartMapping     = "mapping" // JSON, before the tables or after: table to column to header
)

// MaxListed is how many ids of a kind, and how many scopes, an answer lists.
const MaxListed = 1_000

// Headers of changes.
const (
	// HeaderIdempotencyKey names a change: sent again within a day it has no
	// second effect, and the first answer comes back.
	HeaderIdempotencyKey = "Idempotency-Key"
	// HeaderIfMatch carries the ETag of the version that is replaced or deleted.
	HeaderIfMatch = "If-Match"
)

// MaxIdempotencyKey is the longest Idempotency-Key, in bytes.
const MaxIdempotencyKey = 255

// The most items of one page, and how many there are if nobody asks.
const (
	MaxPage     = 1_000
	DefaultPage = 100
)

// Versioned is a stored value with the revision of its last change, which its
// ETag is made of.
type Versioned[T any] struct {
	Revision int64 `json:"revision"`
	Value    T     `json:"value"`
}

// Page is a part of a collection, by id.
type Page[T any] struct {
	Items      []Versioned[T] `json:"items"`
	Unreadable []string       `json:"unreadable,omitempty"` // ids whose stored value can't be read
	Next       string         `json:"next,omitempty"`       // ask for what is after it; empty at the end
}

// Deleted answers a deletion.
type Deleted struct {
	// Clients have scopes that name what was deleted: a dead reference now.
	Clients []policy.ClientID `json:"clients"`
	// Shortened is set when a repeat of the request found the list too long to
	// have been kept: it is empty then.
	Shortened bool `json:"shortened,omitempty"`
}

// Key is a key without its secret.
type Key struct {
	ID      policy.KeyID `json:"id"`
	Name    string       `json:"name"`
	Role    policy.Role  `json:"role"`
	Created time.Time    `json:"created"`
	Expires time.Time    `json:"expires"`
	// Permissions, if there are any, are all that the key may do of what its role may.
	Permissions []policy.Permission `json:"permissions,omitempty"`
}

// KeyOf returns what may be told of a key.
func KeyOf(k policy.Key) Key {
	return Key{ID: k.ID, Name: k.Name, Role: k.Role, Created: k.Created, Expires: k.Expires, Permissions: k.Permissions}
}

// NewKey asks for a key. Without Expires an app's key lives for 365 days, any
// other for 90.
type NewKey struct {
	Name    string      `json:"name"`
	Role    policy.Role `json:"role"`
	Expires *time.Time  `json:"expires,omitempty"`
	// Permissions are all that the key is to be allowed of what its role is; none
	// means all of it.
	Permissions []policy.Permission `json:"permissions,omitempty"`
}

// CreatedKey is a key that was just made. Text is what callers present. It is
// told this once: a repeat of the request gets the rest only.
type CreatedKey struct {
	Key
	Text string `json:"text,omitempty"`
}

// Document is a whole directory, to be imported. Its three lists are required.
type Document struct {
	policy.Directory
	// Clients are replaced by these as well, unless it is nil.
	Clients []policy.Client `json:"clients,omitzero"`
}

// Imported says what an import changed, or, on a dry run, would change.
type Imported struct {
	DryRun    bool       `json:"dry_run,omitempty"`
	Employees Difference `json:"employees"`
	Groups    Difference `json:"groups"`
	Projects  Difference `json:"projects"`
	Clients   Difference `json:"clients"`
	// Dead are the first MaxListed clients whose scope has dead references
	// afterwards; DeadCount is how many there are.
	Dead      []DeadScope `json:"dead"`
	DeadCount int         `json:"dead_count"`
	// Warnings are what was passed over in the tables of an import, as far as
	// they are listed; MoreWarnings is how many there are besides.
	Warnings     []policy.Fault `json:"warnings,omitempty"`
	MoreWarnings int            `json:"more_warnings,omitempty"`
	// Shortened is set when a repeat of the request found the lists too long to
	// have been kept: they are empty then.
	Shortened bool `json:"shortened,omitempty"`
}

// Difference is what changes in one kind of entity: the first MaxListed ids of
// each sort, in order, and how many there are.
type Difference struct {
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Removed []string `json:"removed"`
	Counts  Counts   `json:"counts"`
}

// Counts says how many entities change.
type Counts struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Removed int `json:"removed"`
}

// DeadScope names the dead references of one client's scope.
type DeadScope struct {
	Client   policy.ClientID    `json:"client"`
	Groups   []policy.GroupID   `json:"groups,omitempty"`
	Projects []policy.ProjectID `json:"projects,omitempty"`
}
