package main

import (
	"bufio"
	"fmt"
	"strings"
	"time"

	"batan.go.id/layanan/internal/bot"
)

type intakeCmd struct {
	By    string            `help:"The staff member who takes the request (address of a role holder)." required:"" placeholder:"STAFF-EMAIL"`
	Field map[string]string `help:"A field of the form, e.g. --field nip='19850217 201012 1 003'; may be repeated." placeholder:"ID=VALUE" mapsep:"none"`

	Nama        string `help:"Name of the requester."`
	Email       string `help:"Address of the requester; notices go to the staff member when there is none."`
	NIP         string `name:"nip" help:"NIP of the requester."`
	UnitKerja   string `name:"unit-kerja" help:"Unit of the requester."`
	Kegiatan    string `help:"The event."`
	Tanggal     string `help:"Date and time of the event, as people write it."`
	Pelaksanaan string `help:"Where and how."`
	Media       string `help:"How the request came: Email, SMS, Telp or Datang langsung."`
	JSON        bool   `help:"Print JSON."`
}

// Run registers a request; what no flag gives is asked for when a person sits
// at the terminal.
func (c *intakeCmd) Run(w *world) error {
	_, st, office, err := w.openOffice()
	if err != nil {
		return err
	}
	defer st.Close()
	staff, _, ok := office.Procedure.Staff(c.By)
	if !ok {
		return usageError{fmt.Errorf("--by %s: no role of the configuration names that address", c.By)}
	}
	given := map[string]string{"nama": c.Nama, "email": c.Email, "nip": c.NIP, "unit_kerja": c.UnitKerja, "kegiatan": c.Kegiatan,
		"tanggal": c.Tanggal, "pelaksanaan": c.Pelaksanaan, "media": c.Media}
	for id, v := range c.Field {
		if office.Procedure.SOP.Field(id) == nil {
			return usageError{fmt.Errorf("--field %s: the form has no such field", id)}
		}
		given[id] = v
	}
	if isTerminal(w.in) {
		c.ask(w, office, given)
	}
	number, problems, err := bot.Intake(w.ctx, st, office, staff, given, time.Now())
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		var lines []string
		for _, p := range problems {
			why := "is missing"
			if given[p.Field] != "" {
				why = fmt.Sprintf("can't be read (%s): %q", p.Reason, given[p.Field])
			}
			lines = append(lines, "--"+strings.ReplaceAll(p.Field, "_", "-")+" "+why)
		}
		return usageError{fmt.Errorf("nothing was registered: %s", strings.Join(lines, "; "))}
	}
	if c.JSON {
		return printJSON(w.out, map[string]string{"number": number})
	}
	_, err = fmt.Fprintln(w.out, number)
	return err
}

// ask prompts for the fields that are still empty.
func (c *intakeCmd) ask(w *world, office *bot.Office, given map[string]string) {
	lines := bufio.NewScanner(w.in)
	for _, f := range office.Procedure.SOP.Fields {
		for given[f.ID] == "" {
			fmt.Fprintf(w.err, "%s (%s): ", f.Label, f.Example)
			if !lines.Scan() {
				return
			}
			given[f.ID] = strings.TrimSpace(lines.Text())
			if !f.Required {
				break
			}
		}
	}
}
