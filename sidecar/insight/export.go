package insight

import (
	"encoding/csv"
	"io"
	"strings"

	"sightline.example/sidecar/api"
)

// WriteReview writes a part of a review as CSV (RFC 4180), with a header line if
// it is the first one.
func WriteReview(w io.Writer, r api.Review, first bool) error {
	out := csv.NewWriter(w)
	if first {
		if err := out.Write([]string{"client", "name", "email", "mode", "reason", "groups", "projects"}); err != nil {
			return err
		}
	}
	for _, c := range r.Clients {
		row := []string{string(c.ID), c.Name, c.Email, string(c.Mode), c.Sentence, joined(c.Groups), joined(c.Projects)}
		for i := range row {
			row[i] = inert(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func joined(all []api.Named) string {
	names := make([]string, len(all))
	for i, n := range all {
		names[i] = n.Name
	}
	return strings.Join(names, "; ")
}

// inert keeps a spreadsheet from taking text for a formula (OWASP, "CSV
// Injection").
func inert(text string) string {
	if strings.HasPrefix(text, "=") || strings.HasPrefix(text, "+") || strings.HasPrefix(text, "-") ||
		strings.HasPrefix(text, "@") || strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "\r") {
		return "'" + text
	}
	return text
}
