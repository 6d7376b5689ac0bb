package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

// entrypoint is a reference to a rule that answers the engine.
type entrypoint string

// The entrypoints that every bundle must have.
const (
	entryDecision entrypoint = "data.sightline.decision"
	entryAdmin    entrypoint = "data.sightline.admin.decision"
)

// The entrypoints that a bundle may leave out.
const (
	entryVisible entrypoint = "data.sightline.review.visible"
	entryEmpty   entrypoint = "data.sightline.review.empty"
	entryFinding entrypoint = "data.sightline.review.finding"
	entryThrough entrypoint = "data.sightline.review.through"
)

// optional reports whether a bundle may leave the entrypoint out.
func (e entrypoint) optional() bool { return e != entryDecision && e != entryAdmin }

// lists reports whether the answer is long, and not a decision.
func (e entrypoint) lists() bool { return e == entryVisible || e == entryThrough }

// rules is a compiled bundle.
type rules struct {
	queries   map[entrypoint]rego.PreparedEvalQuery
	sentences sentences
	version   string
}

// have reports whether the bundle has an entrypoint.
func (r rules) have(e entrypoint) bool {
	_, ok := r.queries[e]
	return ok
}

// maxRules bounds the text of a bundle, in bytes.
const maxRules = 1 << 20

func compile(ctx context.Context, bundle fs.FS) (rules, error) {
	compiler, err := Compile(bundle)
	if err != nil {
		return rules{}, err
	}
	r := rules{queries: map[entrypoint]rego.PreparedEvalQuery{}}
	if r.sentences, err = sentencesOf(compiler); err != nil {
		return rules{}, err
	}
	if r.version, err = versionOf(bundle); err != nil {
		return rules{}, fmt.Errorf("rules: %w", err)
	}
	for _, entry := range []entrypoint{entryDecision, entryAdmin, entryVisible, entryEmpty, entryFinding, entryThrough} {
		missing := len(compiler.GetRulesExact(ast.MustParseRef(string(entry)))) == 0
		if missing && entry.optional() {
			continue
		}
		if missing {
			return rules{}, fmt.Errorf("rules: the entrypoint %s is missing", entry)
		}
		r.queries[entry], err = rego.New(
			rego.Query(string(entry)),
			rego.Compiler(compiler),
			rego.Store(document{}),
			// Else a builtin that fails is undefined, and makes a yes of what a rule negates.
			rego.StrictBuiltinErrors(true),
		).PrepareForEval(ctx)
		if err != nil {
			return rules{}, fmt.Errorf("rules: prepare %s: %w", entry, err)
		}
	}
	return r, nil
}

// Compile compiles the rules of a bundle the way [New] does: strictly, with the
// schemas of the bundle forced on them and the allowed builtins only.
func Compile(bundle fs.FS) (*ast.Compiler, error) {
	modules, schemas, err := load(bundle)
	if err != nil {
		return nil, fmt.Errorf("rules: %w", err)
	}
	c := ast.NewCompiler().
		WithStrict(true).
		WithCapabilities(capabilities()).
		WithSchemas(schemas).
		WithUseTypeCheckAnnotations(true)
	if c.Compile(modules); c.Failed() {
		return nil, fmt.Errorf("rules: %w", c.Errors)
	}
	return c, nil
}

// load reads the rules and schemas of a bundle. The schema of the input is
// required, and applies to every module whether it asks for it or not.
func load(bundle fs.FS) (map[string]*ast.Module, *ast.SchemaSet, error) {
	modules := map[string]*ast.Module{}
	schemas := ast.NewSchemaSet()
	size := 0
	err := fs.WalkDir(bundle, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !isRule(name) && !isSchema(name) {
			return err
		}
		text, err := fs.ReadFile(bundle, name)
		if err != nil {
			return err
		}
		if size += len(text); size > maxRules {
			return fmt.Errorf("the files are over %d bytes", maxRules)
		}
		if isSchema(name) {
			return addSchema(schemas, name, text)
		}
		modules[name], err = ast.ParseModuleWithOpts(name, string(text), ast.ParserOptions{ProcessAnnotation: true})
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	if schemas.Get(ast.SchemaRootRef) == nil {
		return nil, nil, errors.New("schema/input.jsonschema is missing")
	}
	return modules, schemas, nil
}

func isRule(name string) bool {
	return path.Ext(name) == ".rego" && !strings.HasSuffix(name, "_test.rego")
}

// The ending is not .json, because OPA's tools would load that as data.
func isSchema(name string) bool {
	return path.Dir(name) == "schema" && path.Ext(name) == ".jsonschema"
}

func addSchema(schemas *ast.SchemaSet, file string, text []byte) error {
	var schema any
	if err := json.Unmarshal(text, &schema); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	schemas.Put(ast.SchemaRootRef.Append(ast.StringTerm(name)), schema)
	if name == "input" {
		schemas.Put(ast.SchemaRootRef, schema)
	}
	return nil
}
