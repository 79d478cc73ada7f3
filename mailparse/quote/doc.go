// Package quote parts what a mail's sender newly wrote from all else: quoted and forwarded mails, signatures, the
// lines that devices, servers and offices add. Each cut names its rule, so that "layanan explain" can show why a line
// did not count. A [Frame] tells it what no signature of the site holds.
package quote
