// Package model is what the app's screens show, without the screens: the copy of
// the sidecar's clients and directory that follows the change feed, the lists
// made of it, and what becomes of what an admin does with them. It knows nothing
// of Fyne, and has no words for the admin: those are in package lang.
//
// A model belongs to the UI goroutine. It hands work to the background through an
// async.Dispatcher, on values that nobody changes any more, and installs the
// result if it is still wanted.
package model
