package mailhost_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	netsmtp "net/smtp"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/mailhost"
	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/google/go-cmp/cmp"
)

func TestMove(t *testing.T) {
	h := start(t, mailhost.Options{})
	for i := range 3 {
		must(t, h.Deliver("", ani, fmt.Appendf(nil, "Subject: %d\r\n\r\n", i)))
	}
	first, second := login(t, h, nil), login(t, h, nil)
	must(t, first.Create("Diproses", nil).Wait())
	inbox(t, first)
	inbox(t, second)
	data, err := first.Move(imap.UIDSetNum(1, 3), "Diproses").Wait()
	must(t, err)
	if got := fmt.Sprint(data.SourceUIDs, data.DestUIDs); got != "1,3 1:2" {
		t.Errorf("COPYUID %s", got)
	}
	// The other replica loses the race: that is an OK without COPYUID, and the connection lives.
	if data, err = second.Move(imap.UIDSetNum(1), "Diproses").Wait(); err != nil || data.SourceUIDs != nil {
		t.Errorf("moving a vanished UID: %+v, %v", data, err)
	}
	must(t, second.Noop().Wait())
	if n := second.Mailbox().NumMessages; n != 1 {
		t.Errorf("the other session counts %d messages, want 1", n)
	}
	if _, err := second.Move(imap.UIDSetNum(2), "Tiada").Wait(); err == nil {
		t.Error("moved to a mailbox that is not there")
	}
	var subjects []string
	for _, raw := range h.Messages(ani, "Diproses") {
		subjects = append(subjects, string(raw[len(raw)-5:len(raw)-4]))
	}
	if diff := cmp.Diff([]string{"0", "2"}, subjects); diff != "" {
		t.Error(diff)
	}
}

func TestFlagsAndSearch(t *testing.T) {
	h := start(t, mailhost.Options{})
	for _, raw := range []string{
		"Subject: Permohonan VC\r\nDate: Thu, 12 Jul 2018 09:00:00 +0700\r\n\r\nmohon\r\n",
		"Subject: lain\r\n\r\nPERMOHONAN\r\n",
		"Subject: rapat\r\n\r\n" + strings.Repeat("x", 500) + "\r\n",
	} {
		must(t, h.Deliver("", ani, []byte(raw)))
	}
	c := login(t, h, nil)
	inbox(t, c)
	_, err := c.Store(imap.UIDSetNum(2), &imap.StoreFlags{Op: imap.StoreFlagsAdd,
		Flags: []imap.Flag{imap.FlagSeen, "$Tanda"}}, nil).Collect()
	must(t, err)
	july := time.Date(2018, 7, 12, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name     string
		criteria imap.SearchCriteria
		want     string
	}{
		{"all", imap.SearchCriteria{}, "1:3"},
		{"subject", imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Subject", Value: "permohonan"}}},
			"1"},
		{"body", imap.SearchCriteria{Body: []string{"permohonan"}}, "2"},
		{"text", imap.SearchCriteria{Text: []string{"permohonan"}}, "1:2"},
		{"unseen", imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen}}, "1,3"},
		{"keyword", imap.SearchCriteria{Flag: []imap.Flag{"$tanda"}}, "2"},
		{"uid", imap.SearchCriteria{UID: []imap.UIDSet{{{Start: 2}}}}, "2:3"},
		{"larger", imap.SearchCriteria{Larger: 400}, "3"},
		{"sent", imap.SearchCriteria{SentSince: july, SentBefore: july.AddDate(0, 0, 1)}, "1"},
		{"since", imap.SearchCriteria{Since: july}, "1:3"},
		{"not", imap.SearchCriteria{Not: []imap.SearchCriteria{{Body: []string{"mohon"}}}}, "3"},
		{"or", imap.SearchCriteria{Or: [][2]imap.SearchCriteria{{{Larger: 400}, {Flag: []imap.Flag{imap.FlagSeen}}}}},
			"2:3"},
		{"none", imap.SearchCriteria{Flag: []imap.Flag{imap.FlagDeleted}}, ""},
	} {
		data, err := c.UIDSearch(&tt.criteria, nil).Wait()
		must(t, err)
		if got := data.All.String(); got != tt.want {
			t.Errorf("%s: found %s, want %s", tt.name, got, tt.want)
		}
	}
	must(t, c.Store(imap.UIDSetNum(1), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true,
		Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close())
	must(t, c.Expunge().Close())
	if n := len(h.Messages(ani, "INBOX")); n != 2 {
		t.Errorf("%d left after EXPUNGE, want 2", n)
	}
}

func TestMailboxes(t *testing.T) {
	h := start(t, mailhost.Options{})
	c := login(t, h, nil)
	must(t, c.Create("Arsip/2026", nil).Wait())
	if err := c.Create("Arsip/2026", nil).Wait(); err == nil {
		t.Error("created the same mailbox twice")
	}
	must(t, c.Rename("Arsip/2026", "Gagal", nil).Wait())
	w := c.Append("Gagal", 5, &imap.AppendOptions{Flags: []imap.Flag{imap.FlagSeen}})
	_, err := io.WriteString(w, "a\r\nb\n")
	must(t, err)
	must(t, w.Close())
	added, err := w.Wait()
	must(t, err)
	status, err := c.Status("Gagal", &imap.StatusOptions{NumMessages: true, UIDValidity: true, NumUnseen: true}).Wait()
	must(t, err)
	if *status.NumMessages != 1 || *status.NumUnseen != 0 || status.UIDValidity != added.UIDValidity || added.UID != 1 {
		t.Errorf("STATUS %+v after APPEND %+v", status, added)
	}
	if data := inbox(t, c); data.UIDValidity == status.UIDValidity {
		t.Error("two mailboxes share a UIDVALIDITY")
	}
	list, err := c.List("", "*", nil).Collect()
	must(t, err)
	var names []string
	for _, l := range list {
		names = append(names, l.Mailbox)
	}
	if diff := cmp.Diff([]string{"Gagal", "INBOX"}, names); diff != "" {
		t.Error(diff)
	}
	must(t, c.Delete("Gagal").Wait())
	if err := c.Delete("INBOX").Wait(); err == nil {
		t.Error("INBOX was deleted")
	}
	if h.Messages(ani, "Gagal") != nil {
		t.Error("a deleted mailbox has messages")
	}
}

func TestReadOnly(t *testing.T) {
	h := start(t, mailhost.Options{})
	must(t, h.Deliver("", ani, []byte("\r\n")))
	c := login(t, h, nil)
	must(t, c.Create("Lain", nil).Wait())
	_, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait()
	must(t, err)
	fetch(t, c, 1, &imap.FetchItemBodySection{})
	if _, err := c.Move(imap.UIDSetNum(1), "Lain").Wait(); err == nil {
		t.Error("moved out of a mailbox that is open read-only")
	}
	data, err := c.UIDSearch(&imap.SearchCriteria{Flag: []imap.Flag{imap.FlagSeen}}, nil).Wait()
	must(t, err)
	if got := data.All.String(); got != "" {
		t.Errorf("reading set \\Seen on %s", got)
	}
}

func TestWrongPassword(t *testing.T) {
	h := start(t, mailhost.Options{})
	c, err := imapclient.DialInsecure(h.IMAPAddr, nil)
	must(t, err)
	defer c.Close()
	var answer *imap.Error
	if err := c.Login(ani, "b").Wait(); !errors.As(err, &answer) || answer.Code != imap.ResponseCodeAuthenticationFailed {
		t.Errorf("another user's password: %v", err)
	}
}

func TestStartTLS(t *testing.T) {
	web := httptest.NewTLSServer(nil)
	defer web.Close()
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	client := &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"}
	h := start(t, mailhost.Options{TLS: &tls.Config{Certificates: web.TLS.Certificates}})
	out, err := netsmtp.Dial(h.SMTPAddr)
	must(t, err)
	defer out.Close()
	must(t, out.StartTLS(client))
	must(t, out.Auth(netsmtp.PlainAuth("", budi, "b", "127.0.0.1")))
	in, err := imapclient.DialStartTLS(h.IMAPAddr, &imapclient.Options{TLSConfig: client})
	must(t, err)
	defer in.Close()
	must(t, in.Login(ani, "a").Wait())
}

func TestClose(t *testing.T) {
	for range 20 { // also when the servers have hardly begun
		h, err := mailhost.Start(nil, mailhost.Options{})
		must(t, err)
		h.Subscribe(func(mailhost.Delivery) {})
		must(t, h.Close())
		must(t, h.Close())
		if err := post(h, ani, []string{ani}, ""); err == nil {
			t.Error("a closed host takes mail")
		}
	}
}
