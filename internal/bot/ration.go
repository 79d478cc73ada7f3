package bot

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// The limits that no office needs to set: how many answers in which nothing
// moved one address gets (no loop can feed on us), how many notices of the
// operators' own trouble, and how long a stranger or a guide is not answered
// again. Where mails go to and fro in which no office acts, as many of them leave
// at once.
const (
	maxAnswers   = 10
	maxTalk      = 10
	maxTroubles  = 10
	limitWindow  = time.Hour
	guideWindow  = 24 * time.Hour
	refuseWindow = 30 * 24 * time.Hour
)

// once answers a mail that belongs to no request, unless its sender was told of
// the topic within the window or there are too many answers; it tells whether it
// did.
func (t *turn) once(ev *workflow.Event, topic string, window time.Duration, n workflow.Notice) (bool, error) {
	n.To, n.Answer, n.Unproven = ev.By, true, ev.Proof == ""
	if t.office.unheard(ev, &workflow.Request{}) {
		return false, nil
	}
	topic = strings.ToLower(topic + " " + ev.By.Email)
	told, err := t.tx.Told(topic, t.now.Add(-window))
	if err != nil || told > 0 {
		return false, err
	}
	if full, err := t.full(&n); err != nil || full {
		return false, err
	}
	return true, t.enqueue(workflow.Request{}, n, notify.Context{InReplyTo: ev.MessageID}, topic)
}

// unheard reports whether a mail gets no answer, which would go to whomever it
// names: an outsider's, who is no party to the request, where honest mail is
// proven to be its sender's and this one is not.
func (o *Office) unheard(ev *workflow.Event, r *workflow.Request) bool {
	return o.AuthservID != "" && ev.Proof == "" && ev.Token == workflow.NoToken && ev.Confirms == 0 &&
		ev.Signature == "" &&
		!o.mayFile(ev.By.Email) && !r.Requester.Is(ev.By.Email)
}

// full reports whether the recipient of an answer, or everybody, has had those of
// this hour.
func (t *turn) full(n *workflow.Notice) (bool, error) {
	if full, err := t.rationed(n.To.Email, n.Unproven); err != nil || full {
		return full, err
	}
	return t.fused()
}

// tellOperators sends the operators a notice.
func (t *turn) tellOperators(topic, subject, detail string) error {
	for _, o := range t.procedure.Operators {
		n := workflow.Notice{Kind: workflow.NoticeDeadLetter, To: o, Role: workflow.Operators}
		if err := t.enqueue(workflow.Request{}, n, notify.Context{Topic: subject, Detail: detail}, topic); err != nil {
			return err
		}
	}
	return nil
}

// tellOperatorsOnce does so at most once within the window.
func (t *turn) tellOperatorsOnce(topic string, window time.Duration, subject, detail string) error {
	topic = strings.ToLower(topic)
	told, err := t.tx.Told(topic, t.now.Add(-window))
	if err != nil || told > 0 {
		return err
	}
	return t.tellOperators(topic, subject, detail)
}

// silent reports whether a notice is better not sent; else it gives the topic
// to send it under. Only what answers a mail in which nothing moved, and what
// tells the operators of mails that came back, is ever kept silent.
func (t *turn) silent(r *workflow.Request, n *workflow.Notice, ev *workflow.Event) (topic string, silent bool,
	err error) {
	if n.Kind == workflow.NoticeUndeliverable {
		return t.troubled(n.To.Email)
	}
	if !n.Answer {
		return "", false, nil
	}
	if t.office.unheard(ev, r) {
		return "", true, nil
	}
	topic, window := t.repetition(r, n, ev.Text)
	if told, err := t.tx.Told(topic, t.now.Add(-window)); err != nil || told > 0 {
		return "", true, err
	}
	silent, err = t.full(n)
	return topic, silent, err
}

// repetition is the topic under which an answer would say the same again, and
// how long it is not said again: what a person asked for is always said; a
// stranger is refused once a day, whatever the request; and whoever sends the
// same words to a request that stands where it stood is answered once an hour.
// Somebody who mistypes in another way is helped at once, and so is somebody
// who tries again later; a robot that repeats itself gets one answer.
func (t *turn) repetition(r *workflow.Request, n *workflow.Notice, said string) (string, time.Duration) {
	switch {
	case n.Reason == workflow.Asked, n.Reason == "": // incomplete says what is new
		return "", 0
	case n.Kind == workflow.NoticeNotAuthorised && n.Role == "":
		return "not-authorised " + strings.ToLower(n.To.Email), guideWindow
	}
	words := sha256.Sum256([]byte(strings.ToLower(strings.Join(strings.Fields(said), " "))))
	return fmt.Sprintf("%s %s %s %d %s %s", n.Kind, n.Reason, r.Number, r.Visit(), strings.ToLower(n.To.Email),
		hex.EncodeToString(words[:8])), limitWindow
}

// rationed reports whether an address has had its answers of this hour. Mails
// that only name it count apart, so that nobody is silenced by others; the
// operators are told once a day.
func (t *turn) rationed(email string, unproven bool) (bool, error) {
	n, err := t.tx.Answers(email, unproven, t.now.Add(-limitWindow))
	if err != nil || n < maxAnswers {
		return false, err
	}
	t.b.log.Warn("no more answers this hour", "to", email)
	return true, t.tellOperatorsOnce("flood "+email, guideWindow, "Terlalu banyak surat dari satu alamat",
		fmt.Sprintf("Mohon periksa apakah %s membalas secara otomatis, karena alamat itu telah mendapat %d jawaban dalam "+
			"satu jam. Surat berikutnya tetap diproses, tetapi tidak dijawab sampai satu jam berlalu.", email, maxAnswers))
}

// troubled keeps mails that came back from filling the operators' mailboxes:
// the histories have them all.
func (t *turn) troubled(email string) (topic string, full bool, err error) {
	topic = "undeliverable " + strings.ToLower(email)
	n, err := t.tx.Told(topic, t.now.Add(-limitWindow))
	if err != nil || n < maxTroubles {
		return topic, false, err
	}
	return "", true, t.tellOperatorsOnce("undeliverables", limitWindow, "Banyak surat layanan tidak sampai",
		fmt.Sprintf("Mohon periksa server surat dengan perintah “layanan check”, karena dalam satu jam lebih dari %d "+
			"surat layanan tidak sampai. Yang berikutnya hanya dicatat dalam riwayat permohonannya sampai satu jam berlalu.",
			maxTroubles))
}

// flooded reports whether a sender's mails that made something happen are too
// many for this hour: this one is held then, as a dead letter. Proven mails
// count apart, so that nobody's name can be used up by somebody else.
func (t *turn) flooded(l *letter, ev *workflow.Event) (bool, error) {
	sender := countedAs(ev)
	n, err := t.tx.Handled(sender, t.now.Add(-limitWindow))
	if err != nil || l.retried || n < t.office.Limits.MailsPerSender {
		l.outcome.Sender = sender
		return false, err
	}
	if err := t.buryAs(l, "flood"); err != nil {
		return true, err
	}
	if err := t.tellOperatorsOnce("held "+sender, guideWindow, "Surat dari satu alamat ditahan",
		fmt.Sprintf("Mohon periksa surat dari %s yang ditahan, karena dalam satu jam telah diproses %d surat dari alamat "+
			"itu. Jika memang dikehendaki, mohon teruskan dengan perintah “layanan dead-letters retry --reason flood --from "+
			"%s”.", ev.By.Email, n, ev.By.Email)); err != nil {
		return true, err
	}
	_, err = t.once(ev, "held-sender", guideWindow,
		workflow.Notice{Kind: workflow.NoticeStatus, Reason: workflow.Flooding})
	return true, err
}

// crowded reports whether a mail that would make a new request must wait in the
// mailbox: nothing shows that it is its sender's, and there were enough of those
// within the hour, or others wait for their turn. Nobody can use up what is
// proven, and the operators hear once.
func (t *turn) crowded(l *letter, ev *workflow.Event) (bool, error) {
	if ev.Proof != "" || l.retried {
		return false, nil
	}
	limit := t.office.Limits.UnprovenPerHour
	n, err := t.tx.Unproven(t.now.Add(-limitWindow))
	if err != nil {
		return false, err
	}
	if n < limit && l.free {
		l.outcome.Unproven = true
		return false, nil
	}
	l.verdict, l.outcome.Outcome = mailbox.Wait, "wait"
	return true, t.tellOperatorsOnce("unproven", guideWindow, "Banyak permohonan tanpa bukti pengirim",
		fmt.Sprintf("Mohon periksa kotak surat layanan dan hapus surat yang palsu, karena dalam satu jam telah "+
			"didaftarkan %d permohonan dari surat yang tidak terbukti berasal dari pengirimnya. "+
			"Surat semacam itu yang datang berikutnya menunggu di kotak surat itu dan diproses bergiliran menurut "+
			"pengirimnya begitu ada tempat; surat yang terbukti tetap diproses seketika. "+
			"Jika surat itu memang dikehendaki, mohon naikkan nilai limits.unproven_per_hour dalam berkas pengaturan.", limit))
}

// paced is the topic and the time for a notice of an exchange in which no office
// acts: to one address, about one requester's requests, only so many an hour
// leave, so that two programs that answer each other grow slow. A task is what
// its office waits for, and leaves at once.
func (t *turn) paced(r *workflow.Request, n *workflow.Notice) (topic string, due time.Time, err error) {
	if n.Answer || n.Kind == workflow.NoticeTask {
		return "", time.Time{}, nil
	}
	topic = strings.ToLower("talk " + n.To.Email + " " + r.Requester.Email)
	due, err = t.tx.Paced(topic, maxTalk, limitWindow, t.now)
	if err != nil || !due.After(t.now) {
		return topic, time.Time{}, err
	}
	t.b.log.Warn("mails go to and fro: the next leaves later", "request", r.Number, "to", n.To.Email, "notice", n.Kind,
		"due", due)
	return topic, due, t.tellOperatorsOnce("slowed "+r.Requester.Email, guideWindow, "Surat-menyurat diperlambat",
		fmt.Sprintf("Mohon periksa apakah ada yang membalas secara otomatis dalam surat-menyurat tentang permohonan %s. "+
			"Dalam satu jam %d surat tentang permohonan dari %s telah dikirim kepada %s tanpa ada permohonan yang maju. "+
			"Surat semacam itu yang berikutnya tetap dikirim, paling banyak %d dalam satu jam.", r.Number, maxTalk,
			r.Requester.Email, n.To.Email, maxTalk))
}

// countedAs is whose mail a mail counts as.
func countedAs(ev *workflow.Event) string {
	return strings.TrimSpace(strings.ToLower(ev.By.Email) + " " + cmp.Or(ev.Proof, string(ev.Token)))
}

// senders are those as whose mail a plan's may count; which of them, only its
// request can tell.
func (p Plan) senders() (all []string) {
	if p.Purpose != File && p.Purpose != Follow {
		return nil
	}
	ev := p.Event
	for _, ev.Token = range []workflow.TokenState{workflow.NoToken, workflow.LiveToken, workflow.PastToken} {
		all = append(all, countedAs(&ev))
	}
	return slices.Compact(all)
}

// fuseMark is the instant from which answers may be given, and are counted.
const fuseMark = "fuse"

// fused reports whether the fuse has blown: no answers for an hour. The
// operators are told when it does.
func (t *turn) fused() (bool, error) {
	lifted, err := t.tx.Marked(fuseMark)
	if err != nil || lifted.After(t.now) {
		return err == nil, err
	}
	n, err := t.tx.AllAnswers(later(lifted, t.now.Add(-limitWindow)))
	if err != nil || n < t.office.Limits.AnswersPerHour {
		return false, err
	}
	blew, err := t.tx.Mark(fuseMark, t.now.Add(limitWindow), t.now)
	if err != nil || !blew {
		return true, err
	}
	t.b.log.Error("the fuse has blown: no answers for an hour", "answers", n)
	return true, t.tellOperators("", "Sekring jawaban putus",
		fmt.Sprintf("Mohon periksa dengan perintah “layanan dead-letters list” mengapa dalam satu jam layanan mengirim %d "+
			"jawaban atas surat yang tidak mengubah apa pun. "+
			"Selama satu jam berikutnya surat tetap diproses, tetapi surat semacam itu tidak dijawab; perintah “layanan fuse "+
			"reset” memulihkannya lebih cepat.", n))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
