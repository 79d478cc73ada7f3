package integration

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"

	"batan.go.id/layanan/internal/lab"
	"batan.go.id/layanan/notify"
)

// TestStrays puts into the mailbox what is no answer of a person, and wants
// that nothing moves and nothing stops.
func TestStrays(t *testing.T) {
	t.Parallel()
	g := newStage(t)
	number := g.file("Rapat utama")
	task := g.take(ka, "task", number)
	ignored := func(name, outcome string, n note, raw []byte, id string) {
		g.scene(name, func(g *stage) {
			if raw == nil {
				raw, id = n.raw()
			}
			g.dovecot.Deliver(g.t, layanan, raw)
			expect(g.t, "outcome", g.daemon.handled(g.t, id), outcome)
			r := g.site.show(g.t, number)
			expect(g.t, "history", r.events(), "registered")
			expect(g.t, "mails", len(r.Mails), 2)
		})
	}
	receipt := answer(task, "SETUJU")
	receipt.headers, receipt.subject = "Auto-Submitted: auto-replied\r\n", "Dibaca: "+task.subject
	ignored("a receipt", "ignore auto-reply", receipt, nil, "")
	list := answer(task, "SETUJU")
	list.headers, list.to, list.inReplyTo = "List-Id: <pengumuman.batan.go.id>\r\nPrecedence: list\r\n", layanan, ""
	ignored("a mailing list", "ignore bulk", list, nil, "")
	ignored("our own mail, copied into the inbox", "ignore own-mail", note{}, task.raw,
		notify.Redact(strings.Trim(task.id, "<>")))
	g.scene("a vacation note", func(g *stage) {
		vacation := answer(task, "SETUJU")
		vacation.headers = "Auto-Submitted: auto-replied\r\n"
		raw, id := vacation.raw()
		g.dovecot.Deliver(g.t, layanan, raw)
		expect(g.t, "outcome", g.daemon.handled(g.t, id), "away")
		g.take(ka2, "escalation", number)
		r := g.site.show(g.t, number)
		expect(g.t, "history", r.events(), "registered absent escalation")
		expect(g.t, "step", r.Step, "persetujuan")
	})
	twice, id := note{from: pemohon, to: layanan, subject: "Permohonan", body: form("Rapat kembar")}.raw()
	g.scene("the same mail by two ways", func(g *stage) {
		for _, way := range []string{"mx1", "mx2"} {
			g.dovecot.Deliver(g.t, layanan,
				append([]byte("Received: from "+way+".batan.go.id by mail; Mon, 23 Nov 2026 09:00:00 +0700\r\n"), twice...))
		}
		until(g.t, "both to be handled", func() bool {
			return len(g.daemon.lines(func(l logLine) bool { return l.Msg == "mail" && l.MessageID == id })) == 2
		})
		g.take(pemohon, "registered", "Rapat kembar")
		if out := g.site.must(g.t, "requests", "list"); strings.Count(out, "Rapat kembar") != 1 {
			g.t.Errorf("not one request was made:\n%s", out)
		}
	})
	g.scene("what can't be handled becomes a dead letter", func(g *stage) {
		junk := make([]byte, 5000)
		random := rand.NewChaCha8([32]byte{1})
		_, _ = random.Read(junk) // never fails
		large, _ := note{from: pemohon, to: layanan, subject: "Besar",
			body: strings.Repeat("isi surat yang sangat panjang\r\n", 300_000)}.raw()
		header, _ := note{from: pemohon, to: layanan, subject: "Kepala", body: form("Rapat kepala besar"),
			headers: "X-Panjang: " + strings.Repeat("kepala surat yang tidak ada habisnya\r\n ", 5<<20/40) + "\r\n"}.raw()
		for _, raw := range [][]byte{junk, large, header} {
			g.dovecot.Deliver(g.t, layanan, raw)
		}
		g.take(operator, "dead-letter", "")
		g.file("Rapat sesudahnya")
		until(g.t, "an empty inbox", func() bool { return len(g.dovecot.Messages(g.t, layanan, "INBOX")) == 0 })
		var dead []struct{ ID, Reason, Subject string }
		if err := json.Unmarshal([]byte(g.site.must(g.t, "dead-letters", "list", "--json")), &dead); err != nil {
			g.t.Fatal(err)
		}
		reasons := map[string]int{}
		for _, l := range dead {
			reasons[l.Reason]++
		}
		expect(g.t, "too large", reasons["too-large"], 1)
		expect(g.t, "without a sender", reasons["no-sender"], 1)
		failed := g.dovecot.Messages(g.t, layanan, "Gagal")
		expect(g.t, "mails in Gagal", len(failed), len(dead))
		if !bytes.Equal(failed[1], large) {
			g.t.Error("the large mail in Gagal is not what came")
		}
		for _, l := range dead {
			g.site.must(g.t, "dead-letters", "discard", l.ID, "--why", "uji")
		}
	})
	g.scene("the request still goes on", func(g *stage) {
		g.reply(task, "SETUJU")
		g.take(kabid, "task", number)
	})
	g.site.audit(t)
	g.daemon.stop(t)
}

// TestFlagsAreLeftAlone: people read the mailbox, too, and \Seen is theirs.
func TestFlagsAreLeftAlone(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	w := newWorkers(t, d, silent)
	s := bareSite(t, "sqlite:layanan.db", d).sinkTo(w.host).write(t)
	for i := range 4 {
		raw, _ := note{from: pemohon, to: layanan, subject: "Permohonan", body: form(event(i))}.raw()
		d.Deliver(t, layanan, raw)
	}
	k := newKeeper(t, d)
	_, err := k.c.Select("INBOX", nil).Wait()
	k.do(err)
	k.do(k.c.Store(imap.SeqSetNum(2), &imap.StoreFlags{Op: imap.StoreFlagsAdd,
		Flags: []imap.Flag{imap.FlagSeen, imap.FlagFlagged}}, nil).Close())
	k.do(k.c.Unselect().Wait())

	daemon := s.start(t)
	until(t, "every mail to be filed", func() bool { return len(d.Messages(t, layanan, "Diproses")) == 4 })
	daemon.stop(t)
	_, err = k.c.Select("Diproses", &imap.SelectOptions{ReadOnly: true}).Wait()
	k.do(err)
	mails, err := k.c.Fetch(imap.SeqSet{{Start: 1}}, &imap.FetchOptions{Flags: true}).Collect()
	k.do(err)
	for i, m := range mails {
		var flags []string
		for _, f := range m.Flags {
			if f != "\\Recent" { // the server's own (RFC 3501, 2.3.2)
				flags = append(flags, string(f))
			}
		}
		want := ""
		if i == 1 {
			want = `\Flagged \Seen`
		}
		expect(t, "flags", strings.Join(flags, " "), want)
	}
}
