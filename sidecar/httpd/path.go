package httpd

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"sightline.example/policy"
)

// within moves err, an error about a member, into the object or array that has
// the member.
func within(parent string, err error) error {
	e, ok := errors.AsType[*policy.Error](err)
	if !ok {
		return err
	}
	moved := *e
	moved.Field = join(parent, e.Field)
	return &moved
}

// index returns the path of an array's element.
func index(array string, i int) string {
	return fmt.Sprintf("%s[%d]", array, i)
}

func join(parent, child string) string {
	if parent == "" || child == "" || strings.HasPrefix(child, "[") {
		return parent + child
	}
	return parent + "." + child
}

// segment returns a member's name as part of a path: as it is if it is plain,
// else quoted, and cut if it is long.
func segment(name string) string {
	const limit = 64
	if len(name) > limit {
		return "[" + strconv.QuoteToASCII(name[:limit]) + "...]"
	}
	if name == "" || strings.ContainsFunc(name, special) {
		return "[" + strconv.QuoteToASCII(name) + "]"
	}
	return name
}

func special(c rune) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_', c == '-':
		return false
	}
	return true
}
