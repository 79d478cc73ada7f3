#!/bin/sh
# Installs the servers that the integration tests start for themselves (internal/lab):
# Dovecot, Postfix and PostgreSQL, from Debian's packages.
#
#   scripts/install-servers.sh
#
# Does nothing, and says nothing, when all are there. As root it installs what is
# missing: without questions, without starting a service, without removing a package.
# Otherwise it says what to install, and exits 1.
set -eu
PATH=$PATH:/usr/sbin:/sbin

have() {
	for file in "$@"; do
		if [ -x "$file" ]; then return 0; fi
	done
	return 1
}

missing=
have /usr/lib/dovecot/imap || missing="$missing dovecot-imapd"
have /usr/lib/dovecot/lmtp || missing="$missing dovecot-lmtpd"
have /usr/sbin/postfix || missing="$missing postfix"
have /usr/lib/postgresql/*/bin/postgres || command -v postgres >/dev/null || missing="$missing postgresql"
missing=${missing# }
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
	echo "install-servers: this is not Debian; install what it calls: $missing" >&2
	exit 1
fi
if [ "$(id -u)" != 0 ]; then
	echo "install-servers: run as root: apt-get install --no-install-recommends $missing" >&2
	exit 1
fi

# While packages are set up, policy-rc.d forbids to start, stop or restart services.
# One that is there already is put back afterwards.
policy=/usr/sbin/policy-rc.d
kept=$policy.before-install-servers
log=$(mktemp)
restore() {
	status=$?
	trap - EXIT
	rm -f "$policy" "$log"
	if [ -e "$kept" ]; then mv "$kept" "$policy"; fi
	exit "$status"
}
trap restore EXIT
trap 'exit 1' HUP INT TERM
if [ -e "$policy" ] && [ ! -e "$kept" ]; then mv "$policy" "$kept"; fi
printf '#!/bin/sh\nexit 101\n' >"$policy"
chmod 755 "$policy"

export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
apt() {
	apt-get -q -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1 </dev/null || {
		cat "$log" >&2
		echo "install-servers: apt-get $1 failed" >&2
		exit 1
	}
}
echo "install-servers: installing $missing"
case " $missing " in
*" postfix "*) echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections ;;
esac
apt update
# shellcheck disable=SC2086 # a list of words
apt install -y --no-remove --no-install-recommends $missing
