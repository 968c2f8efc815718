#!/bin/sh
# Sets up the log of the office on this box (Debian or Ubuntu). Can be run again: the result is the same.
# It asks nothing. Each step says one line. undo.sh takes everything back.
set -eu
cd "$(dirname "$0")"

ROLE="guia-log"
PACKAGES="rsyslog rsyslog-gnutls @RELP_PACKAGE@ openssh-server logrotate"
UNITS="guia-log.service guia-log-read.service"
LOGS="/var/log/guia"
# shellcheck source=steps.sh
. ./steps.sh

need_root
need_debian
check_clock @MADE@
need_room /var 1024
if [ -d /var/log ]; then need_room /var/log 1024; fi

umask 022
mkdir -p "$ETC" "$SPOOL"
need_packages
need_user guia-log "$SPOOL" /usr/sbin/nologin
need_user guia-read "$ETC" /bin/sh
usermod -a -G guia-log guia-read
need_folder "$ETC" 0755 root root
need_folder "$SPOOL" 0700 guia-log guia-log
need_folder "$LOGS" 0750 guia-log guia-log
# a log that was kept when an earlier box was undone belongs to root
find "$LOGS" -maxdepth 1 -type f -name 'audit.log*' ! -user guia-log -exec chown -h guia-log:guia-log {} +

place ca.pem "$ETC/ca.pem" 0644 root root
place server.pem "$ETC/server.pem" 0644 root root
place server.key "$ETC/server.key" 0400 guia-log guia-log
place selftest.pem "$ETC/selftest.pem" 0644 root root
place selftest.key "$ETC/selftest.key" 0400 guia-log guia-log
place rsyslog.conf "$ETC/rsyslog.conf" 0644 root root
place selftest.conf "$ETC/selftest.conf" 0644 root root
place sshd_config "$ETC/sshd_config" 0644 root root
place read_host_key "$ETC/read_host_key" 0400 guia-read guia-read
place read_authorized_keys "$ETC/read_authorized_keys" 0644 root root
place guia-log-read /usr/local/bin/guia-log-read 0755 root root
place guia-log-run /usr/local/bin/guia-log-run 0755 root root
place guia-log.logrotate /etc/logrotate.d/guia-log 0644 root root
say "Files: in place"

check_rsyslog "$ETC/rsyslog.conf"
place_units
keep_undo
start_units

# The test: a line goes in over TLS, with a certificate of its own, and is found in the file --------------------------

try=$(mktemp -d)
receiver=
sender=
cleanup() {
    for running in $sender $receiver; do
        kill "$running" 2>/dev/null || true
        wait "$running" 2>/dev/null || true
    done
    rm -rf "$try"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM # dash would leave without cleaning up
chown guia-log "$try"
as_log="setpriv --reuid guia-log --regid guia-log --clear-groups"

if ! systemd_runs; then
    [ -d "$RUN" ] || { mkdir -p "$RUN" && chown guia-log:guia-log "$RUN" && chmod 0750 "$RUN"; }
    $as_log /usr/local/bin/guia-log-run >/dev/null 2>&1 &
    receiver=$!
fi
nonce="ready-$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')"
echo "guia self test $nonce" >"$try/line"
chown guia-log "$try/line"
sed "s#/var/lib/guia-log/selftest#$try#" "$ETC/selftest.conf" >"$try/selftest.conf"
chmod 0644 "$try/selftest.conf"
# it tries again until the receiver is there, which takes a while on an old computer
$as_log /usr/sbin/rsyslogd -n -f "$try/selftest.conf" -i "$try/pid" >/dev/null 2>&1 &
sender=$!
tries=0
until /usr/local/bin/guia-log-read find "$nonce" | grep -q '^found 1$'; do
    tries=$((tries + 1))
    [ "$tries" -le 60 ] || fail E8 "the line of the test did not arrive: $(tail -n 1 "$RUN/complaints.log" 2>/dev/null)"
    sleep 1
done
say "Test: a line was sent over TLS and found in $LOGS/audit.log"
say "READY $nonce @HOST@ certificates until @UNTIL@"
