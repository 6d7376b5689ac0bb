package engine

import (
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"sightline.example/policy"
)

// sentences holds the texts of reasons by code, from METADATA:
//
//	# METADATA
//	# custom:
//	#   admin: "{employee} is in {group}."
//	#   client: You can see this group.
//	in_group if ...
//
// The rule's name is the code. A {placeholder} stands for a fact of the answer;
// only the admin's sentence may have them, so that the client's can't name
// what the client may not see.
type sentences map[string]policy.Reason

func sentencesOf(c *ast.Compiler) (sentences, error) {
	all := sentences{}
	for _, a := range c.GetAnnotationSet().Flatten() {
		if a.Annotations == nil || a.Annotations.Scope == "package" || a.Annotations.Custom["client"] == nil {
			continue
		}
		reason, err := reasonOf(a)
		if err != nil {
			return nil, fmt.Errorf("rules: %s: %w", a.Path, err)
		}
		if _, twice := all[reason.Code]; twice {
			return nil, fmt.Errorf("rules: %s: the reason %q has METADATA elsewhere too", a.Path, reason.Code)
		}
		all[reason.Code] = reason
	}
	return all, nil
}

func reasonOf(a *ast.AnnotationsRef) (policy.Reason, error) {
	admin, _ := a.Annotations.Custom["admin"].(string)
	client, _ := a.Annotations.Custom["client"].(string)
	switch {
	case admin == "" || client == "":
		return policy.Reason{}, errors.New("METADATA custom needs both admin and client, as text")
	case strings.ContainsAny(client, "{}"):
		return policy.Reason{}, errors.New("the sentence for the client must not have placeholders")
	}
	code, ok := a.Path[len(a.Path)-1].Value.(ast.String)
	if !ok {
		return policy.Reason{}, errors.New("a reason needs a constant name")
	}
	return policy.Reason{Code: string(code), Admin: admin, Client: client}, nil
}

// decision turns the answer of an entrypoint into a Decision. Anything but an
// object with a boolean allow and the code of a known reason is a no.
func (s sentences) decision(answer ast.Value, explain bool) policy.Decision {
	object, ok := answer.(ast.Object)
	if !ok {
		return undefined()
	}
	allow, isBoolean := member(object, "allow").(ast.Boolean)
	code, _ := member(object, "reason").(ast.String)
	reason, known := s[string(code)]
	if !isBoolean || !known {
		return undefined()
	}
	if !explain {
		reason.Admin = ""
		return policy.Decision{Allow: bool(allow), Reason: reason}
	}
	facts, _ := member(object, "facts").(ast.Object)
	reason.Admin = fill(reason.Admin, facts)
	return policy.Decision{Allow: bool(allow), Reason: reason}
}

func undefined() policy.Decision {
	return policy.Deny(policy.CodeUndefined, "The rules gave no valid answer.")
}

// fill puts the facts into the placeholders of a sentence. One without a fact
// stays empty: facts are text from the rules, never read again for placeholders.
func fill(sentence string, facts ast.Object) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(sentence, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		text, _ := member(facts, name).(ast.String)
		out.WriteString(string(text))
		sentence = after
	}
}

func member(o ast.Object, name string) ast.Value {
	if o == nil {
		return nil
	}
	t := o.Get(ast.InternedTerm(name))
	if t == nil {
		return nil
	}
	return t.Value
}
