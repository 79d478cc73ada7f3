package integration

import (
	"database/sql"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"batan.go.id/layanan/internal/lab"
)

// The size of the kill test.
const (
	inFlight = 200
	deaths   = 20
)

func TestKillOnSQLite(t *testing.T) {
	t.Parallel()
	testKill(t, func(t *testing.T) string { return "sqlite:layanan.db" })
}

func TestKillOnPostgreSQL(t *testing.T) {
	t.Parallel()
	testKill(t, func(t *testing.T) string { return lab.PostgreSQL(t).Database(t) })
}

// testKill ends the daemon at random moments while requests are on their way
// through the offices, and wants that nobody could tell afterwards.
func testKill(t *testing.T, database func(*testing.T) string) {
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	d := lab.Dovecot(t, users())
	w := newWorkers(t, d, procedure)
	s := bareSite(t, database(t), d).sinkTo(w.host)
	s.Team = oneAdmin
	s.write(t)

	began := time.Now()
	daemon := s.start(t)
	for death := range deaths {
		w.file(inFlight*death/deaths, inFlight*(death+1)/deaths)
		if death == 0 || random.IntN(4) > 0 { // the others die while they start
			daemon.ready(t)
		}
		<-time.After(time.Duration(random.Int64N(int64(1500 * time.Millisecond)))) // the moment is the test
		daemon.kill()
		s.passAway(t)
		daemon = s.start(t)
	}
	killed := time.Since(began)
	w.finish(t, s, inFlight)
	daemon.stop(t)
	w.judge(t, s, inFlight)
	t.Logf("%d requests, %d kills in %v, all done after %v; %d notices delivered, %d of them twice or more",
		inFlight, deaths, killed.Round(time.Second/10), time.Since(began).Round(time.Second/10), w.arrived(), w.doubles())
}

// passAway lets the time pass after which others may take over what a dead
// daemon held: half a minute that the test has not got.
func (s *site) passAway(t *testing.T) {
	t.Helper()
	if strings.HasPrefix(s.Database, "sqlite:") {
		return // nobody else can have been there
	}
	db, err := sql.Open("postgres", s.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // nothing is left to lose
	for _, query := range []string{
		`UPDATE leases SET expires = now() - interval '1 s'`,
		`UPDATE outbox SET claimed_until = now() - interval '1 s' WHERE state = 'sending'`,
	} {
		if _, err := db.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
}
