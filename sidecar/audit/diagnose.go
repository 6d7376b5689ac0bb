package audit

import (
	"encoding/json"
	"slices"
)

// link is what ties a record to its neighbours.
type link struct {
	seq    uint64
	prev   string
	hash   string
	broken bool // it is not the JSON of a record
}

func linkOf(stored []byte) link {
	var l struct {
		Seq  uint64 `json:"seq"`
		Prev string `json:"prev"`
	}
	err := json.Unmarshal(stored, &l)
	return link{seq: l.Seq, prev: l.Prev, hash: Hash(stored), broken: err != nil}
}

func (l link) follows(last Anchor) bool {
	return !l.broken && l.seq == last.Seq+1 && l.prev == last.Hash
}

// lookahead is how many records are read past a bad one.
const lookahead = 1000

// look keeps a record after the bad one. It returns false when that is enough.
func (w *walk) look(l link) bool {
	w.ahead = append(w.ahead, l)
	return len(w.ahead) < lookahead
}

// diagnose tells what happened, from the bad record and those around it.
func (w *walk) diagnose() *Fault {
	want := w.last.Seq + 1
	switch {
	case w.bad.broken:
		return &Fault{want, NotJSON}
	case w.bad.seq == want:
		return w.mismatch()
	case w.bad.prev == w.last.Hash:
		return &Fault{want, Changed} // in its number
	case w.bad.seq < want:
		return &Fault{w.bad.seq, Inserted} // it was there before
	case slices.ContainsFunc(w.ahead, func(l link) bool { return !l.broken && l.seq == want }):
		return &Fault{want, OutOfOrder}
	}
	return &Fault{want, Missing}
}

// mismatch tells which of two records is the wrong one, where the second has the
// right number and the hash of another record than the first.
func (w *walk) mismatch() *Fault {
	switch {
	case w.count == 0:
		return &Fault{w.bad.seq, Changed}
	case w.bad.prev == w.before:
		return &Fault{w.last.Seq, Inserted} // between two that were neighbours
	case w.vouched():
		return &Fault{w.last.Seq, Changed}
	}
	return &Fault{w.bad.seq, Changed}
}

// vouched reports whether the bad record is the one that its successor, or the
// head, names. Where there is neither, the earlier of two is to blame.
func (w *walk) vouched() bool {
	switch {
	case len(w.ahead) > 0:
		return w.ahead[0].prev == w.bad.hash
	case w.chain.Head != nil:
		return w.chain.Head.Hash == w.bad.hash
	}
	return true
}
