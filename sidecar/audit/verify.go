package audit

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strconv"
)

// Chain is what is known of a chain besides its records.
type Chain struct {
	Start   Anchor   // what the first record follows; zero: it is record 1
	Head    *Anchor  // the last record; nil if nobody knows
	Anchors []Anchor // that must be met; none may be before Start
}

// Summary is what was found to be whole.
type Summary struct {
	Records uint64 // how many
	Last    Anchor // the last one, or what the first one should follow if there are none
}

// Verify reads the stored bytes of records, in order, and checks that they are
// those of the chain. The error is a [Fault] about the first that is not, or one
// of reading; the Summary is of those before it.
//
// Without a Head and Anchors, records that were cut off at the end do not show.
// It keeps a few hashes in memory, however many records there are.
func (c Chain) Verify(records iter.Seq2[[]byte, error]) (Summary, error) {
	w := walk{chain: c, last: c.Start}
	if fault := w.begin(); fault != nil {
		return w.summary(), fault
	}
	for stored, err := range records {
		switch {
		case errors.Is(err, errUnended) && w.bad == nil:
			return w.summary(), &Fault{w.last.Seq + 1, CutOff}
		case err != nil && w.bad == nil:
			return w.summary(), err
		case w.bad == nil:
			if fault := w.step(w.next(stored)); fault != nil {
				return w.summary(), fault
			}
		case err != nil || !w.look(linkOf(stored)):
			return w.summary(), w.diagnose()
		}
	}
	if w.bad != nil {
		return w.summary(), w.diagnose()
	}
	if fault := w.end(); fault != nil {
		return w.summary(), fault
	}
	return w.summary(), nil
}

// walk is a verification under way.
type walk struct {
	chain  Chain
	last   Anchor // the last record that follows from the one before
	before string // the hash of the one before that
	count  uint64

	expected []byte // how the next record has to begin; kept for its room

	bad   *link  // the first record that does not follow
	ahead []link // those after it, to tell what happened
}

func (w *walk) summary() Summary { return Summary{Records: w.count, Last: w.last} }

// begin checks the anchors that no record is going to be compared with.
func (w *walk) begin() *Fault {
	for _, a := range w.chain.Anchors {
		if a.Seq < w.last.Seq {
			return &Fault{a.Seq, Unread}
		}
		if a.Seq == w.last.Seq && a != w.last {
			return &Fault{a.Seq, WrongAnchor}
		}
	}
	return nil
}

// next reads a record. One that begins as it should need not be decoded.
func (w *walk) next(stored []byte) link {
	w.expected = append(w.expected[:0], `{"seq":`...)
	w.expected = strconv.AppendUint(w.expected, w.last.Seq+1, 10)
	w.expected = append(w.expected, `,"prev":"`...)
	w.expected = append(w.expected, w.last.Hash...)
	w.expected = append(w.expected, `",`...)
	if bytes.HasPrefix(stored, w.expected) && json.Valid(stored) {
		return link{seq: w.last.Seq + 1, prev: w.last.Hash, hash: Hash(stored)}
	}
	return linkOf(stored)
}

// step takes the next record, or keeps it as the bad one.
func (w *walk) step(l link) *Fault {
	if !l.follows(w.last) {
		w.bad = &l
		return nil
	}
	next := Anchor{Seq: l.seq, Hash: l.hash}
	for _, a := range w.chain.Anchors {
		if a.Seq == next.Seq && a != next {
			return &Fault{next.Seq, WrongAnchor}
		}
	}
	w.before, w.last = w.last.Hash, next
	w.count++
	return nil
}

// end compares the last record with what is known of the end.
func (w *walk) end() *Fault {
	if head := w.chain.Head; head != nil {
		switch {
		case head.Seq > w.last.Seq:
			return &Fault{w.last.Seq + 1, CutOff}
		case head.Seq < w.last.Seq:
			return &Fault{head.Seq + 1, Inserted}
		case *head != w.last:
			return &Fault{head.Seq, WrongHead}
		}
	}
	if slices.ContainsFunc(w.chain.Anchors, func(a Anchor) bool { return a.Seq > w.last.Seq }) {
		return &Fault{w.last.Seq + 1, CutOff}
	}
	return nil
}
