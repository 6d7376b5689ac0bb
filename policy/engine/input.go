package engine

import (
	"fmt"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"sightline.example/policy"
)

// inputOf returns the input of the rules: the request's members, its resource's
// properties once more as record, the time, and whether to explain.
//
// The columns of a record stand right below input.record because OPA compiles
// rules to data filters only over such short paths.
func inputOf(r policy.Request, now time.Time, explain bool) (ast.Value, error) {
	subject, err := objectOf(r.Subject.Properties)
	if err != nil {
		return nil, fmt.Errorf("subject.properties: %w", err)
	}
	action, err := objectOf(r.Action.Properties)
	if err != nil {
		return nil, fmt.Errorf("action.properties: %w", err)
	}
	record, err := objectOf(r.Resource.Properties)
	if err != nil {
		return nil, fmt.Errorf("resource.properties: %w", err)
	}
	context, err := objectOf(r.Context)
	if err != nil {
		return nil, fmt.Errorf("context: %w", err)
	}
	return ast.NewObject(
		item("subject", entity(r.Subject, subject)),
		item("action", ast.NewTerm(ast.NewObject(
			item("name", ast.StringTerm(r.Action.Name)),
			item("properties", action),
		))),
		item("resource", entity(r.Resource, record)),
		item("context", context),
		item("record", record),
		item("now", integer(now.UnixNano())),
		item("explain", ast.InternedTerm(explain)),
	), nil
}

func entity(e policy.Entity, properties *ast.Term) *ast.Term {
	return ast.NewTerm(ast.NewObject(
		item("type", ast.StringTerm(e.Type)),
		item("id", ast.StringTerm(e.ID)),
		item("properties", properties),
	))
}

func item(name string, value *ast.Term) [2]*ast.Term {
	return [2]*ast.Term{nameTerm(name), value}
}

func objectOf(members map[string]any) (*ast.Term, error) {
	if len(members) == 0 {
		return ast.InternedEmptyObject, nil
	}
	value, err := ast.InterfaceToValue(members)
	if err != nil {
		return nil, err
	}
	return ast.NewTerm(value), nil
}
