package config

import (
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"batan.go.id/layanan/internal/limits"
	"batan.go.id/layanan/internal/strictyaml"
)

// file is layanan.yaml as it is written, before the checks.
type file struct {
	Pos              strictyaml.Pos
	Service          serviceKeys `yaml:"service,required"`
	Database         string
	DatabasePassword string                           `yaml:"database_password_file"`
	IMAP             imapKeys                         `yaml:"imap,required"`
	SMTP             smtpKeys                         `yaml:"smtp,required"`
	Roles            strictyaml.Ordered[[]personKeys] `yaml:"roles,required"`
	Calendar         calendarKeys
	SOP              string
	Trust            trustKeys
	Limits           limitKeys
	Shadow           bool

	Inline inline `yaml:"database_password,hidden"`
}

type serviceKeys struct {
	Name           string
	Address        string `yaml:"address,required"`
	Timezone       string
	SecretFile     string `yaml:"secret_file"`
	PlusAddressing bool   `yaml:"plus_addressing"`
	Operators      []string

	Inline inline `yaml:"secret,hidden"`
}

type imapKeys struct {
	Address        string `yaml:"address,required"`
	TLS            string
	Username       string `yaml:"username,required"`
	PasswordFile   string `yaml:"password_file,required"`
	Inbox          string
	Processed      string
	Failed         string
	Poll           time.Duration
	Backlog        string
	MaxMessageSize size   `yaml:"max_message_size"`
	CAFile         string `yaml:"ca_file"`

	Inline inline `yaml:"password,hidden"`
}

type smtpKeys struct {
	Address      string `yaml:"address,required"`
	TLS          string
	Username     string
	PasswordFile string `yaml:"password_file"`
	CAFile       string `yaml:"ca_file"`

	Inline inline `yaml:"password,hidden"`
}

type personKeys struct {
	Name  string `yaml:"name,required"`
	Email string `yaml:"email,required"`
	Also  []string
}

type calendarKeys struct {
	Hours    hours
	Holidays []holiday
}

type trustKeys struct {
	AuthservID string `yaml:"authserv_id"`
	Domains    []string
	Delegation days
	ARCSealers []string `yaml:"arc_sealers"`
	DKIM       string
	CAFiles    []string `yaml:"ca_files"`
	Require    string
	Never      []string
}

type limitKeys struct {
	AnswersPerHour  int  `yaml:"answers_per_hour"`
	MailsPerSender  int  `yaml:"mails_per_sender"`
	UnprovenPerHour *int `yaml:"unproven_per_hour"` // nil: as trust has it
}

// defaults is what holds for keys that are absent.
func defaults() file {
	return file{
		Service: serviceKeys{
			Name:           "Layanan BATANnet",
			Timezone:       "Asia/Jakarta",
			SecretFile:     "secret.key",
			PlusAddressing: true,
		},
		Database: "sqlite:layanan.db",
		IMAP: imapKeys{
			TLS:            TLSImplicit,
			Inbox:          "INBOX",
			Processed:      "Diproses",
			Failed:         "Gagal",
			Poll:           time.Minute,
			Backlog:        BacklogSkip,
			MaxMessageSize: 25 << 20,
		},
		SMTP: smtpKeys{TLS: TLSStartTLS},
		Calendar: calendarKeys{
			Hours: hours{spans: map[string]string{"mon-thu": "07:30-16:00", "fri": "07:30-16:30"}},
		},
		SOP:    "video-konferensi",
		Trust:  trustKeys{DKIM: DKIMOff, Require: RequireToken, Delegation: 90},
		Limits: limitKeys{AnswersPerHour: limits.Usual.AnswersPerHour, MailsPerSender: limits.Usual.MailsPerSender},
	}
}

// inline is a key that people expect, for a secret that must not be there. The
// key that is wanted has the same name and _file after it.
type inline struct{}

func (*inline) UnmarshalNode(n *yaml.Node, d *strictyaml.Decoder) error {
	fault := d.Errorf(n, "")
	key := fault.Key[strings.LastIndexByte(fault.Key, '.')+1:]
	fault.Msg = "no secret is written in this file: put it into a file of its own and name that with " + key + "_file"
	return fault
}

// hours is the word always, or a mapping of days to spans.
type hours struct {
	always bool
	spans  map[string]string
}

func (h *hours) UnmarshalNode(n *yaml.Node, d *strictyaml.Decoder) error {
	*h = hours{}
	if n.Kind == yaml.ScalarNode {
		if n.Value != "always" {
			return d.Errorf(n, "want the word always, or days with their hours such as {mon-fri: \"07:30-16:00\"}, have %q",
				n.Value)
		}
		h.always = true
		return nil
	}
	if err := d.Decode(n, &h.spans); err != nil {
		return err
	}
	if len(h.spans) == 0 {
		return d.Errorf(n, "no office hours are given (the word always means day and night)")
	}
	return nil
}

// holiday is a date, a range of dates, or {file: PATH}.
type holiday struct {
	Dates string `yaml:"-"`
	File  string `yaml:"file,required"`
}

func (h *holiday) UnmarshalNode(n *yaml.Node, d *strictyaml.Decoder) error {
	if n.Kind == yaml.ScalarNode {
		return d.Decode(n, &h.Dates)
	}
	type keys holiday // without this method
	return d.Decode(n, (*keys)(h))
}
