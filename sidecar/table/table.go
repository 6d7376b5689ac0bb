// Package table reads tables of companies from CSV files (RFC 4180): the
// directory for an import, and lists of clients to be invited.
//
// Files come as spreadsheets and other systems export them. The header line says
// which column is which, in English or German, whatever its case, spaces and
// punctuation; a [Mapping] says so where it doesn't. The separator is found from
// it too. The text is UTF-8, or UTF-16 with its byte order mark. Cells are data:
// nothing in them is evaluated, and spaces around them don't count.
//
// Where a file refers to something, it does so by id, or by name if nothing
// else has that name. What has no id gets one from its name, the same each time:
// see [ID].
//
// A file is read to its end, and everything wrong with it is reported, not only
// the first thing. The package neither logs nor keeps anything; its functions
// are safe for concurrent use.
package table

// The tables, by the names that mappings and faults call them.
const (
	Employees   = "employees"   // id, name (or first_name and last_name), groups, projects
	Groups      = "groups"      // id, name
	Projects    = "projects"    // id, name, groups
	Memberships = "memberships" // employee, and group, project, or type and target
	Clients     = "invitations" // email, name, groups, projects, screencasts, from, until, note
)

// Limits of a file.
const (
	MaxRows    = 1_000_000
	MaxColumns = 200
	MaxCell    = 64 << 10 // bytes of a cell
)

// MaxFaults is how many faults, and how many warnings, a [Report] lists.
const MaxFaults = 1_000

// Mapping says, by table and column, which header a column has in the files,
// such as {"employees": {"id": "Personalnummer"}}. Columns it does not name are
// found by their usual names.
type Mapping map[string]map[string]string
