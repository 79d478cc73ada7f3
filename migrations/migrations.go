// Package migrations is the database schema, as files. One set serves
// PostgreSQL and SQLite; what the two spell alike is told in store/doc.go, what
// they don't is in AppendOnly.
package migrations

import "embed"

// FS holds the goose migrations, in order of their file names.
//
//go:embed *.sql
var FS embed.FS
