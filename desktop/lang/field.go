package lang

import (
	"errors"
	"strings"

	"sightline.example/policy"
)

// Beside returns what is to be said beside the field of a member, such as
// scope.until: what is wrong with it, if that is what the error is about. Else it
// returns nothing.
func Beside(err error, member string) string {
	if err == nil || Field(err) != member {
		return ""
	}
	return Mistake(err)
}

// Field returns the path of the member that a refusal is about, as an entity has
// it: without where in a list or a request that is. It is empty if it is about none.
func Field(err error) string {
	refused, ok := errors.AsType[*policy.Error](err)
	if !ok {
		return ""
	}
	if refused.Code == policy.Exists && refused.Field == "" && len(refused.IDs) > 0 {
		return "id"
	}
	switch refused.Code {
	case policy.Invalid, policy.TooLarge, policy.Exists, policy.DeadReference:
		path := refused.Field
		if i := strings.LastIndex(path, "]."); i >= 0 {
			path = path[i+len("]."):]
		}
		path, _, _ = strings.Cut(path, "[")
		return path
	}
	return ""
}
