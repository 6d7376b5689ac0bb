package insight

import (
	"strings"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// part says which things of a list are named.
type part struct {
	skip, limit int
	words       []string // all of them are in the name; in small letters
}

// partOf returns which things a preview names. It fails with policy.Invalid if
// that can't be.
func partOf(asked api.NewPreview) (part, error) {
	p := part{skip: asked.Skip, limit: asked.Limit, words: strings.Fields(strings.ToLower(asked.Search))}
	if p.limit == 0 {
		p.limit = api.DefaultPage
	}
	switch {
	case p.skip < 0 || p.skip > maxSkip:
		return p, policy.FieldErrorf("skip", "must be 0 to %d", maxSkip)
	case len(asked.Search) > api.MaxSearch:
		return p, policy.FieldErrorf("search", "is longer than %d bytes", api.MaxSearch)
	}
	return p, checkLimit(p.limit)
}

// maxSkip is more than there can be things of a kind.
const maxSkip = 1 << 30

// finds reports whether something with the name is listed.
func (p part) finds(name string) bool {
	if len(p.words) == 0 {
		return true
	}
	name = strings.ToLower(name)
	for _, word := range p.words {
		if !strings.Contains(name, word) {
			return false
		}
	}
	return true
}
