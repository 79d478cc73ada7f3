package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"time"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/internal/smtp"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/internal/strictyaml"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// load reads the configuration that the command line names.
func (w *world) load() (*config.Config, error) {
	path, err := config.Find(w.config)
	if err != nil {
		return nil, usageError{err}
	}
	cfg, err := config.Load(path)
	if err != nil {
		return nil, usageError{err}
	}
	return cfg, nil
}

// open reads the configuration and opens its database, with the schema up. An
// older database is sealed at once, if the keys can be read: who only looks
// needs none.
func (w *world) open() (*config.Config, *store.Store, error) {
	cfg, err := w.load()
	if err != nil {
		return nil, nil, err
	}
	st, err := openStore(w, cfg)
	if err != nil {
		return nil, nil, err
	}
	from, to, err := st.Migrate(w.ctx)
	if keys, errKeys := recordKeys(cfg); err == nil && errKeys == nil && from < to {
		st.UseKeys(keys...)
		err = w.seal(st)
	}
	if err != nil {
		_ = st.Close()
		return nil, nil, err
	}
	return cfg, st, nil
}

// openRecord is open for commands that can't do without the keys.
func (w *world) openRecord() (*config.Config, *store.Store, error) {
	cfg, st, err := w.open()
	if err != nil {
		return nil, nil, err
	}
	keys, err := recordKeys(cfg)
	if err != nil {
		_ = st.Close()
		return nil, nil, usageError{err}
	}
	st.UseKeys(keys...)
	return cfg, st, nil
}

// recordKeys reads the keys; it makes none, since that would fit no record.
func recordKeys(cfg *config.Config) ([][]byte, error) {
	if _, err := os.Stat(cfg.Service.SecretFile); err != nil {
		return nil, cfg.Errorf("service.secret_file", "without it the record can't be verified: %s", err)
	}
	return cfg.Service.Secret()
}

// seal puts the record under the key in force; whatever writes begins with it.
func (w *world) seal(st *store.Store) error {
	done, err := st.Seal(w.ctx, time.Now())
	if done.Adopted > 0 {
		fmt.Fprintf(w.err, "layanan: sealed %d requests that were written without the key, as an older version does\n",
			done.Adopted)
	}
	return err
}

// openOffice is open for commands that act in the office's name, too.
func (w *world) openOffice() (*config.Config, *store.Store, *bot.Office, error) {
	cfg, st, err := w.open()
	if err != nil {
		return nil, nil, nil, err
	}
	office, err := loadOffice(cfg)
	if err == nil {
		st.UseKeys(office.Identity.Keys...)
		err = w.seal(st)
	}
	if err != nil {
		_ = st.Close()
		return nil, nil, nil, err
	}
	return cfg, st, office, nil
}

func openStore(w *world, cfg *config.Config) (*store.Store, error) {
	dsn := cfg.Database.Path
	if cfg.Database.Driver == config.Postgres {
		dsn = string(cfg.Database.DSN)
	}
	return store.Open(w.ctx, cfg.Database.Driver, dsn)
}

// loadSOP reads the SOP in force.
func loadSOP(cfg *config.Config) (*workflow.SOP, error) {
	if !cfg.SOPIsFile {
		if cfg.SOP != workflow.BuiltIn {
			return nil, cfg.Errorf("sop", "no built-in SOP has that name; there is %s", workflow.BuiltIn)
		}
		return workflow.BuiltInSOP(), nil
	}
	return readSOP(cfg.SOP)
}

func readSOP(path string) (*workflow.SOP, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, usageError{fmt.Errorf("SOP: %w", err)}
	}
	return workflow.ParseSOP(path, data)
}

// loadCalendar turns the configuration's hours and holidays into office time.
func loadCalendar(cfg *config.Config) (*workflow.Calendar, error) {
	holidays := workflow.Holidays{}
	for i, h := range cfg.Calendar.Holidays {
		key := fmt.Sprintf("calendar.holidays[%d]", i)
		if h.File == "" {
			dates, err := workflow.ParseHolidayDates(h.Dates)
			if err != nil {
				return nil, cfg.Errorf(key, "%s", err)
			}
			for _, d := range dates {
				holidays[d] = ""
			}
			continue
		}
		read, err := readICS(h.File, cfg)
		if err != nil {
			return nil, cfg.Errorf(key, "%s: %s", h.File, err)
		}
		for d, name := range read {
			holidays[d] = name
		}
	}
	if cfg.Calendar.Always {
		return workflow.Always(cfg.Service.Location), nil
	}
	hours, err := workflow.ParseHours(cfg.Calendar.Hours)
	if err != nil {
		return nil, cfg.Errorf("calendar.hours", "%s", err)
	}
	c, err := workflow.NewCalendar(cfg.Service.Location, hours, holidays)
	if err != nil {
		return nil, cfg.Errorf("calendar.hours", "%s", err)
	}
	return c, nil
}

func readICS(path string, cfg *config.Config) (workflow.Holidays, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return workflow.ParseICS(f, cfg.Service.Location)
}

// loadProcedure is the SOP with the people and hours of the configuration.
func loadProcedure(cfg *config.Config) (*workflow.Procedure, error) {
	sop, err := loadSOP(cfg)
	if err != nil {
		return nil, err
	}
	cal, err := loadCalendar(cfg)
	if err != nil {
		return nil, err
	}
	p := &workflow.Procedure{SOP: sop, Calendar: cal, People: map[string][]workflow.Person{}, Also: map[string]string{},
		Longest: cfg.Trust.Delegation, Require: cfg.Trust.Require}
	var faults strictyaml.Errors
	fault := func(err error) {
		var e *strictyaml.Error
		if errors.As(err, &e) {
			faults = append(faults, e)
		}
	}
	for _, role := range sop.Offices() {
		if len(cfg.Roles[role.ID]) == 0 {
			fault(cfg.Errorf("roles", "role %q (%s) is missing: the SOP needs somebody who holds it", role.ID, role.Title))
		}
	}
	for _, id := range cfg.RoleOrder {
		if r := sop.Role(id); r == nil || id == workflow.Requester {
			fault(cfg.Errorf("roles."+id, "unknown role %q: the SOP has %s", id, roleNames(sop)))
		}
		for _, q := range cfg.Roles[id] {
			person := workflow.Person{Name: q.Name, Email: strings.ToLower(q.Email)}
			p.People[id] = append(p.People[id], person)
			for _, also := range q.Also {
				p.Also[strings.ToLower(also)] = person.Email
			}
		}
	}
	authenticates := cfg.Trust.AuthservID != "" || cfg.Trust.DKIM == config.DKIMVerify
	for _, st := range sop.Steps {
		if st.Trust.Require == workflow.RequireSignature && cfg.Trust.Signers == nil {
			fault(cfg.Errorf("trust.ca_files",
				"step %q of the SOP takes only signed answers: name the authorities whose certificates count", st.ID))
		}
		if st.Trust.Require == workflow.RequireAuthenticated && !authenticates {
			fault(cfg.Errorf("trust.authserv_id",
				"step %q of the SOP takes only authenticated answers: name the server that authenticates them, or set trust.dkim",
				st.ID))
		}
	}
	for _, o := range cfg.Service.Operators {
		p.Operators = append(p.Operators, workflow.Person{Email: strings.ToLower(o)})
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return p, nil
}

func roleNames(sop *workflow.SOP) string {
	var names []string
	for _, r := range sop.Offices() {
		names = append(names, r.ID)
	}
	return strings.Join(names, ", ")
}

// loadOffice is everything that SIGHUP loads anew.
func loadOffice(cfg *config.Config) (*bot.Office, error) {
	p, err := loadProcedure(cfg)
	if err != nil {
		return nil, err
	}
	keys, err := cfg.Service.Secret()
	if err != nil {
		return nil, usageError{err}
	}
	return newOffice(cfg, p, keys)
}

// newOffice is an office with the configuration's identity and trust.
func newOffice(cfg *config.Config, p *workflow.Procedure, keys notify.Keys) (*bot.Office, error) {
	id := notify.Identity{Name: cfg.Service.Name, Address: strings.ToLower(cfg.Service.Address),
		PlusAddressing: cfg.Service.PlusAddressing, Domains: cfg.Trust.Domains, Keys: keys}
	if cfg.Shadow {
		id.Shadow = p.Operators
	}
	o, err := bot.NewOffice(p, id, cfg.Trust.AuthservID)
	if err != nil {
		return nil, err
	}
	o.Signatures.Authorities, o.Signatures.Sealers = cfg.Trust.Signers, cfg.Trust.ARCSealers
	if cfg.Trust.DKIM == config.DKIMVerify {
		o.Signatures.LookupTXT = net.DefaultResolver.LookupTXT
	}
	o.Never = cfg.Trust.Never
	o.Limits = cfg.Limits
	return o, nil
}

func imapConfig(cfg *config.Config, log *slog.Logger) mailbox.Config {
	i := cfg.IMAP
	return mailbox.Config{Address: i.Address, TLS: i.TLS, TLSConfig: roots(i.Roots), Username: i.Username,
		Password: string(i.Password),
		Inbox:    i.Inbox, Processed: i.Processed, Failed: i.Failed, Poll: i.Poll, MaxSize: i.MaxMessageSize, Log: log}
}

func smtpConfig(cfg *config.Config) smtp.Config {
	s := cfg.SMTP
	return smtp.Config{Address: s.Address, TLS: s.TLS, TLSConfig: roots(s.Roots), Username: s.Username,
		Password: string(s.Password)}
}

func roots(pool *x509.CertPool) *tls.Config {
	if pool == nil {
		return nil
	}
	return &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
}
