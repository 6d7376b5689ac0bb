package store

import (
	"bytes"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"sightline.example/policy"
)

// version is the version of stored values that this program writes, and the
// only one it reads.
const version = 1

// maxValue is the largest stored value, in bytes.
const maxValue = 256 << 10

// record is the stored form of an entity: its own members and two more. It is
// read strictly: a member that is not known may be a restriction that a newer
// program wrote, and leaving it out could show more than was meant.
type record[T any] struct {
	V     int    `json:"v"`
	Kind  string `json:"kind"`
	Value T      `json:",embed"`
}

// encode returns the stored form of an entity under the given id.
func (e entity[T]) encode(id string, value *T) ([]byte, error) {
	if e.id(value) != id {
		return nil, policy.FieldErrorf("id", "is %q in the %s and %q outside", e.id(value), e.noun, id)
	}
	if err := e.check(value); err != nil {
		return nil, err
	}
	text, err := json.Marshal(record[T]{version, e.noun, *value})
	if err != nil {
		return nil, err
	}
	if len(text) > maxValue {
		return nil, policy.Errorf(policy.TooLarge, "the %s is %d bytes long when stored; the limit is %d", e.noun, len(text), maxValue)
	}
	return text, nil
}

// decode reads the stored form of the entity with the given id.
func (e entity[T]) decode(id string, text []byte) (*T, error) {
	var r record[T]
	if err := json.Unmarshal(text, &r, json.RejectUnknownMembers(true)); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	switch {
	case hasNull(text):
		return nil, fmt.Errorf("%w: null in the place of a value", ErrUnreadable)
	case r.V != version:
		return nil, fmt.Errorf("%w: version %d, not %d", ErrUnreadable, r.V, version)
	case r.Kind != e.noun:
		return nil, fmt.Errorf("%w: kind %q, not %q", ErrUnreadable, r.Kind, e.noun)
	case e.id(&r.Value) != id:
		return nil, fmt.Errorf("%w: id %q under the key of %q", ErrUnreadable, e.id(&r.Value), id)
	}
	if err := e.check(&r.Value); err != nil {
		// Not wrapped: it is about what is stored, not about what a caller sent.
		return nil, fmt.Errorf("%w: %v", ErrUnreadable, err)
	}
	return &r.Value, nil
}

// hasNull reports whether there is a null in a JSON text. It would be read like an
// absent member, and could so lift a restriction that this program never writes.
func hasNull(text []byte) bool {
	if !bytes.Contains(text, []byte("null")) {
		return false
	}
	d := jsontext.NewDecoder(bytes.NewReader(text))
	for {
		token, err := d.ReadToken()
		if err != nil || token.Kind() == 'n' {
			return err == nil
		}
	}
}
