package roster

import (
	"slices"
	"strings"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Query says which clients are listed, in what order, and which part of the list
// is wanted. Every field that is set is a condition, and all have to hold. The
// zero Query lists all clients by id.
type Query struct {
	// Search has words, each of which some word of the name or of the address
	// begins with, without regard to case and accents. A word with an @ in it has
	// to be a part of the address instead.
	Search        string
	Status        policy.Status    // as of [policy.Client.Standing], at the time of asking
	Mode          policy.Mode      // of the scope
	Screencasts   *bool            // the scope has them on, or off
	Group         policy.GroupID   // the scope selects it
	Project       policy.ProjectID // likewise
	Dead          *bool            // the scope has dead references, or none
	Seen          *bool            // the client used the portal, or never did
	SeenBefore    time.Time        // the client did not use the portal from then on
	ExpiresBefore time.Time        // the scope's period has not ended yet, but ends before

	Sort       Sort // empty means ByID
	Descending bool

	After string // the Next of the page before; empty for the first page
	Limit int    // of the clients on a page: 1 to api.MaxPage
	// Count asks for how many clients match, which may cost a look at every one.
	Count bool
}

// MaxSearch is the longest text to search for, in bytes: an address fits.
const MaxSearch = policy.MaxEmail

func (q *Query) check() error {
	switch {
	case len(q.Search) > MaxSearch:
		return policy.FieldErrorf("search", "is %d bytes long; the limit is %d", len(q.Search), MaxSearch)
	case q.Status != "" && place(standings(), q.Status) < 0:
		return policy.FieldErrorf("status", "must be %s", oneOf(standings()))
	case q.Mode != "" && place(modes(), q.Mode) < 0:
		return policy.FieldErrorf("mode", "must be %s", oneOf(modes()))
	case !slices.Contains(Sorts(), q.Sort):
		return policy.FieldErrorf("sort", "must be %s", oneOf(Sorts()))
	case q.Limit < 1 || q.Limit > api.MaxPage:
		return policy.FieldErrorf("limit", "must be 1 to %d", api.MaxPage)
	}
	if err := checkID("group", string(q.Group)); err != nil {
		return err
	}
	return checkID("project", string(q.Project))
}

func checkID(field, id string) error {
	if id == "" {
		return nil
	}
	return policy.CheckID(field, id)
}

func oneOf[T ~string](list []T) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = string(v)
	}
	last := len(texts) - 1
	return strings.Join(texts[:last], ", ") + " or " + texts[last]
}
