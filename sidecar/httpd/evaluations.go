package httpd

import (
	"errors"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// batch is an Access Evaluations request (AuthZEN 1.0, section 7.1), with the
// defaults put into its items.
type batch struct {
	single   bool // there are no items: request is answered, as a single evaluation
	request  policy.Request
	items    []item
	semantic api.Semantic
	reasons  bool
}

// item is one question of a batch. If fault is set there is no question: the
// answer is no, and says what is wrong.
type item struct {
	request policy.Request
	fault   *policy.Error
}

// decodeEvaluations decodes a batch. What is wrong with the payload as a whole
// refuses all of it: its JSON, the limits, and the types of the top-level
// members. What is wrong within one item, a missing entity as well as a wrong
// type, is the fault of that item alone (section 7.2.1 and the certification
// text, section 3.4.1).
func decodeEvaluations(body []byte) (batch, error) {
	o, err := decodeObject(body)
	if err != nil {
		return batch{}, err
	}
	b, err := readOptions(o)
	if err != nil {
		return batch{}, err
	}
	items, err := readArray(o, "evaluations")
	if err != nil {
		return batch{}, err
	}
	if len(items) == 0 {
		b.single = true
		b.request, err = readRequest(o, required)
		return b, err
	}
	if _, err := readRequest(o, optional); err != nil {
		return batch{}, err
	}
	for i, v := range items {
		b.items = append(b.items, readItem(index("evaluations", i), v, o))
	}
	return b, nil
}

func readOptions(o map[string]any) (b batch, err error) {
	options, err := readObject(o, "options", optional)
	if err != nil {
		return b, err
	}
	switch v := options["evaluations_semantic"]; v {
	case nil:
		b.semantic = api.ExecuteAll
	case string(api.ExecuteAll), string(api.DenyOnFirstDeny), string(api.PermitOnFirstPermit):
		b.semantic = api.Semantic(v.(string))
	default:
		return b, policy.FieldErrorf("options.evaluations_semantic",
			"must be %s, %s or %s", api.ExecuteAll, api.DenyOnFirstDeny, api.PermitOnFirstPermit)
	}
	switch v := options["reasons"].(type) {
	case nil:
	case bool:
		b.reasons = v
	default:
		return b, policy.FieldErrorf("options.reasons", "must be true or false")
	}
	return b, nil
}

func readArray(o map[string]any, name string) ([]any, error) {
	switch v := o[name].(type) {
	case nil:
		return nil, nil
	case []any:
		if len(v) > api.MaxItems {
			return nil, policy.FieldErrorf(name, "has %d items; the limit is %d", len(v), api.MaxItems)
		}
		return v, nil
	}
	return nil, policy.FieldErrorf(name, "must be an array")
}

func readItem(path string, v any, defaults map[string]any) item {
	own, ok := v.(map[string]any)
	if !ok {
		return faulty(policy.FieldErrorf(path, "must be an object"))
	}
	request, err := readRequest(map[string]any{
		"subject":  over(own["subject"], defaults["subject"]),
		"action":   over(own["action"], defaults["action"]),
		"resource": over(own["resource"], defaults["resource"]),
		"context":  over(own["context"], defaults["context"]),
	}, required)
	if err != nil {
		return faulty(within(path, err))
	}
	return item{request: request}
}

func faulty(err error) item {
	e, _ := errors.AsType[*policy.Error](err)
	return item{fault: e}
}

// over returns what stands for an entity of an item: its own, which replaces the
// default as a whole, or the default. There is no merging: an item's entity is
// complete or absent (certification text, section 3.2.7).
func over(own, fallback any) any {
	if own == nil {
		return fallback
	}
	return own
}
