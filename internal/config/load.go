package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"batan.go.id/layanan/internal/strictyaml"
)

// Where [Find] looks when no file is named.
const (
	defaultFile = "layanan.yaml"
	systemFile  = "/etc/layanan/layanan.yaml"
)

// Find gives the configuration file to load: explicit when it is not empty,
// else layanan.yaml in the working directory, else /etc/layanan/layanan.yaml.
// The error tells that none of them exists.
func Find(explicit string) (string, error) {
	if explicit != "" {
		return explicit, nil
	}
	for _, path := range []string{defaultFile, systemFile} {
		// A file that is there but cannot be read is for Load to complain of.
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			return path, nil
		}
	}
	return "", fmt.Errorf("no configuration: neither %s nor %s exists; name one with --config", defaultFile, systemFile)
}

// Load reads and checks a configuration file, and the password files and
// certificates that it names. Paths in it are relative to the file; ${VAR}
// reads the environment. The error is of type [strictyaml.Errors] and holds
// every fault.
func Load(path string) (*Config, error) {
	data, err := readLimited(path, strictyaml.MaxSize+1)
	if err != nil {
		return nil, strictyaml.Errors{{File: path, Msg: "cannot be read: " + reason(err)}}
	}
	f := defaults()
	var faults strictyaml.Errors
	if err := strictyaml.Decode(path, data, &f, strictyaml.Env(os.LookupEnv)); err != nil {
		if !errors.As(err, &faults) || f.Pos.Line == 0 { // no mapping, so nothing to check
			return nil, err
		}
	}
	c := &checker{pos: f.Pos, dir: filepath.Dir(path)}
	c.ruling(path)
	cfg := c.config(&f)
	faults = append(faults, unblamed(c.faults, faults)...)
	if len(faults) > 0 {
		faults.Sort()
		return nil, faults
	}
	return cfg, nil
}

// unblamed gives the faults whose value is not already at fault in known, by
// itself, as a part of something larger, in one of its parts, or under a
// misspelt key: one slip is told once.
func unblamed(faults, known strictyaml.Errors) strictyaml.Errors {
	return slices.DeleteFunc(faults, func(e *strictyaml.Error) bool {
		return slices.ContainsFunc(known, func(k *strictyaml.Error) bool {
			return within(e.Key, k.Key) || within(k.Key, e.Key) || k.Meant != "" && within(e.Key, k.Meant)
		})
	})
}

// within reports whether key is outer, or a part of it.
func within(key, outer string) bool {
	rest, ok := strings.CutPrefix(key, outer)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// checker turns a file into a Config and collects what is wrong with it.
type checker struct {
	pos      strictyaml.Pos
	dir      string // of the configuration file
	faults   strictyaml.Errors
	warnings []string
}

func (c *checker) fail(key, format string, args ...any) {
	c.faults = append(c.faults, c.pos.Errorf(key, format, args...))
}

func (c *checker) warn(key, format string, args ...any) {
	c.warnings = append(c.warnings, c.pos.Errorf(key, format, args...).Error())
}

func (c *checker) config(f *file) *Config {
	cfg := &Config{
		Service:  c.service(&f.Service),
		Database: c.database(f.Database, f.DatabasePassword),
		IMAP:     c.imap(&f.IMAP),
		SMTP:     c.smtp(&f.SMTP),
		Calendar: c.calendar(&f.Calendar),
		Shadow:   f.Shadow,
		pos:      f.Pos,
	}
	cfg.Roles, cfg.RoleOrder = c.roles(f.Roles)
	cfg.SOP, cfg.SOPIsFile = c.sop(f.SOP)
	cfg.Trust = c.trust(&f.Trust, cfg.Service.Address)
	cfg.Limits = c.limits(&f.Limits, &cfg.Trust)
	c.loops(cfg)
	c.slips(cfg)
	if len(cfg.Service.Operators) == 0 {
		if cfg.Shadow {
			c.fail("shadow", "every mail goes to the operators, but service.operators names nobody")
		} else {
			c.warn("service.operators", "nobody is named, so nobody receives dead-letter and health notices")
		}
	}
	cfg.Warnings = c.warnings
	return cfg
}

// path makes a path relative to the configuration file.
func (c *checker) path(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.dir, p)
}

// read gives what is in the file that key names, at most limit bytes.
func (c *checker) read(key, path string, limit int64) ([]byte, bool) {
	data, err := readLimited(path, limit)
	if err != nil {
		c.fail(key, "%s cannot be read: %s", path, reason(err))
		return nil, false
	}
	return data, true
}

// readLimited reads no more than limit bytes of a file: what is named by
// mistake may be huge.
func readLimited(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errors.New("it is a directory")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}

// reason is an error of the file system without the path, which the sentence
// around it names already.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}
