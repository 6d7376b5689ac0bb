// Package rego holds the rules of Sightline and the schemas of what they read
// and answer. Only package main and tests import it: everybody else is handed
// an [fs.FS].
package rego

import "embed"

// Files holds the rules, their tests and, under schema, their schemas.
//
//go:embed sightline schema
var Files embed.FS
