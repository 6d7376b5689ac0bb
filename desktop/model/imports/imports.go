// Package imports brings the company's employees, groups and projects over from
// files: tables, or one document. The sidecar says first what would change, and
// nothing has changed until the admin has seen that.
//
// An Import belongs to the UI goroutine.
package imports

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"sightline.example/desktop/async"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Part is what a file has: one of the tables, or the whole directory as JSON.
type Part string

// The parts.
const (
	Employees   Part = api.PartEmployees
	Groups      Part = api.PartGroups
	Projects    Part = api.PartProjects
	Memberships Part = api.PartMemberships
	Document    Part = "document"
)

// Tables returns the parts that are tables, in the order they are shown.
func Tables() []Part { return []Part{Employees, Groups, Projects, Memberships} }

// MaxFiles is how large the files may be together, in bytes.
const MaxFiles = api.MaxImport

// What is wrong with the files, before the sidecar is asked.
var (
	ErrTooLarge = errors.New("too large")
	ErrTwice    = errors.New("two files of the same table")
	ErrMixed    = errors.New("a document and tables")
	ErrDocument = errors.New("no document that can be read")
	ErrLists    = errors.New("a document without all of its lists")
	ErrChanged  = errors.New("the directory has changed since the check")
)

// File is a file that was chosen.
type File struct {
	Name string // without its folder
	Part Part
	text []byte
}

// NewFile returns a file with the part its name and its beginning suggest.
func NewFile(path string, text []byte) File {
	return File{Name: filepath.Base(path), Part: guess(filepath.Base(path), text), text: text}
}

func guess(name string, text []byte) Part {
	name = strings.ToLower(name)
	if strings.HasSuffix(name, ".json") || bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff"))), []byte("{")) {
		return Document
	}
	for _, known := range []struct {
		part  Part
		words []string
	}{
		{Memberships, []string{"member", "mitglied"}},
		{Projects, []string{"project", "projekt"}},
		{Groups, []string{"group", "gruppe", "team", "department", "abteilung"}},
	} {
		if slices.ContainsFunc(known.words, func(word string) bool { return strings.Contains(name, word) }) {
			return known.part
		}
	}
	return Employees
}

// Config says how the sidecar is reached. The functions are the methods of
// client.Client: see Calls.
type Config struct {
	On        async.Dispatcher // required, as all that follows
	Import    func(context.Context, api.Document, client.Terms) (client.Stored[api.Imported], error)
	Try       func(context.Context, api.Document, client.Terms) (client.Stored[api.Imported], error)
	ImportCSV func(context.Context, client.Tables, client.Terms) (client.Stored[api.Imported], error)
	TryCSV    func(context.Context, client.Tables) (client.Stored[api.Imported], error)
}

// Calls returns a Config that reaches the sidecar by a client.
func Calls(on async.Dispatcher, c *client.Client) Config {
	return Config{On: on, Import: c.Import, Try: c.TryImport, ImportCSV: c.ImportCSV, TryCSV: c.TryImportCSV}
}

// Step is how far an import has come.
type Step string

// The steps.
const (
	Empty     Step = "empty"     // no file
	Checking  Step = "checking"  // the sidecar is asked what would change
	Checked   Step = "checked"   // Result tells, or Err why it can't be
	Importing Step = "importing" // it is being done
	Done      Step = "done"      // Result tells what has changed
)

// Import is files that are to be imported.
type Import struct {
	// OnChange is called when anything to be shown has changed; nil is not.
	OnChange func()

	cfg    Config
	on     *async.Scope
	files  []File
	step   Step
	result *api.Imported
	err    error
	key    string // names the attempt: repeated, it takes effect once
	latest async.Latest[[]File, api.Imported]
}

// New returns an import of no file.
func New(cfg Config) *Import {
	m := &Import{cfg: cfg, on: async.NewScope(cfg.On), step: Empty}
	m.latest = async.Latest[[]File, api.Imported]{On: m.on, Install: m.checked, Work: func(ctx context.Context, files []File) (api.Imported, error) {
		return cfg.send(ctx, files, "")
	}}
	return m
}

// Close ends the checking. What is being imported is imported.
func (m *Import) Close() {
	m.latest.Cancel()
	m.on.Close()
}

// Files returns the files.
func (m *Import) Files() []File { return m.files }

// Step returns how far it has come.
func (m *Import) Step() Step { return m.step }

// Result returns what would change, or has; nil if that is not known.
func (m *Import) Result() *api.Imported { return m.result }

// Err returns why the files can't be imported, if so.
func (m *Import) Err() error { return m.err }

// Add adds files and checks all of them. One of the name of another takes its
// place.
func (m *Import) Add(files ...File) {
	if m.step == Importing {
		return
	}
	if m.step == Done {
		m.files = nil
	}
	for _, f := range files {
		m.files = slices.DeleteFunc(m.files, func(other File) bool { return other.Name == f.Name })
		m.files = append(m.files, f)
	}
	m.Check()
}

// Remove takes a file away, and checks those that are left.
func (m *Import) Remove(name string) {
	if m.step != Importing {
		m.files = slices.DeleteFunc(m.files, func(f File) bool { return f.Name == name })
		m.Check()
	}
}

// SetPart says what a file has, and checks all of them.
func (m *Import) SetPart(name string, p Part) {
	i := slices.IndexFunc(m.files, func(f File) bool { return f.Name == name })
	if i >= 0 && m.files[i].Part != p && m.step != Importing {
		m.files[i].Part = p
		m.Check()
	}
}

// Check asks the sidecar what would change.
func (m *Import) Check() {
	m.latest.Cancel()
	m.result, m.err, m.key = nil, nil, rand.Text()
	if len(m.files) == 0 {
		m.step = Empty
	} else if m.err = together(m.files); m.err != nil {
		m.step = Checked
	} else {
		m.step = Checking
		m.latest.Set(slices.Clone(m.files))
	}
	m.changed()
}

// together reports why the files can't be imported together.
func together(files []File) error {
	size, seen := 0, map[Part]bool{}
	for _, f := range files {
		if size += len(f.text); size > MaxFiles {
			return ErrTooLarge
		}
		if seen[f.Part] {
			return ErrTwice
		}
		seen[f.Part] = true
	}
	if seen[Document] && len(files) > 1 {
		return ErrMixed
	}
	return nil
}

func (m *Import) checked(r api.Imported, err error) {
	m.step, m.err = Checked, err
	if err == nil {
		m.result = &r
	}
	m.changed()
}

// Changes returns how many entities change by a result.
func Changes(r *api.Imported) (added, changed, removed int) {
	for _, d := range []api.Difference{r.Employees, r.Groups, r.Projects, r.Clients} {
		added, changed, removed = added+d.Counts.Added, changed+d.Counts.Changed, removed+d.Counts.Removed
	}
	return added, changed, removed
}

// CanImport reports whether there is something to be imported that can be.
func (m *Import) CanImport() bool {
	return m.step == Checked && m.result != nil && changes(m.result)
}

// changes reports whether a result changes anything.
func changes(r *api.Imported) bool {
	added, changed, removed := Changes(r)
	return added+changed+removed > 0
}

// Import imports the files, if they can be.
func (m *Import) Import() {
	if !m.CanImport() {
		return
	}
	m.step, m.err = Importing, nil
	files, key, seen := slices.Clone(m.files), m.key, *m.result
	m.cfg.On.Go(func(ctx context.Context) {
		r, err := m.cfg.commit(ctx, files, key, seen)
		m.on.Main(func() { m.imported(r, err) })
	})
	m.changed()
}

func (m *Import) imported(r api.Imported, err error) {
	if m.err = err; errors.Is(err, ErrChanged) {
		m.step, m.result = Checked, &r
	} else if err != nil {
		m.step = Checked
	} else {
		m.step, m.result = Done, &r
	}
	m.changed()
}

func (m *Import) changed() {
	if m.OnChange != nil {
		m.OnChange()
	}
}

// commit has files imported, if that does what the admin has seen. Where it would do
// something else by now, it returns that, and ErrChanged. Where nothing is left to do
// it goes on: an import whose answer was lost is told under its key what it did.
func (c Config) commit(ctx context.Context, files []File, key string, seen api.Imported) (api.Imported, error) {
	now, err := c.send(ctx, files, "")
	if err != nil {
		return now, err
	}
	if changes(&now) && !reflect.DeepEqual(now, seen) {
		return now, ErrChanged
	}
	return c.send(ctx, files, key)
}

// send has files imported under a key, or tried where that is empty.
func (c Config) send(ctx context.Context, files []File, key string) (api.Imported, error) {
	if files[0].Part == Document {
		return c.sendDocument(ctx, files[0].text, key)
	}
	t := tables(files)
	if key == "" {
		r, err := c.TryCSV(ctx, t)
		return r.Value, err
	}
	r, err := c.ImportCSV(ctx, t, client.Terms{IdempotencyKey: key})
	return r.Value, err
}

// tables returns the files as what they have. They are read once.
func tables(files []File) (t client.Tables) {
	for _, f := range files {
		text := bytes.NewReader(f.text)
		switch f.Part {
		case Employees:
			t.Employees = text
		case Groups:
			t.Groups = text
		case Projects:
			t.Projects = text
		case Memberships:
			t.Memberships = text
		}
	}
	return t
}

func (c Config) sendDocument(ctx context.Context, text []byte, key string) (api.Imported, error) {
	doc, err := parse(text)
	if err != nil {
		return api.Imported{}, err
	}
	if key == "" {
		return c.tryDocument(ctx, doc)
	}
	r, err := c.Import(ctx, doc, client.Terms{Force: true, IdempotencyKey: key})
	return r.Value, err
}

// tryDocument tells what a document would change, and as warnings what it refers to
// that does not exist: that is no mistake where something in use is left out.
func (c Config) tryDocument(ctx context.Context, doc api.Document) (api.Imported, error) {
	r, err := c.Try(ctx, doc, client.Terms{})
	refused, _ := errors.AsType[*policy.Error](err)
	if policy.CodeOf(err) != policy.DeadReference || refused == nil {
		return r.Value, err
	}
	r, err = c.Try(ctx, doc, client.Terms{Force: true})
	if err != nil {
		return r.Value, err
	}
	for _, id := range refused.IDs {
		r.Value.Warnings = append(r.Value.Warnings, policy.Fault{Table: string(Document), Message: fmt.Sprintf("refers to %q, which does not exist", id)})
	}
	return r.Value, nil
}

// parse reads a document.
func parse(text []byte) (doc api.Document, err error) {
	in := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	in.DisallowUnknownFields()
	if err := in.Decode(&doc); err != nil {
		return doc, ErrDocument
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return doc, ErrDocument // there is more than one
	}
	if doc.Employees == nil || doc.Groups == nil || doc.Projects == nil {
		return doc, ErrLists
	}
	return doc, nil
}

// Line is one thing there is to know of an import.
type Line struct {
	// Sort is one of the Line constants.
	Sort string
	// Kind is policy.TypeEmployee, policy.TypeGroup, policy.TypeProject or
	// policy.SubjectClient, ID that of one of them.
	Kind, ID string
	// Fault is what a fault or a warning says.
	Fault policy.Fault
	// Dead are the dead references of a client's scope.
	Dead []string
	// More is how many more there are of this sort than are listed; then it is all
	// there is in the line.
	More int
}

// What lines are about.
const (
	LineFault   = "fault"
	LineWarning = "warning"
	LineDead    = "dead"
	LineRemoved = "removed"
	LineChanged = "changed"
	LineAdded   = "added"
)

// Lines returns all there is to know, the weightiest first.
func (m *Import) Lines() (all []Line) {
	if refused, ok := errors.AsType[*policy.Error](m.err); ok {
		for _, f := range refused.Faults {
			all = append(all, Line{Sort: LineFault, Fault: f})
		}
		if refused.More > 0 {
			all = append(all, Line{Sort: LineFault, More: refused.More})
		}
	}
	if m.result == nil {
		return all
	}
	r := m.result
	for _, f := range r.Warnings {
		sort := LineWarning
		if f.Table == string(Document) {
			sort = LineDead // nothing of a document is passed over
		}
		all = append(all, Line{Sort: sort, Fault: f})
	}
	more := func(sort, kind string, n int) {
		if n > 0 {
			all = append(all, Line{Sort: sort, Kind: kind, More: n})
		}
	}
	more(LineWarning, "", r.MoreWarnings)
	for _, d := range r.Dead {
		line := Line{Sort: LineDead, Kind: string(policy.SubjectClient), ID: string(d.Client)}
		for _, id := range d.Groups {
			line.Dead = append(line.Dead, string(id))
		}
		for _, id := range d.Projects {
			line.Dead = append(line.Dead, string(id))
		}
		all = append(all, line)
	}
	more(LineDead, string(policy.SubjectClient), r.DeadCount-len(r.Dead))
	for _, sort := range []string{LineRemoved, LineChanged, LineAdded} {
		for _, of := range []struct {
			kind string
			diff api.Difference
		}{{policy.TypeEmployee, r.Employees}, {policy.TypeGroup, r.Groups}, {policy.TypeProject, r.Projects}, {string(policy.SubjectClient), r.Clients}} {
			ids, n := sorted(of.diff, sort)
			for _, id := range ids {
				all = append(all, Line{Sort: sort, Kind: of.kind, ID: id})
			}
			more(sort, of.kind, n-len(ids))
		}
	}
	return all
}

// sorted returns the ids of a sort that are listed, and how many there are.
func sorted(d api.Difference, sort string) (ids []string, n int) {
	switch sort {
	case LineRemoved:
		return d.Removed, d.Counts.Removed
	case LineChanged:
		return d.Changed, d.Counts.Changed
	}
	return d.Added, d.Counts.Added
}
