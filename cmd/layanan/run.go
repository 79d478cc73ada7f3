package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"batan.go.id/layanan/internal/bot"
	"batan.go.id/layanan/internal/config"
)

type runCmd struct {
	LogFormat string `help:"How to write the log: text or json." enum:"text,json" default:"text"`
}

// Run is the daemon: until SIGTERM or SIGINT; SIGHUP loads roles, calendar and
// SOP anew.
func (c *runCmd) Run(w *world) error {
	cfg, st, office, err := w.openOffice()
	if err != nil {
		return err
	}
	log := newLog(w.err, c.LogFormat)
	for _, warning := range cfg.Warnings {
		log.Warn(warning)
	}
	b := bot.New(bot.Options{Store: st, Office: office, IMAP: imapConfig(cfg, log), SMTP: smtpConfig(cfg),
		ProcessBacklog: cfg.IMAP.Backlog == config.BacklogProcess, Log: log})
	ctx, stop := context.WithCancel(w.ctx)
	defer stop()
	go w.reloadOnHangup(ctx, b, log)
	ended := make(chan error, 1)
	go func() { ended <- errors.Join(b.Run(ctx), st.Close()) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(stopPatience):
		log.Warn("stopped amid some work, which is done again at the next start")
		return nil
	}
}

// stopPatience is how long the daemon gets to finish what it has in hand, which takes no more than ten seconds unless
// something hangs. What was not committed by then is begun anew after the next start, as after a crash.
const stopPatience = 12 * time.Second

// reloadOnHangup puts the files into force again at every SIGHUP; a faulty
// file changes nothing.
func (w *world) reloadOnHangup(ctx context.Context, b *bot.Bot, log *slog.Logger) {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangup:
		}
		cfg, err := w.load()
		if err == nil {
			var office *bot.Office
			if office, err = loadOffice(cfg); err == nil {
				b.Use(office)
				log.Info("reloaded roles, calendar and SOP")
				continue
			}
		}
		log.Error("not reloaded, the old settings stay in force", "error", err)
	}
}
