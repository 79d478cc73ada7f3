package integration

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/lab"
)

const stranger = "orang.luar@batan.go.id"

// stage is a running installation with its people.
type stage struct {
	*office
	t      *testing.T
	site   *site
	daemon *daemon
}

// scene is one subtest on the stage.
func (g *stage) scene(name string, play func(g *stage)) {
	g.t.Run(name, func(t *testing.T) {
		h, o := *g, *g.office
		h.t, o.t, h.office = t, t, &o
		play(&h)
	})
}

// at fails the test unless the request stands there.
func (g *stage) at(number, status, step string) {
	g.t.Helper()
	r := g.site.show(g.t, number)
	expect(g.t, "where "+number+" stands", r.Status+" "+r.Step, status+" "+step)
}

// newStage reads with STARTTLS and sends over implicit TLS.
func newStage(t *testing.T) *stage {
	t.Helper()
	d := lab.Dovecot(t, users(stranger))
	p := lab.Postfix(t, d)
	s := newSite(t, lab.PostgreSQL(t).Database(t), d, p)
	s.IMAP, s.IMAPTLS, s.SMTP, s.SMTPTLS, s.MaxSize = d.Addr, "starttls", p.TLSAddr, "implicit", "8MiB"
	return &stage{t: t, site: s.write(t), daemon: s.start(t).ready(t), office: newOffice(t, d, p)}
}

func TestAnswersOfOffices(t *testing.T) {
	t.Parallel()
	g := newStage(t)
	g.scene("a question is answered", func(g *stage) {
		number := g.file("Rapat tanya")
		task := g.take(ka, "task", number)
		g.reply(task, "TANYA Berapa orang yang akan hadir?")
		question := g.take(pemohon, "question", number)
		g.at(number, "menunggu", "persetujuan")
		g.reply(question, "Kira-kira dua puluh orang.")
		if a := g.take(ka, "answer", number); !a.reads("Kira-kira dua puluh orang") {
			g.t.Errorf("the answer is not in\n%s", a.text)
		}
		g.reply(task, "Setuju.")
		g.take(kabid, "task", number)
	})
	g.scene("a request is given back", func(g *stage) {
		number := g.file("Rapat kembali")
		g.reply(g.take(ka, "task", number), "ACC")
		g.reply(g.take(kabid, "task", number), "KEMBALIKAN karena belum ada surat tugas")
		if again := g.take(ka, "task", number); !again.reads("belum ada surat tugas") {
			g.t.Errorf("the reason is not in\n%s", again.text)
		}
		g.at(number, "berjalan", "persetujuan")
	})
	g.scene("a rejection needs a reason", func(g *stage) {
		number := g.file("Rapat tolak")
		g.reply(g.take(ka, "task", number), "TOLAK")
		asked := g.take(ka, "unrecognised", number)
		g.at(number, "berjalan", "persetujuan")
		g.reply(asked, "Tolak karena ruangan sudah terpakai")
		if l := g.take(pemohon, "rejected", number); !l.reads("ruangan sudah terpakai") {
			g.t.Errorf("the reason is not in\n%s", l.text)
		}
		g.at(number, "ditolak", "persetujuan")
	})
	g.scene("a doubtful approval moves nothing", func(g *stage) {
		number := g.file("Rapat ragu")
		g.reply(g.take(ka, "task", number), "Setuju asal anggarannya ada.")
		g.take(ka, "unrecognised", number)
		g.at(number, "berjalan", "persetujuan")
	})
	g.scene("a deputy can't act before the escalation", func(g *stage) {
		number := g.file("Rapat wakil")
		early := answer(g.take(ka, "task", number), "SETUJU")
		early.from = ka2
		g.send(early)
		g.take(ka2, "not-authorised", number)
		g.at(number, "berjalan", "persetujuan")
	})
	g.scene("a stranger is refused once", func(g *stage) {
		number := g.file("Rapat asing")
		forged := answer(g.take(ka, "task", number), "SETUJU")
		forged.from = stranger
		g.send(forged)
		if l := g.take(stranger, "not-authorised", number); l.reads("Rapat asing") {
			g.t.Errorf("the stranger is told of the request:\n%s", l.text)
		}
		g.daemon.handled(g.t, g.send(forged))
		g.at(number, "berjalan", "persetujuan")
		if r := g.site.show(g.t, number); strings.Count(r.events(), "not-authorised") != 1 || len(r.Mails) != 3 {
			g.t.Errorf("%s, %d mails", r.events(), len(r.Mails))
		}
	})
	g.scene("without a token the answer is confirmed first", func(g *stage) {
		number := g.file("Rapat konfirmasi")
		g.send(note{from: ka, to: layanan, subject: "[" + number + "] Persetujuan", body: "SETUJU\r\n"})
		confirm := g.take(ka, "confirm", number)
		g.at(number, "berjalan", "persetujuan")
		g.reply(confirm, "SETUJU")
		g.take(kabid, "task", number)
	})
	g.scene("a token in the Message-ID is enough", func(g *stage) {
		number := g.file("Rapat token")
		task := g.take(ka, "task", number)
		g.send(note{from: ka, to: layanan, subject: "Re: rapat", inReplyTo: task.id, body: "Setuju\r\n"})
		g.take(kabid, "task", number)
	})
	g.scene("a task that does not arrive is told to the operators", func(g *stage) {
		number := g.file("Rapat delegasi")
		g.reply(g.take(ka, "task", number), "DELEGASI tidak.ada@batan.go.id")
		l := g.take(operator, "undeliverable", number)
		if !l.reads("tidak.ada@batan.go.id") {
			g.t.Errorf("the address is not in\n%s", l.text)
		}
		r := g.site.show(g.t, number)
		if h := r.History[len(r.History)-1]; h.Event != "undeliverable" || !strings.Contains(h.Note, "5.1.1") {
			g.t.Errorf("history ends with %+v", h)
		}
		failed := 0
		for _, m := range r.Mails {
			if m.State == "failed" && m.To == "tidak.ada@batan.go.id" {
				failed++
			}
		}
		expect(g.t, "failed mails", failed, 1)
	})
	g.site.audit(t)
	g.daemon.stop(t)
}

func TestAnswersOfRequesters(t *testing.T) {
	t.Parallel()
	g := newStage(t)
	g.scene("a request is cancelled", func(g *stage) {
		g.send(note{from: pemohon, to: layanan, subject: "Permohonan", body: form("Rapat batal")})
		registered := g.take(pemohon, "registered", "Rapat batal")
		number := registered.request
		task := g.take(ka, "task", number)
		g.reply(registered, "BATAL, rapatnya ditunda")
		g.take(pemohon, "cancelled", number)
		g.take(ka, "cancelled", number)
		g.at(number, "dibatalkan", "persetujuan")
		g.reply(task, "SETUJU")
		g.take(ka, "status", number)
		g.at(number, "dibatalkan", "persetujuan")
	})
	g.scene("a change voids the open task", func(g *stage) {
		g.send(note{from: pemohon, to: layanan, subject: "Permohonan", body: form("Rapat ubah")})
		registered := g.take(pemohon, "registered", "Rapat ubah")
		number := registered.request
		old := g.take(ka, "task", number)
		g.reply(registered, "UBAH\r\nPelaksanaan Video Konferensi: Aula Gedung 71")
		changed := g.take(ka, "task", number)
		if !changed.reads("Aula Gedung 71") {
			g.t.Errorf("the change is not in\n%s", changed.text)
		}
		g.reply(old, "SETUJU")
		g.take(ka, "status", number)
		g.at(number, "berjalan", "persetujuan")
		g.reply(changed, "SETUJU")
		g.take(kabid, "task", number)
	})
	g.scene("status and help", func(g *stage) {
		g.send(note{from: pemohon, to: layanan, subject: "Permohonan", body: form("Rapat status")})
		registered := g.take(pemohon, "registered", "Rapat status")
		g.reply(registered, "STATUS")
		g.take(pemohon, "status", registered.request)
		g.reply(registered, "Bantuan")
		if l := g.take(pemohon, "help", registered.request); !l.reads("BATAL") {
			g.t.Errorf("no words in\n%s", l.text)
		}
		expect(g.t, "history", g.site.show(g.t, registered.request).events(), "registered")
	})
	g.scene("an incomplete form is completed", func(g *stage) {
		g.send(note{from: pemohon, to: layanan, subject: "Permohonan",
			body: strings.Replace(form("Rapat kurang"), "NIP : 19850217 201012 2 003\r\n", "", 1)})
		l := g.take(pemohon, "incomplete", "Rapat kurang")
		g.at(l.request, "menunggu", "permohonan")
		g.reply(l, "NIP: 19850217 201012 2 003")
		done := g.take(pemohon, "registered", "Rapat kurang")
		expect(g.t, "number", done.request, l.request)
		g.take(ka, "task", l.request)
		expect(g.t, "history", g.site.show(g.t, l.request).events(), "incomplete registered")
	})
	g.scene("a bounce is recorded", func(g *stage) {
		g.send(note{from: pemohon, to: layanan, subject: "Permohonan", body: form("Rapat pantul")})
		l := g.take(pemohon, "registered", "Rapat pantul")
		g.dovecot.Deliver(g.t, layanan, bounceOf(l))
		g.take(operator, "undeliverable", l.request)
		expect(g.t, "history", g.site.show(g.t, l.request).events(), "registered undeliverable")
	})
	g.scene("a form from another domain is refused", func(g *stage) {
		raw, id := note{from: "seseorang@example.com", to: layanan, subject: "Permohonan", body: form("Rapat luar")}.raw()
		g.dovecot.Deliver(g.t, layanan, raw)
		expect(g.t, "outcome", g.daemon.handled(g.t, id), "refuse")
	})
	g.site.audit(t)
	g.daemon.stop(t)
}

// bounceOf is the delivery report (RFC 3464) of a mail that could not be kept.
func bounceOf(l *letter) []byte {
	return fmt.Appendf(nil,
		"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.batan.go.id (Mail Delivery System)\r\nTo: %s\r\nSubject: Undelivered "+
			"Mail Returned to Sender\r\n"+
			"Date: %s\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; "+
			"report-type=delivery-status; boundary=\"b\"\r\n\r\n"+
			"--b\r\nContent-Type: text/plain\r\n\r\nThe mailbox is full.\r\n--b\r\nContent-Type: "+
			"message/delivery-status\r\n\r\nReporting-MTA: dns; mx.batan.go.id\r\n\r\n"+
			"Final-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n--b\r\nContent-Type: "+
			"message/rfc822\r\n\r\n%s\r\n--b--\r\n",
		layanan, time.Now().Format(time.RFC1123Z), l.to, l.raw)
}
