#!/bin/sh
# Sets up the relay of one site: it takes lines from the computers of the site, and hands them on to the box.
# When the way to the box is cut, it keeps them on its disk. Can be run again: the result is the same.
set -eu
cd "$(dirname "$0")"

ROLE="guia-log-relay"
PACKAGES="rsyslog rsyslog-gnutls rsyslog-relp"
UNITS="guia-log-relay.service"
# shellcheck source=steps.sh
. ./steps.sh

need_root
need_debian
check_clock @MADE@
need_room /var 6144

umask 022
mkdir -p "$ETC" "$SPOOL"
need_packages
need_user "$ROLE" "$SPOOL" /usr/sbin/nologin
need_folder "$ETC" 0755 root root
need_folder "$SPOOL" 0700 "$ROLE" "$ROLE"

place ca.pem "$ETC/ca.pem" 0644 root root
place relay.pem "$ETC/relay.pem" 0644 root root
place relay.key "$ETC/relay.key" 0400 "$ROLE" "$ROLE"
place rsyslog.conf "$ETC/rsyslog.conf" 0644 root root
say "Files: in place"

check_rsyslog "$ETC/rsyslog.conf"
place_units
keep_undo
start_units
say "DONE send a test from a computer of this site, then look in Guia for what arrived"
