package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"sightline.example/policy"
)

// hidden is what is personal in an entry.
type hidden struct {
	Name   string                     `json:"name,omitempty"` // of the actor
	From   string                     `json:"from,omitempty"` // likewise
	Before map[string]json.RawMessage `json:"before,omitempty"`
	After  map[string]json.RawMessage `json:"after,omitempty"`
	Data   json.RawMessage            `json:"data,omitempty"`
}

func (h hidden) empty() bool {
	return h.Name == "" && h.From == "" && len(h.Before) == 0 && len(h.After) == 0 && h.Data == nil
}

// ofPerson reports whether what is shown of a kind of entity is about a client.
func ofPerson(kind string) bool {
	return policy.Kind(kind) == policy.KindClients || policy.Kind(kind) == policy.KindAccounts
}

// tellsNobody reports whether a member of Before and After, where they are about
// a client, does not tell who that is: what access there was has to stay in the
// log. All others are personal, down to what a mail server says of an address,
// and to who last changed a client: it may be the client.
func tellsNobody(member string) bool {
	switch member {
	case "id", "client", "status", "scope", "created", "changed",
		"purpose", "by", "expires", "accepted", "revoked", "state", "at":
		return true
	}
	return false
}

// Person returns the id of the client whom an entry tells something personal
// about, empty for none. It is an error if there are two.
func (e Entry) Person() (string, error) {
	var ids []string
	if e.Personal != nil {
		ids = append(ids, e.Personal.Person)
	}
	if e.Actor.Type == policy.SubjectClient {
		ids = append(ids, e.Actor.ID)
	}
	if ofPerson(e.Kind) {
		ids = append(ids, e.ID)
	}
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
	switch len(ids) {
	case 0:
		return "", nil
	case 1:
		return ids[0], nil
	}
	return "", fmt.Errorf("audit entry %s %s: it is about more than one person: %q", e.Action, e.Kind, ids)
}

// Bare returns the entry without what is personal in it.
func (e Entry) Bare() (Entry, error) {
	bare, _, err := e.hide()
	return bare, err
}

// hide takes what is personal out of an entry. It leaves null in the place of
// members, so that they keep their order.
func (e Entry) hide() (Entry, hidden, error) {
	var h hidden
	if e.Actor.Type == policy.SubjectClient {
		h.Name, h.From = e.Actor.Name, e.Actor.From
		e.Actor.Name, e.Actor.From = "", ""
	}
	if e.Personal != nil {
		h.Data, e.Personal = e.Personal.Data, nil
	}
	var err error
	if e.Before, h.Before, err = hideMembers(e.Kind, e.Before); err != nil {
		return Entry{}, hidden{}, err
	}
	if e.After, h.After, err = hideMembers(e.Kind, e.After); err != nil {
		return Entry{}, hidden{}, err
	}
	return e, h, nil
}

// show puts back what hide took out.
func (r *Record) show(h hidden) error {
	if r.Actor.Type == policy.SubjectClient {
		r.Actor.Name, r.Actor.From = h.Name, h.From
	}
	if h.Data != nil {
		r.Personal = &Personal{Person: r.Sealed.Person, Data: h.Data}
	}
	var err error
	if r.Before, err = showMembers(r.Before, h.Before); err != nil {
		return err
	}
	r.After, err = showMembers(r.After, h.After)
	return err
}

const null = "null"

func hideMembers(kind string, object json.RawMessage) (json.RawMessage, map[string]json.RawMessage, error) {
	if !ofPerson(kind) || len(object) == 0 {
		return object, nil, nil
	}
	taken := map[string]json.RawMessage{}
	open, err := eachMember(object, func(name string, value json.RawMessage) json.RawMessage {
		if tellsNobody(name) || string(value) == null {
			return value
		}
		taken[name] = value
		return json.RawMessage(null)
	})
	return open, taken, err
}

func showMembers(object json.RawMessage, taken map[string]json.RawMessage) (json.RawMessage, error) {
	if len(taken) == 0 {
		return object, nil
	}
	return eachMember(object, func(name string, value json.RawMessage) json.RawMessage {
		if hidden, ok := taken[name]; ok {
			return hidden
		}
		return value
	})
}

// eachMember returns a JSON object with each value replaced by what replace
// returns for it. It is an error if the text is no object.
func eachMember(object json.RawMessage, replace func(name string, value json.RawMessage) json.RawMessage) (json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(object))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return nil, fmt.Errorf("what is shown of an entity is no JSON object (%v)", err)
	}
	out := []byte{'{'}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		key, err := json.Marshal(name)
		if err != nil {
			return nil, err
		}
		out = append(append(out, key...), ':')
		out = append(out, replace(name.(string), value)...)
	}
	return append(out, '}'), nil
}
