package insight

import (
	"encoding/csv"
	"io"
	"iter"
	"strings"

	"sightline.example/sidecar/api"
)

// WriteReview writes a review as CSV (RFC 4180) while it is being made: a header
// line, and a line for each client. It fails with the first error of either.
func WriteReview(w io.Writer, found iter.Seq2[api.Reviewed, error]) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"client", "name", "email", "mode", "reason", "groups", "projects"}); err != nil {
		return err
	}
	for c, err := range found {
		if err != nil {
			return err
		}
		if err := out.Write(lineOf(c)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func lineOf(c api.Reviewed) []string {
	line := []string{string(c.ID), c.Name, c.Email, string(c.Mode), c.Sentence, joined(c.Groups), joined(c.Projects)}
	for i := range line {
		line[i] = inert(line[i])
	}
	return line
}

func joined(all []api.Named) string {
	names := make([]string, len(all))
	for i, n := range all {
		names[i] = n.Name
	}
	return strings.Join(names, "; ")
}

// inert keeps a spreadsheet from taking text for a formula (OWASP, "CSV
// Injection"). Some take the wide forms of the signs for them too.
func inert(text string) string {
	for _, sign := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(text, sign) {
			return "'" + text
		}
	}
	return text
}
