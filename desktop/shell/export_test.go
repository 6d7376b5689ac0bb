package shell

import (
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/sketch"
)

// Store returns what the app holds.
func (s *Shell) Store() *model.Store { return s.store }

// Selectable returns what a scope can select.
func (s *Shell) Selectable() *sketch.Directory { return s.selectable() }
