// Package germantest runs the app in German, whose words are longer than English
// ones, and checks that no screen asks for more room than the smallest window has
// that is promised: a real one would grow by itself, out of the display.
package germantest
