package httpd

import (
	"sightline.example/policy"
)

// decodeEvaluation decodes an Access Evaluation request (AuthZEN 1.0, section
// 6.1). Unknown members are ignored; an optional member that is null is absent.
func decodeEvaluation(body []byte) (policy.Request, error) {
	o, err := decodeObject(body)
	if err != nil {
		return policy.Request{}, err
	}
	return readRequest(o, required)
}

func decodeObject(body []byte) (map[string]any, error) {
	value, err := parseJSON(body)
	if err != nil {
		return nil, err
	}
	o, ok := value.(map[string]any)
	if !ok {
		return nil, policy.Errorf(policy.Invalid, "the body must be an object")
	}
	return o, nil
}

// need says whether a member must be there.
type need bool

const (
	required need = true
	optional need = false
)

// readRequest reads the four entities of an evaluation from its object. With
// optional, whatever is there must be of the right type.
func readRequest(o map[string]any, n need) (r policy.Request, err error) {
	if r.Subject, err = readEntity(o, "subject", n); err != nil {
		return r, err
	}
	if r.Action, err = readAction(o, n); err != nil {
		return r, err
	}
	if r.Resource, err = readEntity(o, "resource", n); err != nil {
		return r, err
	}
	r.Context, err = readObject(o, "context", optional)
	return r, err
}

func readEntity(o map[string]any, name string, n need) (e policy.Entity, err error) {
	members, err := readObject(o, name, n)
	if members == nil || err != nil {
		return e, err
	}
	if e.Type, err = readString(members, "type", n); err != nil {
		return e, within(name, err)
	}
	if e.ID, err = readString(members, "id", n); err != nil {
		return e, within(name, err)
	}
	if e.Properties, err = readObject(members, "properties", optional); err != nil {
		return e, within(name, err)
	}
	return e, nil
}

func readAction(o map[string]any, n need) (a policy.Action, err error) {
	members, err := readObject(o, "action", n)
	if members == nil || err != nil {
		return a, err
	}
	if a.Name, err = readString(members, "name", n); err != nil {
		return a, within("action", err)
	}
	if a.Properties, err = readObject(members, "properties", optional); err != nil {
		return a, within("action", err)
	}
	return a, nil
}

func readString(o map[string]any, name string, n need) (string, error) {
	switch v := o[name].(type) {
	case string:
		return v, nil
	case nil:
		return "", missing(name, n)
	}
	return "", policy.FieldErrorf(name, "must be a string")
}

// readObject returns nil if there is none and none is needed.
func readObject(o map[string]any, name string, n need) (map[string]any, error) {
	switch v := o[name].(type) {
	case map[string]any:
		return v, nil
	case nil:
		return nil, missing(name, n)
	}
	return nil, policy.FieldErrorf(name, "must be an object")
}

func missing(name string, n need) error {
	if n == required {
		return policy.FieldErrorf(name, "is missing")
	}
	return nil
}
