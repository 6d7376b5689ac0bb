// Package policy holds the domain of Sightline: clients and their scopes, the
// directory of employees, groups and projects, the keys callers present, the
// requests callers make and the decisions they get.
//
// Everything here is a plain value. [Data] is the immutable view of all of it
// at one revision; package policy/engine evaluates the rules over it. This
// package imports the standard library only, does no I/O and never logs.
package policy
