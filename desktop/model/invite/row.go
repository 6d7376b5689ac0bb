package invite

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// RowState is how far a row of a batch has come.
type RowState string

// The states of a row.
const (
	Faulty  RowState = "faulty"  // something in it has to be put right
	Waiting RowState = "waiting" // nothing is known to be wrong
	Fine    RowState = "fine"    // the sidecar would invite
	Refused RowState = "refused" // the sidecar would not
	Invited RowState = "invited"
	Failed  RowState = "failed" // could not be invited
)

// Row is one who is to be invited. It is never changed: a change makes another one.
type Row struct {
	Line   int // of the file
	Cells  map[Column]string
	Faults map[Column]Fault
	State  RowState
	// Wanted is what is sent, if nothing is faulty.
	Wanted api.NewInvitation
	// Err is why the row is Refused or Failed.
	Err  error
	ID   policy.ClientID // of the client who was invited
	Link string
	Mode policy.Mode // of the scope
	// Sees is how much would be seen with the scope, as of when it was tried; nil if
	// that is not known.
	Sees *api.Sees

	values []string          // of the table
	typed  map[Column]string // takes the place of what the table says
	// sent names the request in which the row was sent, while nobody knows what
	// became of it.
	sent string
}

// with returns the row with another text in a cell.
func (r *Row) with(c Column, text string, m Mapping) *Row {
	next := *r
	next.typed, next.Cells = map[Column]string{}, maps.Clone(r.Cells)
	maps.Copy(next.typed, r.typed)
	next.typed[c], next.Cells[c] = text, text
	if text == m.value(r.values, c) {
		delete(next.typed, c)
	}
	return &next
}

// address returns the address in the row, in canonical form.
func (r *Row) address() string { return policy.CanonicalEmail(r.Cells[Email]) }

// under returns the row with what it says under a mapping. Those that are invited
// say what was sent.
func (r *Row) under(m Mapping) *Row {
	if r.State == Invited {
		return r
	}
	next := *r
	next.Cells = map[Column]string{}
	for _, c := range Columns() {
		if text, typed := r.typed[c]; typed {
			next.Cells[c] = text
		} else {
			next.Cells[c] = m.value(r.values, c)
		}
	}
	return &next
}

// read returns the row held against what is around. What became of it is forgotten
// if it is another invitation now.
func (r *Row) read(a *around, twice bool) *Row {
	if r.State == Invited {
		return r
	}
	next := &Row{Line: r.Line, Cells: r.Cells, values: r.values, typed: r.typed, State: Waiting, Faults: map[Column]Fault{}}
	next.interpret(a)
	same := r.State != "" && reflect.DeepEqual(r.Wanted, next.Wanted)
	if same {
		next.sent = r.sent
	}
	// Whoever has the address of what was sent may have it by that.
	next.fault(Email, Known, next.Faults[Email] == "" && next.sent == "" && a.known(next.address()))
	next.fault(Email, Twice, next.Faults[Email] == "" && twice)
	if same && maps.Equal(r.Faults, next.Faults) {
		next.State, next.Err, next.Sees = r.State, r.Err, r.Sees
	}
	return next
}

// Concerned returns the columns that have to do with why the row is Refused or
// Failed; none if no column is known to.
func (r *Row) Concerned() (all []Column) {
	refused, ok := errors.AsType[*policy.Error](r.Err)
	if !ok {
		return nil
	}
	for _, c := range Columns() {
		if concerns(refused.Field, c) {
			all = append(all, c)
		}
	}
	return all
}

// concerns reports whether a field of an invitation, such as scope.groups[2], is of a
// column. That of the scope itself is of what it selects.
func concerns(field string, c Column) bool {
	field, _, _ = strings.Cut(field, "[")
	switch c {
	case Email, Name, Note:
		return field == string(c)
	case Groups, Projects:
		return field == "scope" || field == "scope."+string(c)
	}
	return field == "scope."+string(c)
}

// interpret makes of the cells what is wanted.
func (r *Row) interpret(a *around) {
	r.Wanted = api.NewInvitation{Email: r.Cells[Email], Name: r.Cells[Name], Note: r.Cells[Note], Link: true}
	r.fault(Email, NoAddress, policy.CheckEmail("email", r.Wanted.Email) != nil)
	r.fault(Name, TooLong, r.Wanted.Name != "" && policy.CheckName("name", r.Wanted.Name) != nil)
	r.fault(Note, TooLong, policy.CheckNote("note", r.Wanted.Note) != nil)
	s := &r.Wanted.Scope
	s.Groups = find[policy.GroupID](r, Groups, a.groups)
	s.Projects = find[policy.ProjectID](r, Projects, a.projects)
	on, known := parseSwitch(r.Cells[Screencasts])
	s.Screencasts = on
	r.fault(Screencasts, NoSwitch, !known)
	var err error
	s.From, err = sketch.ParseFrom(r.Cells[From], a.zone)
	r.fault(From, NoDate, err != nil)
	s.Until, err = sketch.ParseUntil(r.Cells[Until], a.zone)
	r.fault(Until, NoDate, err != nil)
	r.fault(Until, PeriodOver, s.From != nil && s.Until != nil && !s.From.Before(*s.Until))
	r.Mode = s.Mode()
}

func (r *Row) fault(c Column, f Fault, is bool) {
	if is {
		r.Faults[c], r.State = f, Faulty
	}
}

// find returns the ids of the groups or projects that a cell names, by id or by
// name, separated by semicolons or commas.
func find[ID ~string](r *Row, c Column, things things) (ids []ID) {
	for _, text := range strings.FieldsFunc(r.Cells[c], func(x rune) bool { return x == ';' || x == ',' || x == '|' }) {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		id, fault := things.find(text)
		r.fault(c, fault, fault != "")
		if fault == "" && !slices.Contains(ids, ID(id)) {
			ids = append(ids, ID(id))
		}
	}
	return ids
}

func parseSwitch(text string) (on, known bool) {
	switch strings.ToLower(text) {
	case "yes", "true", "on", "1", "x", "ja":
		return true, true
	case "", "no", "false", "off", "0", "-", "nein":
		return false, true
	}
	return false, false
}
