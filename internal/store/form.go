package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"batan.go.id/layanan/workflow"
)

// keptForm is how long a form waits to be confirmed.
const keptForm = 14 * 24 * time.Hour

// Form is a form that waits until whoever seems to have sent it confirms that.
type Form struct {
	Number    string // of notify.FormNumber
	Recipient string // who is asked
	Created   time.Time
	Request   string         // that was made of it; "" none yet
	Digest    string         // hex SHA-256 of the mail
	Said      string         // what the mail says, an Event as JSON; "" once a request was made
	Event     workflow.Event // the same, on its way out
	Raw       []byte         // the mail; empty when it was larger than MaxOriginal
}

// KeepForm keeps a form; those that nobody confirmed in time go.
func (tx *Tx) KeepForm(f Form) error {
	if _, err := tx.exec(`DELETE FROM forms WHERE created < ?`, stamp(f.Created.Add(-keptForm))); err != nil {
		return err
	}
	packed := packAll(1, func(int) []byte {
		if len(f.Raw) <= MaxOriginal {
			return f.Raw
		}
		return nil
	})
	_, err := tx.exec(`INSERT INTO forms (number, recipient, created, request, digest, event, mail) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		f.Number, strings.ToLower(f.Recipient), stamp(f.Created), "", f.Digest, f.Said, packed[0])
	return err
}

// Form finds a form that waits, or that a request was made of; ErrNotFound when
// there is none of that number.
func (tx *Tx) Form(number string) (Form, error) {
	found, err := txRows[formRow](tx, selectForms+`number = ?`+tx.s.forUpdate(false), number)
	if err != nil {
		return Form{}, err
	}
	if len(found) == 0 {
		return Form{}, fmt.Errorf("form %s: %w", number, ErrNotFound)
	}
	return found[0].form()
}

type formRow struct {
	Number    string `db:"number"`
	Recipient string `db:"recipient"`
	Created   stamp  `db:"created"`
	Request   string `db:"request"`
	Digest    string `db:"digest"`
	Event     string `db:"event"`
	Mail      []byte `db:"mail"`
}

const selectForms = `SELECT number, recipient, created, request, digest, event, mail FROM forms WHERE `

func (r formRow) form() (f Form, err error) {
	f = Form{Number: r.Number, Recipient: r.Recipient, Created: r.Created.utc(), Request: r.Request, Digest: r.Digest,
		Said: r.Event}
	if r.Event != "" {
		if err := json.Unmarshal([]byte(r.Event), &f.Event); err != nil {
			return f, fmt.Errorf("form %s: %w", r.Number, err)
		}
	}
	f.Raw, err = unpack(r.Mail)
	return f, err
}

// heldForms are those that wait for somebody's word or name the person.
func (s *Store) heldForms(ctx context.Context, email string, h *Holding) error {
	found, err := rows[formRow](ctx, s, selectForms+
		`recipient = ? OR lower(event) LIKE ? ESCAPE '\' ORDER BY created, number`, email, quoted(email))
	for _, r := range found {
		f, err := r.form()
		if err != nil {
			return err
		}
		h.Forms = append(h.Forms, f)
	}
	return err
}

// ConfirmForm records which request was made of a form; what it said stands
// there from now on.
func (tx *Tx) ConfirmForm(number, request string) error {
	_, err := tx.exec(`UPDATE forms SET request = ?, event = '', mail = ? WHERE number = ?`, request, []byte{}, number)
	return err
}
