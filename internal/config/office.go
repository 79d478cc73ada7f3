package config

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"batan.go.id/layanan/internal/strictyaml"
)

func (c *checker) roles(list strictyaml.Ordered[[]personKeys]) (map[string][]Person, []string) {
	roles := make(map[string][]Person, len(list))
	order := make([]string, 0, len(list))
	if len(list) == 0 {
		c.fail("roles", "no office is named")
	}
	for _, role := range list {
		key := "roles." + role.Key
		if len(role.Value) == 0 {
			c.fail(key, "nobody holds this office")
		}
		seen := make(map[string]bool, len(role.Value))
		for i, p := range role.Value {
			at := fmt.Sprintf("%s[%d]", key, i)
			c.line(at+".name", p.Name)
			if c.address(at+".email", p.Email) && seen[strings.ToLower(p.Email)] {
				c.fail(at+".email", "%s is listed twice in this office", p.Email)
			}
			seen[strings.ToLower(p.Email)] = true
			roles[role.Key] = append(roles[role.Key], Person(p))
		}
		order = append(order, role.Key)
	}
	c.further(list)
	return roles, order
}

// further refuses a further address that is somebody else's: which of the two
// wrote, nobody could tell.
func (c *checker) further(list strictyaml.Ordered[[]personKeys]) {
	// of each address: the place that has it as a main one; whose it is
	main, owner := map[string]string{}, map[string]string{}
	for _, role := range list {
		for i, p := range role.Value {
			if a := strings.ToLower(p.Email); main[a] == "" {
				main[a] = fmt.Sprintf("roles.%s[%d]", role.Key, i)
			}
		}
	}
	for _, role := range list {
		for i, p := range role.Value {
			seen := map[string]bool{}
			for j, also := range p.Also {
				at, a, who := fmt.Sprintf("roles.%s[%d].also[%d]", role.Key, i, j), strings.ToLower(also), strings.ToLower(p.Email)
				switch {
				case !c.address(at, also):
				case a == who:
					c.fail(at, "%s is this person's email already", also)
				case main[a] != "":
					c.fail(at, "%s is the email of %s", also, main[a])
				case seen[a]:
					c.fail(at, "%s is listed twice", also)
				case owner[a] != "" && owner[a] != who:
					c.fail(at, "%s is a further address of %s already", also, owner[a])
				}
				seen[a], owner[a] = true, who
			}
		}
	}
}

func (c *checker) calendar(k *calendarKeys) Calendar {
	cal := Calendar{Always: k.Hours.always, Hours: k.Hours.spans}
	for i, h := range k.Holidays {
		at := fmt.Sprintf("calendar.holidays[%d]", i)
		if h.File == "" {
			c.dates(at, h.Dates)
			cal.Holidays = append(cal.Holidays, Holiday{Dates: h.Dates})
			continue
		}
		path := c.path(h.File)
		c.read(at, path, 1)
		cal.Holidays = append(cal.Holidays, Holiday{File: path})
	}
	return cal
}

// dates checks a day or a range of days, both ends counting.
func (c *checker) dates(key, text string) {
	first, last, isRange := strings.Cut(text, "/")
	from, err := time.Parse(time.DateOnly, first)
	to := from
	if err == nil && isRange {
		to, err = time.Parse(time.DateOnly, last)
	}
	switch {
	case err != nil:
		c.fail(key, "want a date 2026-01-01, a range 2026-03-20/2026-03-24 or {file: libur.ics}, have %q", text)
	case to.Before(from):
		c.fail(key, "the range ends before it begins: %q", text)
	}
}

// sop tells a path from the name of a built-in procedure.
func (c *checker) sop(text string) (sop string, isFile bool) {
	ext := filepath.Ext(text)
	if text == "" {
		c.fail("sop", "must not be empty")
	}
	if !strings.ContainsAny(text, `/\`) && ext != ".yaml" && ext != ".yml" {
		return text, false
	}
	path := c.path(text)
	c.read("sop", path, 1)
	c.ruling(path)
	return path, true
}
