package shell

import (
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/sketch"
)

// Store returns what the app holds.
func (s *Shell) Store() *model.Store { return s.store }

// Selectable returns what a scope can select.
func (s *Shell) Selectable() *sketch.Directory { return s.selectable() }

// ExportText asks for a file for what text returns, which is called once one is chosen.
func (s *Shell) ExportText(title string, text func() []byte) {
	s.export(export{title: title, about: "text", make: func(made func(content)) { made(content{text: text()}) }})
}
