package main

import (
	"bufio"
	"fmt"
	"reflect"
	"strings"
	"time"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/workflow"
	"github.com/alecthomas/kong"
)

type intakeCmd struct {
	By    string            `help:"The staff member who takes the request (address of a role holder)." required:"" placeholder:"STAFF-EMAIL"`
	Field map[string]string `help:"A field of the form, e.g. --field nip='19850217 201012 1 003'; may be repeated." placeholder:"ID=VALUE" mapsep:"none"`

	kong.Plugins      // a flag for each field of the built-in form
	JSON         bool `help:"Print JSON."`
}

// fieldFlags makes a structure with a flag for each field of a form: --unit-kerja for unit_kerja. A site's own fields
// are given by --field.
func fieldFlags(fields []workflow.Field) any {
	var members []reflect.StructField
	for _, f := range fields {
		tag := fmt.Sprintf(`name:%q help:%q`, strings.ReplaceAll(f.ID, "_", "-"), f.Label+", as people write it.")
		members = append(members, reflect.StructField{Name: "F" + f.ID, Type: reflect.TypeFor[string](),
			Tag: reflect.StructTag(tag)})
	}
	return reflect.New(reflect.StructOf(members)).Interface()
}

// flags are the values that flags of their own gave, by field id.
func (c *intakeCmd) flags() map[string]string {
	given := map[string]string{}
	for _, plugin := range c.Plugins {
		v := reflect.ValueOf(plugin).Elem()
		for i := range v.NumField() {
			given[strings.TrimPrefix(v.Type().Field(i).Name, "F")] = v.Field(i).String()
		}
	}
	return given
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
	given := c.flags()
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
