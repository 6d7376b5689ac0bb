package engine

import "github.com/open-policy-agent/opa/v1/ast"

// names holds the terms of the members that every input, client and answer has.
// Nobody changes a term, so all evaluations share them: making them anew was
// a third of what a decision allocated.
var names = termsOf(
	"subject", "action", "resource", "context", "record", "now", "explain",
	"type", "id", "name", "properties",
	"status", "scope", "groups", "projects", "screencasts", "from", "until",
	"allow", "reason", "facts",
)

func termsOf(texts ...string) map[string]*ast.Term {
	terms := make(map[string]*ast.Term, len(texts))
	for _, t := range texts {
		terms[t] = ast.StringTerm(t)
	}
	return terms
}

// nameTerm returns the name of a member as a term.
func nameTerm(name string) *ast.Term {
	if t, ok := names[name]; ok {
		return t
	}
	return ast.StringTerm(name)
}
