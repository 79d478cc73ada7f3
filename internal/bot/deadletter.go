package bot

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"batan.go.id/layanan/internal/mailbox"
	"batan.go.id/layanan/internal/store"
)

// The reasons why a mail becomes a dead letter, as the operators read them.
var deadReasons = map[string]string{
	"unreadable":      "tidak dapat dibaca",
	"too-large":       "terlalu besar",
	"failed":          "gagal diproses",
	"no-sender":       "tanpa alamat pengirim",
	"several-senders": "dengan lebih dari satu pengirim",
	"unknown-sender":  "dari pengirim di luar kantor",
	"no-form":         "tanpa formulir",
	"no-such-request": "tentang permohonan yang tidak ada",
	"unproven":        "tanpa bukti pengirim",
	"flood":           "terlalu banyak dari satu alamat",
}

// everyday are the reasons that can wait for the daily notice: such mail comes
// to every mailbox, and of a flood the operators hear by itself.
var everyday = []string{"unknown-sender", "no-form", "flood", "unproven"}

// buryAs keeps a message that can't be handled after all, for a reason of
// deadReasons.
func (t *turn) buryAs(l *letter, why string) error {
	l.plan = l.plan.bury(why)
	return t.bury(l)
}

// bury keeps a message that can't be handled. The operators are told at once
// of the first of a day.
func (t *turn) bury(l *letter) error {
	l.verdict, l.outcome.Outcome = mailbox.Failed, "dead-letter "+l.plan.Why
	d := store.DeadLetter{At: t.now, Reason: l.plan.Why, MessageID: l.outcome.MessageID, Raw: l.Raw,
		Mailbox: l.ID.Mailbox, UIDValidity: l.ID.UIDValidity, UID: l.ID.UID}
	if l.Err != nil {
		d.Detail = valid(l.Err.Error())
	}
	if m := l.plan.Message; m != nil {
		d.Sender, d.Subject = valid(m.From), valid(m.Subject)
	}
	t.tx.Bury(d)
	if slices.Contains(everyday, d.Reason) {
		return nil
	}
	return t.tellOfDead("Yang terbaru berasal dari " + orDash(d.Sender) + " dengan perihal “" + orDash(d.Subject) + "”.")
}

// remind tells the operators of the dead letters that wait for them, once on
// every working day while there are any.
func (t *turn) remind() error {
	if !t.procedure.Calendar.IsOpen(t.now) {
		return nil
	}
	told, err := t.tx.Marked(deadMark)
	if err != nil || told.After(t.today()) {
		return err
	}
	any, err := t.tx.AnyDead()
	if err != nil || !any {
		return err
	}
	return t.tellOfDead("")
}

// deadMark is when the operators were last told of dead letters.
const deadMark = "dead-letters"

// tellOfDead tells the operators how many dead letters wait, once a day.
func (t *turn) tellOfDead(more string) error {
	first, err := t.tx.Mark(deadMark, t.now, t.today())
	if err != nil || !first {
		return err
	}
	waiting, err := t.tx.DeadWaiting()
	if err != nil {
		return err
	}
	total, kinds := 0, []string(nil)
	for _, reason := range slices.Sorted(maps.Keys(waiting)) {
		total += waiting[reason]
		said := deadReasons[reason]
		if said == "" {
			said = reason
		}
		kinds = append(kinds, fmt.Sprintf("%d %s", waiting[reason], said))
	}
	return t.tellOperators("", "Ada surat yang tidak dapat diproses", strings.TrimSpace(fmt.Sprintf(
		"Mohon periksa %d surat yang tidak dapat diproses dengan perintah “layanan dead-letters list”: %s. %s", total,
		strings.Join(kinds, ", "), more)))
}

// today is the instant just before the local day began.
func (t *turn) today() time.Time {
	y, m, d := t.now.In(t.procedure.Calendar.Location()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.procedure.Calendar.Location()).Add(-time.Microsecond)
}

func orDash(s string) string {
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		return "(tidak ada)"
	}
	return s
}
