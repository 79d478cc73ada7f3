package store

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// layout sorts as text in the order of time.
const layout = "2006-01-02 15:04:05.000000+00:00"

// stamp is an instant in the database, UTC, in microseconds; the zero stamp is
// NULL.
type stamp time.Time

// Value implements driver.Valuer.
func (s stamp) Value() (driver.Value, error) {
	if time.Time(s).IsZero() {
		return nil, nil
	}
	return s.text(), nil
}

// Scan implements sql.Scanner: SQLite gives text, PostgreSQL a time.
func (s *stamp) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*s = stamp{}
		return nil
	case time.Time:
		*s = stamp(v.UTC())
		return nil
	case []byte:
		return s.Scan(string(v))
	case string:
		t, err := time.Parse("2006-01-02 15:04:05.999999999Z07:00", v)
		*s = stamp(t.UTC())
		return err
	}
	return fmt.Errorf("store: %T is no time", src)
}

// utc is the instant as the rest of the program wants it.
func (s stamp) utc() time.Time { return time.Time(s) }

// text is the instant as the database keeps it; "" for the zero stamp.
func (s stamp) text() string {
	if s.utc().IsZero() {
		return ""
	}
	return s.utc().UTC().Format(layout)
}

// micro cuts an instant to what the database keeps.
func micro(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
