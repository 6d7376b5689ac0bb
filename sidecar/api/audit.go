package api

import "sightline.example/sidecar/audit"

// AuditPage is a part of the audit log, oldest first.
type AuditPage struct {
	Items []audit.Record `json:"items"`
	Next  uint64         `json:"next,omitempty"` // ask for what is after it; 0 at the end
	// ArchivedThrough is the number of the last record that is archived: what is
	// before is not here, but in the archive's files.
	ArchivedThrough uint64 `json:"archived_through,omitempty"`
}

// AuditLines is a part of the audit log as it is stored, which is what its hashes
// are of, and what of the log there is: enough to verify it. What is personal in
// it is sealed.
type AuditLines struct {
	Tail audit.Anchor // the last archived record: the next one is the first here
	Head audit.Anchor // the last record of all
	Text []byte       // the records, one a line, as far as they were asked for
}

// Headers of AuditLines; the text is the body. Both are as of audit.ParseAnchor.
const (
	HeaderAuditTail = "Sightline-Audit-Tail"
	HeaderAuditHead = "Sightline-Audit-Head"
)

// LinesType is the media type of AuditLines.
const LinesType = "application/x-ndjson"
