package invite

import (
	"slices"
	"strings"
	"time"

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

// Row is one who is to be invited.
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
}

// read makes the row what its cells say.
func (r *Row) read(d *sketch.Directory, zone *time.Location) {
	r.Faults, r.Err, r.State = map[Column]Fault{}, nil, Waiting
	r.Wanted = api.NewInvitation{Email: r.Cells[Email], Name: r.Cells[Name], Note: r.Cells[Note], Link: true}
	r.fault(Email, NoAddress, policy.CheckEmail("email", r.Wanted.Email) != nil)
	r.fault(Name, TooLong, r.Wanted.Name != "" && policy.CheckName("name", r.Wanted.Name) != nil)
	r.fault(Note, TooLong, policy.CheckNote("note", r.Wanted.Note) != nil)
	s := &r.Wanted.Scope
	s.Groups = find[policy.GroupID](r, Groups, NoGroup, d.Groups)
	s.Projects = find[policy.ProjectID](r, Projects, NoProject, d.Projects)
	on, known := parseSwitch(r.Cells[Screencasts])
	s.Screencasts = on
	r.fault(Screencasts, NoSwitch, !known)
	var err error
	s.From, err = sketch.ParseFrom(r.Cells[From], zone)
	r.fault(From, NoDate, err != nil)
	s.Until, err = sketch.ParseUntil(r.Cells[Until], zone)
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
func find[ID ~string](r *Row, c Column, none Fault, things []sketch.Thing) (ids []ID) {
	for _, text := range strings.FieldsFunc(r.Cells[c], func(x rune) bool { return x == ';' || x == ',' || x == '|' }) {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		id, fault := lookUp(text, none, things)
		r.fault(c, fault, fault != "")
		if fault == "" && !slices.Contains(ids, ID(id)) {
			ids = append(ids, ID(id))
		}
	}
	return ids
}

func lookUp(text string, none Fault, things []sketch.Thing) (id string, f Fault) {
	found := 0
	for _, t := range things {
		if t.ID == text {
			return t.ID, ""
		}
		if strings.EqualFold(t.Name, text) {
			id = t.ID
			found++
		}
	}
	switch found {
	case 0:
		return "", none
	case 1:
		return id, ""
	}
	return "", SeveralNames
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
