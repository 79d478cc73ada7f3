package mailbox

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"
)

// The values of Config.TLS.
const (
	TLSImplicit = "implicit" // TLS from the first byte (RFC 8314, 3)
	TLSStart    = "starttls" // TLS by STARTTLS, which must be offered
	TLSNone     = "none"     // no TLS at all
)

// Config says which mailbox to watch and how. The zero value of a field that
// has a default means the default.
type Config struct {
	Address   string      // host:port
	TLS       string      // TLSImplicit, TLSStart or TLSNone
	TLSConfig *tls.Config // nil: system roots, server name from Address
	Username  string
	Password  string

	Inbox     string // the mailbox to watch; default INBOX
	Processed string // where handled messages go; created when missing
	Failed    string // where dead letters go; created when missing

	Poll       time.Duration // how often to look without being told; default one minute
	MaxSize    int64         // bytes; of a larger message only the header is fetched; default 25 MiB
	Batch      int           // messages handed over at once; default 50
	BatchBytes int64         // bytes handed over at once, one large message apart; default 16 MiB

	Log *slog.Logger // default slog.Default()

	timing timing
}

// timing holds the durations that no site needs to change.
type timing struct {
	silence    time.Duration // a server that owes an answer and sends nothing for so long is lost
	greeting   time.Duration // the same for its first line
	idle       time.Duration // IDLE is renewed so often, to find out that the connection is dead
	grace      time.Duration // what the batch in hand gets when the context ends
	goodbye    time.Duration // what everything else gets to end by itself
	retry      time.Duration // first interval after Retry or a failed fetch
	pause      time.Duration // first pause before reconnecting
	pauseMax   time.Duration // the longest
	pauseFault time.Duration // the first and the longest when somebody has to mend something,
	faultMax   time.Duration // lest the server lock the user out
}

var usualTiming = timing{
	silence:    time.Minute,
	greeting:   15 * time.Second,
	idle:       5 * time.Minute,
	grace:      10 * time.Second,
	goodbye:    time.Second,
	retry:      2 * time.Second,
	pause:      time.Second,
	pauseMax:   time.Minute,
	pauseFault: time.Minute,
	faultMax:   5 * time.Minute,
}

// complete fills in the defaults and refuses what cannot work.
func (cfg Config) complete() (Config, error) {
	host, _, err := net.SplitHostPort(cfg.Address)
	if err != nil {
		return cfg, fmt.Errorf("imap address %q: want host:port", cfg.Address)
	}
	switch cfg.TLS {
	case TLSImplicit, TLSStart, TLSNone:
	default:
		return cfg, fmt.Errorf("imap tls %q: want implicit, starttls or none", cfg.TLS)
	}
	if cfg.Processed == "" || cfg.Failed == "" {
		return cfg, fmt.Errorf("imap mailboxes: names for processed and failed messages are needed")
	}
	if cfg.Inbox == "" || strings.EqualFold(cfg.Inbox, "INBOX") {
		cfg.Inbox = "INBOX" // the one name without case (RFC 9051, 5.1)
	}
	if cfg.Processed == cfg.Inbox || cfg.Failed == cfg.Inbox {
		return cfg, fmt.Errorf("imap mailboxes: messages of %q cannot be filed in itself", cfg.Inbox)
	}
	if cfg.TLSConfig == nil {
		cfg.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	} else {
		cfg.TLSConfig = cfg.TLSConfig.Clone()
	}
	cfg.TLSConfig.ServerName = cmp.Or(cfg.TLSConfig.ServerName, host)
	cfg.Poll = cmp.Or(cfg.Poll, time.Minute)
	cfg.MaxSize = cmp.Or(cfg.MaxSize, 25<<20)
	cfg.Batch = cmp.Or(cfg.Batch, 50)
	cfg.BatchBytes = cmp.Or(cfg.BatchBytes, 16<<20)
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.timing == (timing{}) {
		cfg.timing = usualTiming
	}
	return cfg, nil
}
