package detail

import (
	"context"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// List is the things of a kind that a scope shows, by name. Those that are looked
// at are read, a page at a time, so that there may be very many. It belongs to
// the UI goroutine.
type List struct {
	on      *async.Scope
	ask     sketch.Ask
	of      func(*api.Preview) api.Listing
	changed func()

	scope    policy.Scope
	token    string // as of when at least
	search   string
	total    int // without a search
	count    int
	pages    map[int][]api.Named
	wanted   int // the page that is looked at and has not been read; -1 for none
	sequence int // of what is listed; answers for another one are dropped
	busy     bool
	err      error
}

func newList(on *async.Scope, ask sketch.Ask, of func(*api.Preview) api.Listing, changed func()) *List {
	return &List{on: on, ask: ask, of: of, changed: changed, pages: map[int][]api.Named{}, wanted: -1}
}

// Total returns how many things there are, whatever is searched for.
func (l *List) Total() int { return l.total }

// Len returns how many things are found.
func (l *List) Len() int { return l.count }

// At returns one of the things that are found. It is false if it has to be read
// first, which is begun.
func (l *List) At(i int) (api.Named, bool) {
	page := i / api.MaxPage
	if named, read := l.pages[page]; read {
		if at := i % api.MaxPage; at < len(named) {
			return named[at], true
		}
		return api.Named{}, false
	}
	l.want(page)
	return api.Named{}, false
}

// Err returns why something could not be read, if so.
func (l *List) Err() error { return l.err }

// Busy reports whether something is being read.
func (l *List) Busy() bool { return l.busy }

// Words returns what is searched for.
func (l *List) Words() string { return l.search }

// Search finds the things in whose names all of the words are.
func (l *List) Search(words string) {
	if words == l.search {
		return
	}
	l.search = words
	l.restart()
	l.want(0)
	l.changed()
}

// Retry reads what could not be read.
func (l *List) Retry() {
	if l.err != nil {
		l.err = nil
		if _, read := l.pages[0]; !read {
			l.want(0)
		}
		l.changed()
	}
}

// begin lists what a scope shows, of which p has the beginning.
func (l *List) begin(s policy.Scope, token string, p *api.Preview) {
	first := l.of(p)
	l.scope, l.token, l.total = s, token, first.Count
	l.restart()
	if l.search == "" {
		l.count, l.pages[0] = first.Count, first.Items
	} else {
		l.want(0)
	}
}

// restart forgets what was read. How many there are stays until it is known anew.
func (l *List) restart() {
	l.sequence++
	l.pages, l.wanted, l.busy, l.err = map[int][]api.Named{}, -1, false, nil
}

// want reads a page, after the one that is being read. Only the page that is
// looked at last is still of interest then.
func (l *List) want(page int) {
	if l.err != nil {
		return
	}
	l.wanted = page
	if !l.busy {
		l.read()
	}
}

func (l *List) read() {
	page, sequence, token := l.wanted, l.sequence, l.token
	asked := api.NewPreview{Scope: l.scope, Limit: api.MaxPage, Skip: page * api.MaxPage, Search: l.search}
	l.busy, l.wanted = true, -1
	l.on.Go(func(ctx context.Context) {
		p, err := l.ask(ctx, token, asked)
		l.on.Main(func() {
			if sequence == l.sequence {
				l.have(page, &p, err)
			}
		})
	})
}

func (l *List) have(page int, p *api.Preview, err error) {
	l.busy = false
	if err != nil {
		l.err = err
	} else {
		listing := l.of(p)
		l.count, l.pages[page] = listing.Count, listing.Items
	}
	if _, read := l.pages[l.wanted]; l.wanted >= 0 && !read && l.err == nil {
		l.read()
	}
	l.changed()
}
