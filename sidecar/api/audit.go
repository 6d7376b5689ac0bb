package api

import "sightline.example/sidecar/audit"

// Parameters of GET on [PathAudit], besides ParamOrder, ParamAfter and ParamLimit.
// Package sidecar/audit's Query tells what each means.
const (
	ParamActor     = "actor"
	ParamActorType = "actor_type"
	ParamAction    = "action"
	ParamKind      = "kind"
	ParamID        = "id"
	ParamFrom      = "from"
	ParamUntil     = "until"
	ParamText      = "text"
)

// AuditPage is a part of the audit log, in the order that was asked for.
type AuditPage struct {
	Items []audit.Record `json:"items"`
	// Next asks for what is after this part; 0 at the end. One request looks at
	// some thousand records and no more: a part may be empty, and not the last.
	Next uint64 `json:"next,omitempty"`
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
