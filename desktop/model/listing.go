package model

import (
	"time"

	"sightline.example/desktop/model/names"
)

// Query says which clients are listed, and in what order.
type Query struct {
	Search string
	Filter Filter
	Order  Order
}

// Listing is the clients that a query lists. It is never changed.
type Listing struct {
	Query Query
	Rows  []*Client
	At    time.Time // at which the query held

	of     *Data
	counts *Counted
	all    []*Client // every client, in the order
}

// List returns the clients of d that q lists at a time. Where last is a listing
// in the same order, it is made use of. Counts are only looked at for an order by
// them.
func List(d *Data, counts *Counted, q Query, now time.Time, last *Listing) *Listing {
	next := &Listing{Query: q, At: now, of: d, counts: counts}
	compare := q.Order.comparison(now, counts)
	switch {
	case last == nil || last.of == nil || last.Query.Order != q.Order, last.counts != counts,
		q.Order.By == SortStanding: // which time alone changes
		next.all = ordered(d.Clients, Table[Client]{}, nil, compare)
	case last.of == d:
		next.all = last.all
	default:
		next.all = ordered(d.Clients, last.of.Clients, last.all, compare)
	}
	words := names.TermsOf(q.Search)
	if len(words) == 0 && q.Filter.empty() {
		next.Rows = next.all
		return next
	}
	for _, c := range next.all {
		if next.holds(c, words) {
			next.Rows = append(next.Rows, c)
		}
	}
	return next
}

// holds reports whether a client is listed, by the words of the query.
func (l *Listing) holds(c *Client, words names.Terms) bool {
	return c.Has(words) && l.Query.Filter.holds(c, l.of, l.At)
}
