// Package config reads layanan.yaml into typed, checked values.
//
// [Load] tells every fault at once, with file, line, column and key. What only
// other packages can judge (do the roles suit the procedure, are the office
// hours sound) they report through [Config.Errorf], in the same words. Keys
// that are absent have the values shown in [Sample], except where it says that
// a key is required or empty when absent.
package config

import (
	"crypto/x509"
	"log/slog"
	"time"

	"batan.go.id/layanan/internal/limits"
	"batan.go.id/layanan/internal/strictyaml"
)

// Config is one configuration file. It does not change after [Load].
type Config struct {
	Service   Service
	Database  Database
	IMAP      IMAP
	SMTP      SMTP
	Roles     map[string][]Person // by office; the first is the holder, the rest deputies
	RoleOrder []string            // the offices, in the order of the file
	Calendar  Calendar
	SOP       string // the name of a built-in procedure, or the path of its file
	SOPIsFile bool   // SOP is a path
	Trust     Trust
	Limits    Limits
	Shadow    bool     // every mail goes to the operators instead
	Warnings  []string // what is allowed but unwise, one sentence each

	pos strictyaml.Pos
}

// Errorf makes a fault of the value at key, a dotted path such as
// roles.administrator[1].email or calendar.hours.fri, with its file, line and
// column. When the key is absent the place is that of the nearest thing there is.
func (c *Config) Errorf(key, format string, args ...any) error {
	return c.pos.Errorf(key, format, args...)
}

// Service says who the service is.
type Service struct {
	Name           string         // as people read it
	Address        string         // From of every mail, and the mailbox read
	Location       *time.Location // the office's time zone
	SecretFile     string         // keys of the reply tokens, see [Secret]
	PlusAddressing bool           // replies go to local+TOKEN@domain
	Operators      []string       // receive dead-letter and health notices
}

// Secret gives the keys of the reply tokens; see the function [Secret].
func (s Service) Secret() ([][]byte, error) { return Secret(s.SecretFile) }

// The values of [Database.Driver].
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// Database says where the requests are kept.
type Database struct {
	Driver string   // SQLite or Postgres
	Path   string   // of the SQLite file; empty with Postgres
	URL    string   // as the file names it, without a password: fit for messages
	DSN    Password // for the driver, with the password: never to be shown
}

// The values of [IMAP.TLS] and [SMTP.TLS].
const (
	TLSImplicit = "implicit" // TLS from the first byte
	TLSStartTLS = "starttls" // required, not merely tried
	TLSNone     = "none"     // only on this machine
)

// Password is a secret that does not show itself in messages and logs. Turn it
// into a string to use it.
type Password string

// String hides the password from package fmt.
func (p Password) String() string { return "(hidden)" }

// GoString hides the password from %#v.
func (p Password) GoString() string { return p.String() }

// LogValue hides the password from package log/slog.
func (p Password) LogValue() slog.Value { return slog.StringValue(p.String()) }

// MarshalText hides the password from package encoding/json.
func (p Password) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// IMAP is the mailbox that is read.
type IMAP struct {
	Address        string // host:port
	TLS            string // TLSImplicit, TLSStartTLS or TLSNone
	Username       string
	PasswordFile   string
	Password       Password // the first line of PasswordFile
	Inbox          string
	Processed      string        // handled messages move here
	Failed         string        // dead letters move here
	Poll           time.Duration // at least a second
	Backlog        string        // BacklogSkip or BacklogProcess
	MaxMessageSize int64         // bytes
	CAFile         string
	Roots          *x509.CertPool // the certificates of CAFile; nil: those of the system
}

// The values of [IMAP.Backlog]: what to do with the messages that a mailbox
// holds at the first start.
const (
	BacklogSkip    = "skip"
	BacklogProcess = "process"
)

// SMTP is the server that takes our mails.
type SMTP struct {
	Address      string // host:port
	TLS          string // TLSImplicit, TLSStartTLS or TLSNone
	Username     string // empty: no AUTH
	PasswordFile string
	Password     Password // the first line of PasswordFile
	CAFile       string
	Roots        *x509.CertPool // the certificates of CAFile; nil: those of the system
}

// Person holds an office.
type Person struct {
	Name, Email string
	Also        []string // further addresses of the same person
}

// Calendar says when the office works, in the words of the file; what they
// mean is for package workflow to say.
type Calendar struct {
	Always   bool              // day and night, without holidays
	Hours    map[string]string // days to spans, e.g. mon-thu to 07:30-16:00; nil when Always
	Holidays []Holiday
}

// Holiday is one entry of calendar.holidays. The entry with index i has the key
// calendar.holidays[i] for [Config.Errorf].
type Holiday struct {
	Dates string // a date 2026-01-01 or a range 2026-03-20/2026-03-24
	File  string // or the path of an iCalendar file
}

// The values of [Trust.DKIM].
const (
	DKIMOff    = "off"
	DKIMVerify = "verify" // signatures are verified here where the server does not say that it has
)

// The values of [Trust.Require], the least first.
const (
	RequireToken         = "token"
	RequireAuthenticated = "authenticated"
	RequireSignature     = "signature"
)

// Trust says which mails to believe.
type Trust struct {
	AuthservID string        // whose Authentication-Results count; empty: nobody's
	Domains    []string      // who may file a request, in lower case
	Delegation time.Duration // the longest DELEGASI
	ARCSealers []string      // relays whose word counts when that server found their seals good, in lower case
	DKIM       string        // DKIMOff or DKIMVerify
	Require    string        // the least that every answer needs: RequireToken, …
	Never      []string      // addresses that no form may name as requester, in lower case
	CAFiles    []string
	Signers    *x509.CertPool // the certificates of CAFiles, for signed mail (S/MIME); nil: no signature counts
}

// Limits are those of the site; see package limits.
type Limits = limits.Limits
