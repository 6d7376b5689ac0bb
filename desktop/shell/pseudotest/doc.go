// Package pseudotest has the tests that find texts which do not come from the
// catalogue, and would be English in every language. The app is shown in a language
// that is made up: English with each text in brackets. What is shown without them
// has to be data.
//
// They are in a package, and so in a process, of their own: which language there is
// can't be undone.
package pseudotest
