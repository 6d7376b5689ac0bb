package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
)

// versionDigits is how many hexadecimal digits tell bundles apart.
const versionDigits = 12

// versionOf returns what a bundle is known by: a digest of the names and texts of
// the files that decide. Tests and whatever else lies there make no other one.
func versionOf(bundle fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(bundle, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !isRule(name) && !isSchema(name) {
			return err
		}
		text, err := fs.ReadFile(bundle, name)
		fmt.Fprintf(sum, "%d %s %d %s", len(name), name, len(text), text)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))[:versionDigits], err
}

// Rules returns the version of the rules that a view decides by: twelve
// hexadecimal digits. Other rules have another version, and the same have the
// same in every process. It is empty for a view that denies everything.
func (v View) Rules() string {
	if v.engine == nil {
		return ""
	}
	return v.engine.rules.version
}
