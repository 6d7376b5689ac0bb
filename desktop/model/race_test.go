//go:build race

package model_test

// raceEnabled says that everything takes several times as long.
const raceEnabled = true
