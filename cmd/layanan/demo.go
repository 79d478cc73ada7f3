package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	netsmtp "net/smtp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/internal/mailhost"
	"batan.go.id/layanan/internal/smtp"
	"batan.go.id/layanan/internal/store"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

type demoCmd struct {
	Stay bool `help:"Keep the servers up afterwards and print how to connect a mail client."`
}

const (
	demoService  = "layanan_batannet@batan.go.id"
	demoPassword = "demo"
	demoPatience = 10 * time.Second // for any single mail
)

// demoPeople are the parties of the play.
var demoPeople = map[string][]workflow.Person{
	"ka_ppiksn":     {{Name: "Yusi Eko", Email: "yusi@batan.go.id"}, {Name: "Roliana", Email: "roliana@batan.go.id"}},
	"kabid_pjkkd":   {{Name: "Rakhmat Saleh", Email: "rakhmat@batan.go.id"}},
	"kasubbid_pj":   {{Name: "Suratman", Email: "suratman@batan.go.id"}},
	"administrator": {{Name: "Junaidi", Email: "junaidi@batan.go.id"}, {Name: "Dewi", Email: "dewi@batan.go.id"}},
}

// Run plays one request through the real daemon, over real connections to
// servers in this process.
func (c *demoCmd) Run(w *world) error {
	dir, err := os.MkdirTemp("", "layanan-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	p, err := newPlay(w, dir)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(w.ctx)
	var daemon sync.WaitGroup
	daemon.Go(func() { p.ended <- p.bot.Run(ctx) })
	err = p.perform(ctx)
	if err == nil && c.Stay {
		p.stay(w)
		<-w.ctx.Done()
	}
	stop()
	daemon.Wait()
	return errors.Join(err, p.close())
}

// play is the demo's stage.
type play struct {
	out    io.Writer
	host   *mailhost.Host
	store  *store.Store
	bot    *bot.Bot
	clock  *jumpingClock
	ended  chan error
	posted chan posted
}

// posted is a mail of ours as its recipient has it.
type posted struct {
	to     string
	header mail.Header
	notice string
}

// jumpingClock runs at the pace of the machine's, ahead by what was skipped.
type jumpingClock struct {
	mu     sync.Mutex
	offset time.Duration
}

func (c *jumpingClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.offset)
}

func (c *jumpingClock) jump(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset = time.Until(to)
}

func newPlay(w *world, dir string) (*play, error) {
	users := map[string]string{demoService: demoPassword, "ani@batan.go.id": demoPassword,
		"operator@batan.go.id": demoPassword}
	for _, people := range demoPeople {
		for _, q := range people {
			users[q.Email] = demoPassword
		}
	}
	loc, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		return nil, err
	}
	hours, err := workflow.ParseHours(map[string]string{"mon-thu": "07:30-16:00", "fri": "07:30-16:30"})
	if err != nil {
		return nil, err
	}
	cal, err := workflow.NewCalendar(loc, hours, nil)
	if err != nil {
		return nil, err
	}
	procedure := &workflow.Procedure{SOP: workflow.BuiltInSOP(), Calendar: cal, People: demoPeople,
		Operators: []workflow.Person{{Email: "operator@batan.go.id"}}, Longest: 90 * 24 * time.Hour}
	office, err := bot.NewOffice(procedure, notify.Identity{Name: "Layanan BATANnet", Address: demoService,
		PlusAddressing: true,
		Domains:        []string{"batan.go.id"}, Keys: notify.Keys{[]byte("the demo's own key, of no worth elsewhere")}}, "")
	if err != nil {
		return nil, err
	}
	p := &play{out: w.out, clock: &jumpingClock{}, ended: make(chan error, 1), posted: make(chan posted, 100)}
	// 09:00 of a working day
	p.clock.jump(cal.NextOpen(startOfDay(time.Now().In(loc).AddDate(0, 0, 1))).Add(90 * time.Minute))
	if p.host, err = mailhost.Start(users, mailhost.Options{}); err != nil {
		return nil, err
	}
	p.host.Subscribe(p.see)
	if p.store, err = store.Open(w.ctx, "sqlite", filepath.Join(dir, "layanan.db")); err != nil {
		return nil, err
	}
	if _, _, err := p.store.Migrate(w.ctx); err != nil {
		return nil, err
	}
	log := slog.New(slog.NewTextHandler(w.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	p.bot = bot.New(bot.Options{Store: p.store, Office: office, Now: p.clock.now, Log: log, ProcessBacklog: true,
		IMAP: mailbox.Config{Address: p.host.IMAPAddr, TLS: mailbox.TLSNone, Username: demoService, Password: demoPassword,
			Processed: "Diproses", Failed: "Gagal", Log: log},
		SMTP: smtp.Config{Address: p.host.SMTPAddr, TLS: "none", Hello: "localhost"}})
	return p, nil
}

func startOfDay(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

func (p *play) close() error { return errors.Join(p.store.Close(), p.host.Close()) }

// see prints every mail as a line, and hands ours to the play.
func (p *play) see(d mailhost.Delivery) {
	m, err := mail.ReadMessage(bytes.NewReader(d.Raw))
	if err != nil {
		return
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		subject = m.Header.Get("Subject")
	}
	notice := m.Header.Get("X-Layanan-Notice")
	if notice == "" {
		body, _ := io.ReadAll(quotedprintable.NewReader(m.Body)) // a demo mail's body is plain
		first, _, _ := strings.Cut(strings.TrimSpace(string(body)), "\n")
		p.line(local(d.From), "layanan", "—", subject+" | "+strings.TrimSpace(first))
		return
	}
	p.line("layanan", local(d.To), notice, subject)
	p.posted <- posted{to: d.To, header: m.Header, notice: notice}
}

func local(address string) string {
	name, _, _ := strings.Cut(address, "@")
	return name
}

func (p *play) line(from, to, notice, text string) {
	fmt.Fprintf(p.out, "%s  %-9s → %-9s %-12s %s\n", p.clock.now().In(wib).Format("02/01 15:04"), from, to, notice, text)
}

var wib = time.FixedZone("WIB", 7*60*60)

// perform plays the request, act by act; each waits for the mails it needs.
func (p *play) perform(ctx context.Context) error {
	fmt.Fprintf(p.out, "SOP %s: one request, from form to closed report\n\n", workflow.BuiltInSOP().Number)
	event := p.clock.now().In(wib).AddDate(0, 0, 14)
	form := fmt.Sprintf("Yth. Layanan BATANnet,\r\n\r\nNama : Ani Lestari\r\nNIP : 19850217 201012 2 003\r\nUnit Kerja "+
		": Pusat Sains dan Teknologi Nuklir Terapan\r\n"+
		"Kegiatan/ Tanggal : Rapat koordinasi anggaran / %s pukul 09.00 WIB\r\nPelaksanaan Video Konferensi : Ruang Rapat "+
		"Utama\r\nMedia : Email\r\n\r\nTerima kasih,\r\nAni\r\n",
		event.Format("2/1/2006"))
	if err := p.send("ani@batan.go.id", demoService, "Permohonan video konferensi", "", form); err != nil {
		return err
	}
	if _, err := p.await(ctx, "yusi task", "ani registered"); err != nil {
		return err
	}
	p.act("the head of PPIKSN does not answer; the SLA of 1 hour lapses", 61*time.Minute)
	if _, err := p.await(ctx, "yusi reminder"); err != nil {
		return err
	}
	p.act("another hour passes; the deputy may act from now on", 60*time.Minute)
	task, err := p.await(ctx, "roliana escalation", "operator escalation", "yusi reminder")
	if err != nil {
		return err
	}
	for _, scene := range []struct {
		who, says string
		brings    []string // the first is answered next
	}{
		{"roliana", "Setuju, silakan dilanjutkan.", []string{"rakhmat task", "roliana receipt", "yusi progress",
			"ani progress"}},
		{"rakhmat", "Disposisi ke Kasubbid.", []string{"suratman task", "rakhmat receipt", "ani progress"}},
		{"suratman", "Instruksikan ke Sdr. Junaidi.",
			[]string{"junaidi task", "dewi task", "suratman receipt", "ani progress"}},
		{"junaidi", "SIAP. Perangkat terpasang dan teruji.",
			[]string{"junaidi task", "dewi task", "junaidi receipt", "ani ready"}},
		{"junaidi", "LAPORAN\r\n\r\nNama: Junaidi\r\nLaporan Pelaksanaan Video Konferensi: Berjalan lancar\r\nHasil: Baik",
			[]string{"ani closed", "junaidi receipt", "junaidi closed", "dewi closed", "suratman closed"}},
		{"ani", "Terima, laporannya lengkap.", []string{"ani receipt"}},
	} {
		p.clock.jump(p.clock.now().Add(7 * time.Minute))
		if err := p.answer(scene.who+"@batan.go.id", task, scene.says); err != nil {
			return err
		}
		if task, err = p.await(ctx, scene.brings...); err != nil {
			return err
		}
	}
	return p.verdict(ctx)
}

// act lets time pass.
func (p *play) act(what string, d time.Duration) {
	fmt.Fprintf(p.out, "\n  (%s)\n\n", what)
	p.clock.jump(p.clock.now().Add(d))
	p.bot.ClockChanged()
}

// verdict says how the request ended.
func (p *play) verdict(ctx context.Context) error {
	number := fmt.Sprintf("VC-%d-0001", p.clock.now().In(wib).Year())
	r, err := p.store.Request(ctx, number)
	if err != nil {
		return err
	}
	entries, err := p.store.Verify(ctx, number)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "\n%s: %s (closed); its history of %d entries verifies\n", number, r.State, entries)
	if r.State != workflow.StateFinished {
		return fmt.Errorf("the request ended as %s", r.State)
	}
	return nil
}

// await waits until all the notices named have come, in whatever order, and
// gives the first one named.
func (p *play) await(ctx context.Context, notices ...string) (posted, error) {
	timeout := time.NewTimer(demoPatience)
	defer timeout.Stop()
	came := map[string]posted{}
	for len(came) < len(notices) {
		select {
		case l := <-p.posted:
			if name := local(l.to) + " " + l.notice; slices.Contains(notices, name) {
				came[name] = l
			}
		case err := <-p.ended:
			return posted{}, fmt.Errorf("the daemon ended: %w", err)
		case <-ctx.Done():
			return posted{}, ctx.Err()
		case <-timeout.C:
			return posted{}, fmt.Errorf("of %s only %d came", strings.Join(notices, ", "), len(came))
		}
	}
	return came[notices[0]], nil
}

// answer replies to a mail as a mail client would, with the quote below.
func (p *play) answer(from string, l posted, says string) error {
	to, err := mail.ParseAddress(l.header.Get("Reply-To"))
	if err != nil {
		return err
	}
	return p.send(from, to.Address, "Re: "+l.header.Get("Subject"), l.header.Get("Message-ID"),
		says+"\r\n\r\nPada hari ini, Layanan BATANnet menulis:\r\n> Mohon jawaban Bapak/Ibu.\r\n")
}

// send hands a mail to the SMTP server.
func (p *play) send(from, to, subject, inReplyTo, body string) error {
	now := p.clock.now()
	head := fmt.Sprintf("From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: "+
		"<%d@demo.batan.go.id>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n",
		from, to, subject, now.Format(time.RFC1123Z), now.UnixNano())
	if inReplyTo != "" {
		head += "In-Reply-To: " + inReplyTo + "\r\nReferences: " + inReplyTo + "\r\n"
	}
	return netsmtp.SendMail(p.host.SMTPAddr, nil, from, []string{to}, []byte(head+"\r\n"+body))
}

// stay says how to look around.
func (p *play) stay(w *world) {
	fmt.Fprintf(w.out, `
The servers stay up until you press Ctrl-C. Connect a mail client without TLS:
  IMAP  %s
  SMTP  %s
  users ani@batan.go.id (requester), yusi@, roliana@, rakhmat@, suratman@, junaidi@, dewi@, operator@batan.go.id
  password %s
Mail a form to %s as ani@batan.go.id, and answer as the others.
`, p.host.IMAPAddr, p.host.SMTPAddr, demoPassword, demoService)
}
