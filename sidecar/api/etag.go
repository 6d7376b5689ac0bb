package api

import (
	"strconv"
	"strings"

	"sightline.example/policy"
)

// ETag returns the ETag of the version of the given revision.
func ETag(revision int64) string { return `"` + strconv.FormatInt(revision, 10) + `"` }

// ParseETag returns the revision of an ETag. What ETag does not return is an
// Invalid policy.Error.
func ParseETag(tag string) (int64, error) {
	revision, err := strconv.ParseInt(strings.Trim(tag, `"`), 10, 64)
	if err != nil || revision < 1 || ETag(revision) != tag {
		return 0, policy.Errorf(policy.Invalid, "an ETag is a revision in quotes, such as \"17\"")
	}
	return revision, nil
}
