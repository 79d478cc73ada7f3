// Command layanan runs an office's request-and-approval procedure by email.
// Each subcommand has a file of its own; wire.go builds what they share from
// the configuration.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // the office's zone must load on any machine

	"github.com/alecthomas/kong"

	"batan.go.id/layanan/internal/strictyaml"
	"batan.go.id/layanan/workflow"
)

// cli is the command line, as kong reads it.
type cli struct {
	Config string `help:"Configuration file (default: layanan.yaml, then /etc/layanan/layanan.yaml)." type:"path" placeholder:"FILE"`

	Demo        demoCmd        `cmd:"" help:"Play one request from form to closed report; needs nothing."`
	Run         runCmd         `cmd:"" help:"Run the daemon."`
	Check       checkCmd       `cmd:"" help:"Validate the configuration and try every connection."`
	Migrate     migrateCmd     `cmd:"" help:"Bring the database schema up."`
	Explain     explainCmd     `cmd:"" help:"Show what a message means and what would be done with it."`
	Replay      replayCmd      `cmd:"" help:"Read all kept mails again with this binary, and list what would be read otherwise."`
	Requests    requestsCmd    `cmd:"" help:"List, show and export requests."`
	Intake      intakeCmd      `cmd:"" help:"Register a request that came by phone, SMS or walk-in."`
	Delegate    delegateCmd    `cmd:"" help:"Let somebody hold an office for a time, list or end that."`
	DeadLetters deadLettersCmd `cmd:"" help:"Messages that could not be processed."`
	Fuse        fuseCmd        `cmd:"" help:"The limit over all answers: its state, and its reset."`
	Audit       auditCmd       `cmd:"" help:"Verify and export the histories."`
	Purge       purgeCmd       `cmd:"" help:"Take personal data out of what ended long ago."`
	Privacy     privacyCmd     `cmd:"" help:"Show what is held about a person."`
	Sop         sopCmd         `cmd:"" help:"Show, check and draw the procedure."`
	Version     versionCmd     `cmd:"" help:"Print version, commit and Go version."`
}

// world is what a command touches besides its arguments.
type world struct {
	ctx    context.Context
	config string // --config as given
	in     io.Reader
	out    io.Writer
	err    io.Writer
}

// usageError is a fault of the command line or the configuration: exit 2.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// errQuiet ends a command with exit 1 when it has said everything already.
var errQuiet = errors.New("failed")

func main() {
	syscall.Umask(0o077) // whatever file we make is nobody else's: SQLite makes its own
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr) }()
	select {
	case code := <-ended:
		os.Exit(code)
	case <-ctx.Done():
	}
	select {
	case code := <-ended:
		os.Exit(code)
	case <-time.After(stopPatience + time.Second):
		os.Exit(complain(os.Stderr, errors.New("stopped amid its work")))
	}
}

// run runs one command line and returns its exit code: 0 success, 1 failure,
// 2 bad usage or bad configuration.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	c := cli{Intake: intakeCmd{Plugins: kong.Plugins{fieldFlags(workflow.BuiltInSOP().Fields)}}}
	exit := -1
	parser, err := kong.New(&c, kong.Name("layanan"),
		kong.Description("Runs an office's request-and-approval procedure by email."),
		kong.Writers(out, errOut), kong.Exit(func(code int) { exit = code }), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return complain(errOut, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exit >= 0 { // --help was printed
		return exit
	}
	if err != nil {
		return complain(errOut, usageError{err})
	}
	return complain(errOut, command.Run(&world{ctx: ctx, config: c.Config, in: in, out: out, err: errOut}))
}

// complain prints an error as sentences and gives the exit code.
func complain(w io.Writer, err error) int {
	if err == nil {
		return 0
	}
	if !errors.Is(err, errQuiet) {
		for line := range strings.SplitSeq(strings.TrimSpace(err.Error()), "\n") {
			fmt.Fprintf(w, "layanan: %s\n", printable(line))
		}
	}
	var usage usageError
	var faults strictyaml.Errors
	var fault *strictyaml.Error
	if errors.As(err, &usage) || errors.As(err, &faults) || errors.As(err, &fault) {
		return 2
	}
	return 1
}
