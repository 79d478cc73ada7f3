package mailbox

import "time"

// Hasty returns cfg with all waiting cut to what a test can afford.
func Hasty(cfg Config) Config {
	cfg.timing = timing{
		silence:    time.Second,
		greeting:   300 * time.Millisecond,
		idle:       100 * time.Millisecond,
		grace:      2 * time.Second,
		goodbye:    200 * time.Millisecond,
		retry:      10 * time.Millisecond,
		pause:      10 * time.Millisecond,
		pauseMax:   50 * time.Millisecond,
		pauseFault: 50 * time.Millisecond,
		faultMax:   50 * time.Millisecond,
	}
	return cfg
}
