package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"batan.go.id/layanan/internal/config"
	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/authres"
)

// recentMails is how many mails are looked at to learn who vouches for senders.
const recentMails = 200

// vouched is what the last mails say of our server's word for their senders.
type vouched struct {
	mails  int            // looked at
	office int            // of them from the office's own domains
	named  int            // of those with a header of trust.authserv_id
	proven int            // of those with one that proves the sender
	any    int            // of all mails, those with such a header
	others map[string]int // other servers' names on the office's own mails, and on how many
}

// look reads the headers of the last mails and touches nothing.
func look(ctx context.Context, cfg *config.Config) (vouched, error) {
	headers, err := mailbox.Recent(ctx, imapConfig(cfg, nil), recentMails, "From", "Authentication-Results")
	v := vouched{mails: len(headers), others: map[string]int{}}
	g := mailparse.NewGrammar(mailparse.Grammar{AuthservID: cfg.Trust.AuthservID})
	for _, raw := range headers {
		m := mailparse.Parse(raw, g)
		ids := authres.AuthservIDs(raw)
		named := slices.Contains(ids, strings.ToLower(cfg.Trust.AuthservID))
		if named {
			v.any++
		}
		local, domain, _ := strings.Cut(m.From, "@")
		if !slices.Contains(cfg.Trust.Domains, domain) || strings.EqualFold(m.From, cfg.Service.Address) ||
			strings.EqualFold(local, "mailer-daemon") {
			continue // what a server writes itself, it seldom vouches for
		}
		v.office++
		if named {
			v.named++
		}
		if m.Auth != nil && m.Auth.Proof != "" {
			v.proven++
		}
		for _, id := range ids {
			if id != strings.ToLower(cfg.Trust.AuthservID) {
				v.others[id]++
			}
		}
	}
	return v, err
}

// judge says in one sentence what was learnt, and whether it is probably a slip.
func (v vouched) judge(cfg *config.Config) (text string, slip bool) {
	id, domains := cfg.Trust.AuthservID, strings.Join(cfg.Trust.Domains, ", ")
	of := fmt.Sprintf("of the last %d mails, %d are from %s", v.mails, v.office, domains)
	if v.mails == 0 {
		of = "there are no mails yet"
	}
	warn := func(format string, args ...any) (string, bool) {
		return cfg.Errorf("trust.authserv_id", format, args...).Error(), true
	}
	switch {
	case id == "" && cfg.Trust.DKIM == config.DKIMOff:
		return warn("not set: no mail proves who sent it, so all that comes without a task's code has to be confirmed "+
			"(%s%s)", of, v.seen("; on them stand results of "))
	case id == "":
		return of + "; they prove themselves by DKIM alone", false
	case v.mails > 0 && v.any == 0:
		return warn("%s stands on none of the last %d mails, so it proves nothing%s", id, v.mails,
			v.seen("; on those from "+domains+" stand results of "))
	case v.office == 0:
		return of + ": nothing can be said of " + id, false
	case v.named == 0:
		return warn("%s, and %s stands on none of them: each has to bring a task's code, or be confirmed%s", of, id,
			v.seen("; on them stand results of "))
	case v.proven == 0:
		return warn("%s; %s stands on %d of them, but never with dmarc=pass or a dkim=pass of their own domain, so it "+
			"proves nobody", of, id, v.named)
	}
	text = fmt.Sprintf("%s; %s stands on %d of them and proves the sender of %d", of, id, v.named, v.proven)
	if rest := v.office - v.proven; rest > 0 {
		text += fmt.Sprintf("; such as the other %d have to bring a task's code, or be confirmed", rest)
	}
	return text, false
}

// seen lists the servers that were seen instead, the most frequent first.
func (v vouched) seen(lead string) string {
	names := slices.SortedFunc(maps.Keys(v.others), func(a, b string) int {
		return cmp.Or(cmp.Compare(v.others[b], v.others[a]), strings.Compare(a, b))
	})
	var list []string
	for _, name := range names[:min(len(names), 5)] {
		list = append(list, fmt.Sprintf("%s (%d)", printable(name), v.others[name]))
	}
	if len(list) == 0 {
		return ""
	}
	return lead + strings.Join(list, ", ")
}
