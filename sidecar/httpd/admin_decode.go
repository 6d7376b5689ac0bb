package httpd

import (
	"errors"
	"reflect"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"sightline.example/policy"
)

// decode decodes a body that checkJSON found good. A member it does not know,
// in whatever case it is written, is an error: the caller meant something by it.
func decode[T any](body []byte) (v T, err error) {
	err = json.Unmarshal(body, &v, json.RejectUnknownMembers(true))
	if err == nil {
		return v, nil
	}
	e, ok := errors.AsType[*json.SemanticError](err)
	switch {
	case !ok:
		return v, policy.Errorf(policy.Invalid, "the body can't be decoded")
	case errors.Is(err, json.ErrUnknownName):
		return v, policy.FieldErrorf(memberPath(e.JSONPointer), "is not known here")
	}
	return v, policy.FieldErrorf(memberPath(e.JSONPointer), "must be %s", wanted(e.GoType))
}

func wanted(t reflect.Type) string {
	if t == reflect.TypeFor[time.Time]() {
		return "a time as of RFC 3339, such as 2026-01-31T08:00:00Z"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.String:
		return "a string"
	case reflect.Slice:
		return "an array"
	}
	return "an object"
}

func memberPath(p jsontext.Pointer) string {
	path := ""
	for token := range p.Tokens() {
		if i, err := strconv.ParseUint(token, 10, 32); err == nil {
			path = index(path, int(i))
			continue
		}
		path = join(path, segment(token))
	}
	return path
}
