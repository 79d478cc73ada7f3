package config

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

func (c *checker) database(text, passwordFile string) Database {
	scheme, rest, _ := strings.Cut(text, ":")
	switch scheme {
	case "sqlite":
		if passwordFile != "" {
			c.fail("database_password_file", "SQLite has no password")
		}
		return c.sqlite(rest)
	case "postgres", "postgresql":
		return c.postgres(text, c.path(passwordFile))
	}
	c.fail("database", "want sqlite:FILE or postgres://user@host:5432/name")
	return Database{}
}

func (c *checker) sqlite(path string) Database {
	switch {
	case path == "" || path == ":memory:":
		c.fail("database", "want the path of a file after sqlite:")
		return Database{}
	case strings.HasPrefix(path, "//") && !strings.HasPrefix(path, "///"):
		c.fail("database", "want sqlite:FILE without slashes before a relative path")
		return Database{}
	case strings.ContainsAny(path, "?#\n"):
		c.fail("database", "a path with ? or # or parameters is not supported")
		return Database{}
	}
	path = filepath.Clean(c.path(path))
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		c.fail("database", "the directory %s does not exist", filepath.Dir(path))
	}
	c.sqliteFiles(path)
	return Database{Driver: SQLite, Path: path, URL: "sqlite:" + path, DSN: Password(path)}
}

// postgres checks the URL. Its own text never shows in a fault, because it may
// hold a password.
func (c *checker) postgres(text, passwordFile string) Database {
	u, err := url.Parse(text)
	if err != nil {
		c.fail("database", "this is not a URL: want postgres://user@host:5432/name (a password is given by "+
			"database_password_file)")
		return Database{}
	}
	if _, inline := u.User.Password(); inline || u.Query().Has("password") {
		c.fail("database", "no password in the URL: put it into a file and name that with database_password_file "+
			"(PostgreSQL's own PGPASSFILE works too)")
		return Database{}
	}
	if u.Host == "" && !strings.HasPrefix(u.Query().Get("host"), "/") {
		c.fail("database", "no host: want postgres://user@host:5432/name, or postgres:///name?host=/directory-of-the-socket")
	}
	if strings.Trim(u.Path, "/") == "" || strings.Contains(strings.Trim(u.Path, "/"), "/") {
		c.fail("database", "no database name: want postgres://user@host:5432/name")
	}
	d := Database{Driver: Postgres, URL: u.String(), DSN: Password(u.String())}
	if passwordFile == "" {
		return d
	}
	if u.User.Username() == "" {
		c.fail("database", "a password needs a user: want postgres://user@host:5432/name")
	}
	password := c.password("database_password_file", passwordFile)
	u.User = url.UserPassword(u.User.Username(), string(password))
	d.DSN = Password(u.String())
	return d
}
