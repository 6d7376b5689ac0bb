package store

import (
	"context"
	"log/slog"

	"go.uber.org/zap/zapcore"
)

// bridge hands the errors of etcd's logger to ours, and its warnings, most of
// which are about settings we mean, as news for debugging.
type bridge struct{ log *slog.Logger }

// Enabled implements zapcore.LevelEnabler.
func (b bridge) Enabled(l zapcore.Level) bool { return l >= zapcore.WarnLevel }

// With implements zapcore.Core.
func (b bridge) With(fields []zapcore.Field) zapcore.Core {
	return bridge{b.log.With(attributes(fields)...)}
}

// Check implements zapcore.Core.
func (b bridge) Check(e zapcore.Entry, c *zapcore.CheckedEntry) *zapcore.CheckedEntry {
	if b.Enabled(e.Level) {
		return c.AddCore(e, b)
	}
	return c
}

// Write implements zapcore.Core.
func (b bridge) Write(e zapcore.Entry, fields []zapcore.Field) error {
	level := slog.LevelDebug
	if e.Level >= zapcore.ErrorLevel {
		level = slog.LevelError
	}
	b.log.Log(context.Background(), level, "etcd: "+e.Message, attributes(fields)...)
	return nil
}

// Sync implements zapcore.Core.
func (b bridge) Sync() error { return nil }

func attributes(fields []zapcore.Field) []any {
	values := zapcore.NewMapObjectEncoder()
	for _, f := range fields {
		f.AddTo(values)
	}
	var all []any
	for name, value := range values.Fields {
		all = append(all, slog.Any(name, value))
	}
	return all
}
