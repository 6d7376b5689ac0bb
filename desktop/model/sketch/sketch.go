// Package sketch is the scope an admin is working at, of a client that is there or
// of one yet to be invited: the draft, the directory it selects from, and what
// the client would see, which the sidecar is asked whenever the draft has rested.
//
// A Sketch belongs to the UI goroutine.
package sketch

import (
	"time"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model/scope"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Config says whose scope it is and who is asked about it.
type Config struct {
	On      async.Dispatcher // required
	Preview Ask              // required
	// Client is whose scope it is; empty for a client who is yet to be invited.
	Client policy.ClientID
	// Limit is how many are named in each list of a preview; 0 is 50.
	Limit int
	// Zone is where the days of a period begin; nil is time.Local.
	Zone *time.Location
}

// Sketch is a scope that is being worked at.
type Sketch struct {
	// OnChange is called when the draft, the directory or the preview has changed.
	OnChange func()

	cfg         Config
	draft       *scope.Draft
	directory   *Directory
	live        *live
	other       *policy.Scope // is previewed in the place of the draft
	from, until Date
	locked      bool
}

// New returns a sketch that begins with a scope, and asks for its preview.
func New(cfg Config, base policy.Scope) *Sketch {
	if cfg.Limit == 0 {
		cfg.Limit = 50
	}
	if cfg.Zone == nil {
		cfg.Zone = time.Local
	}
	s := &Sketch{OnChange: func() {}, cfg: cfg, draft: scope.New(base), directory: NewDirectory(nil, nil)}
	s.live = newLive(cfg.On, cfg.Preview, func() { s.OnChange() })
	s.showPeriod()
	s.ask()
	return s
}

// Close asks nothing any more.
func (s *Sketch) Close() { s.live.latest.Cancel() }

// Scope returns the scope as it is in the draft.
func (s *Sketch) Scope() policy.Scope { return s.draft.Scope() }

// Diff returns what the draft changes of its base.
func (s *Sketch) Diff() scope.Diff { return s.draft.Diff() }

// Dirty reports whether anything was changed, be it that what was typed means
// nothing yet.
func (s *Sketch) Dirty() bool { return s.draft.Dirty() || s.from.Err != nil || s.until.Err != nil }

// Valid reports whether the scope can be saved.
func (s *Sketch) Valid() bool {
	p := s.draft.Scope()
	disorderly := p.From != nil && p.Until != nil && !p.From.Before(*p.Until)
	return s.from.Err == nil && s.until.Err == nil && !disorderly
}

// Notices returns what is to be pointed out about the draft.
func (s *Sketch) Notices() []scope.Notice { return scope.Notices(s.draft.Base(), s.draft.Scope()) }

// Dead returns the dead references in the draft.
func (s *Sketch) Dead() scope.Dead { return s.directory.Dead(s.draft.Scope()) }

// Directory returns what there is to select.
func (s *Sketch) Directory() *Directory { return s.directory }

// SetDirectory says what there is to select now. The preview is asked for anew
// unless it is the same directory as before, of another revision at most: other
// groups have other members.
func (s *Sketch) SetDirectory(d *Directory) {
	same := d.of == s.directory.of
	s.directory = d
	if !same {
		s.Follow()
	}
}

// Preview returns what is known of what the scope would show.
func (s *Sketch) Preview() Preview { return s.live.preview }

// Ask asks for the preview anew.
func (s *Sketch) Ask() {
	s.ask()
	s.OnChange()
}

// Follow asks for the preview anew since something else than the scope has changed.
// What is known stays Ready meanwhile, and what is under way is not asked anew: such
// changes may never rest.
func (s *Sketch) Follow() {
	s.live.follow(s.question())
	s.OnChange()
}

// Look has another scope previewed in the place of the draft; nil is the draft
// again.
func (s *Sketch) Look(other *policy.Scope) {
	s.other = other
	s.Ask()
}

// SetClient says whose scope it is from now on.
func (s *Sketch) SetClient(id policy.ClientID) { s.cfg.Client = id }

// Locked reports whether the draft can be looked at only.
func (s *Sketch) Locked() bool { return s.locked }

// SetLocked says whether the draft can be looked at only.
func (s *Sketch) SetLocked(locked bool) {
	if locked != s.locked {
		s.locked = locked
		s.OnChange()
	}
}

// Draft returns the draft, for what has to do with versions: see Changed.
func (s *Sketch) Draft() *scope.Draft { return s.draft }

// Changed says that the draft was changed from outside of the sketch.
func (s *Sketch) Changed() {
	s.showPeriod()
	s.Ask()
}

// Restart throws the draft and its steps away, and begins with another scope.
func (s *Sketch) Restart(base policy.Scope) {
	s.draft = scope.New(base)
	s.Changed()
}

// Resume goes on with a draft that was kept.
func (s *Sketch) Resume(d *scope.Draft) {
	s.draft = d
	s.Changed()
}

func (s *Sketch) ask() { s.live.set(s.question()) }

func (s *Sketch) question() question {
	asked := s.draft.Scope()
	if s.other != nil {
		asked = *s.other
	}
	return question{s.directory.Token, api.NewPreview{Client: s.cfg.Client, Scope: asked, Limit: s.cfg.Limit}}
}
