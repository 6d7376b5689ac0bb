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
type sentences map[string]sentence

// sentence is the texts of a reason, and the rule that has them.
type sentence struct {
	policy.Reason
	rule Rule
}

func sentencesOf(c *ast.Compiler) (sentences, error) {
	all := sentences{}
	for _, a := range c.GetAnnotationSet().Flatten() {
		if a.Annotations == nil || a.Annotations.Scope == "package" || a.Annotations.Custom["client"] == nil {
			continue
		}
		s, err := sentenceOf(a)
		if err != nil {
			return nil, fmt.Errorf("rules: %s: %w", a.Path, err)
		}
		if _, twice := all[s.Code]; twice {
			return nil, fmt.Errorf("rules: %s: the reason %q has METADATA elsewhere too", a.Path, s.Code)
		}
		all[s.Code] = s
	}
	return all, nil
}

func sentenceOf(a *ast.AnnotationsRef) (sentence, error) {
	admin, _ := a.Annotations.Custom["admin"].(string)
	client, _ := a.Annotations.Custom["client"].(string)
	switch {
	case admin == "" || client == "":
		return sentence{}, errors.New("METADATA custom needs both admin and client, as text")
	case strings.ContainsAny(client, "{}"):
		return sentence{}, errors.New("the sentence for the client must not have placeholders")
	}
	code, ok := a.Path[len(a.Path)-1].Value.(ast.String)
	if !ok {
		return sentence{}, errors.New("a reason needs a constant name")
	}
	return sentence{
		Reason: policy.Reason{Code: string(code), Admin: admin, Client: client},
		rule:   Rule{Path: a.Path.String(), Title: a.Annotations.Title, Description: a.Annotations.Description},
	}, nil
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
	sentence, known := s[string(code)]
	if !isBoolean || !known {
		return undefined()
	}
	reason := sentence.Reason
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
	t := o.Get(nameTerm(name))
	if t == nil {
		return nil
	}
	return t.Value
}
