package shell

import (
	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/look"
)

// openClient shows all about a client.
func (s *Shell) openClient(id string) { s.editClient(id) }

// editClient shows a client's scope to be edited.
func (s *Shell) editClient(id string) {
	if c := s.client(id); c != nil {
		s.toast(look.Info, c.Name+": "+lang.Mode(c.Scope.Mode()))
	}
}

// invite shows what is needed to invite a client.
func (s *Shell) invite() {}
