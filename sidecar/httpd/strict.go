package httpd

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// checkJSON reports, as an Invalid policy.Error with the path of the member at
// fault, the first thing wrong with data: it must be one JSON text in UTF-8,
// without duplicate names or anything after it, and within api's limits.
func checkJSON(data []byte) error {
	_, err := readJSON(data, func(r *reader) (any, error) {
		for {
			kind, _, err := r.next()
			if err != nil {
				return nil, err
			}
			if r.dec.StackDepth() == 0 && kind != 0 {
				return nil, nil
			}
		}
	})
	return err
}

// parseJSON returns the value of data, which is checked as by checkJSON in the
// same pass. Numbers are json.Number with the very text that was sent.
func parseJSON(data []byte) (any, error) {
	return readJSON(data, (*reader).value)
}

func readJSON(data []byte, read func(*reader) (any, error)) (any, error) {
	if !utf8.Valid(data) {
		return nil, policy.Errorf(policy.Invalid, "the body is not valid UTF-8")
	}
	r := &reader{dec: jsontext.NewDecoder(bytes.NewBuffer(data))}
	value, err := read(r)
	if err != nil {
		return nil, err
	}
	if _, err := r.dec.ReadToken(); err != io.EOF {
		return nil, policy.Errorf(policy.Invalid, "the body goes on after the end of its JSON")
	}
	return value, nil
}

// reader reads JSON and holds it to the limits.
type reader struct {
	dec *jsontext.Decoder
}

// value reads one value.
func (r *reader) value() (any, error) {
	kind, text, err := r.next()
	if err != nil {
		return nil, err
	}
	switch kind {
	case jsontext.KindBeginObject:
		return r.object()
	case jsontext.KindBeginArray:
		return r.array()
	case jsontext.KindString:
		return text, nil
	case jsontext.KindNumber:
		return json.Number(text), nil
	case jsontext.KindTrue:
		return true, nil
	case jsontext.KindFalse:
		return false, nil
	}
	return nil, nil
}

// object reads the rest of an object.
func (r *reader) object() (any, error) {
	o := map[string]any{}
	for {
		kind, name, err := r.next()
		if err != nil {
			return nil, err
		}
		if kind == jsontext.KindEndObject {
			return o, nil
		}
		if o[name], err = r.value(); err != nil {
			return nil, err
		}
	}
}

// array reads the rest of an array.
func (r *reader) array() (any, error) {
	a := []any{}
	for r.dec.PeekKind() != jsontext.KindEndArray {
		v, err := r.value()
		if err != nil {
			return nil, err
		}
		a = append(a, v)
	}
	_, _, err := r.next()
	return a, err
}

// next reads one token. Text is the content of a string or name, or the literal
// of a number.
func (r *reader) next() (kind jsontext.Kind, text string, err error) {
	token, err := r.dec.ReadToken()
	if err != nil {
		return 0, "", r.syntaxError(err)
	}
	if r.dec.StackDepth() > api.MaxDepth {
		return 0, "", policy.FieldErrorf(r.path(), "is nested more than %d deep", api.MaxDepth)
	}
	switch kind = token.Kind(); kind {
	case jsontext.KindString:
		if text = token.String(); len(text) > api.MaxString {
			return 0, "", policy.FieldErrorf(r.path(), "has a string of more than %d bytes", api.MaxString)
		}
	case jsontext.KindNumber:
		text = token.String()
		if err := r.checkNumber(text); err != nil {
			return 0, "", err
		}
	}
	return kind, text, nil
}

// checkNumber keeps numbers away that cost more to compute with than to send,
// and those no double can hold (RFC 7493, section 2.2).
func (r *reader) checkNumber(text string) error {
	if len(text) > api.MaxNumber {
		return policy.FieldErrorf(r.path(), "has a number of more than %d characters", api.MaxNumber)
	}
	f, err := strconv.ParseFloat(text, 64)
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	if err != nil || f == 0 && strings.ContainsAny(mantissa, "123456789") {
		return policy.FieldErrorf(r.path(), "has a number out of the range of a double")
	}
	return nil
}

func (r *reader) syntaxError(err error) error {
	e, ok := errors.AsType[*jsontext.SyntacticError](err)
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName) && ok:
		return policy.FieldErrorf(r.dotted(e.JSONPointer), "occurs twice")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return policy.Errorf(policy.Invalid, "the body ends in the middle of its JSON")
	case ok:
		return policy.Errorf(policy.Invalid, "the body is not valid JSON after byte %d", e.ByteOffset)
	}
	return policy.Errorf(policy.Invalid, "the body is empty")
}

// path returns the dotted path of the token read last.
func (r *reader) path() string {
	return r.dotted(r.dec.StackPointer())
}

func (r *reader) dotted(p jsontext.Pointer) string {
	path, depth := "", 0
	for token := range p.Tokens() {
		depth++
		if kind, _ := r.dec.StackIndex(depth); kind == jsontext.KindBeginArray {
			path = join(path, "["+token+"]")
		} else {
			path = join(path, segment(token))
		}
	}
	return path
}
