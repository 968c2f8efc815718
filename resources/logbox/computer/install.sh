#!/bin/sh
# Sends the sign-ins of this Linux computer (sudo, ssh, the desktop) to the log of the office. Can be run again.
# At a site with a relay of its own, name the relay: sh install.sh ADDRESS-OF-THE-RELAY
set -eu
cd "$(dirname "$0")"

ROLE="guia-log-computer"
PACKAGES="rsyslog rsyslog-gnutls"
UNITS="guia-log-computer.service"
# shellcheck source=steps.sh
. ./steps.sh

need_root
need_debian
check_clock @MADE@
need_room /var 256
target=${1:-@HOST@}
case $target in
'' | -* | *[!A-Za-z0-9.:-]*) fail C1 "this is no name and no address of a relay: $target" ;;
esac

umask 022
mkdir -p "$ETC" "$SPOOL"
need_packages
need_user "$ROLE" "$SPOOL" /usr/sbin/nologin
if getent group systemd-journal >/dev/null; then usermod -a -G systemd-journal "$ROLE"; fi
need_folder "$ETC" 0755 root root
need_folder "$SPOOL" 0700 "$ROLE" "$ROLE"

place ca.pem "$ETC/ca.pem" 0644 root root
place client.pem "$ETC/client.pem" 0644 root root
place client.key "$ETC/client.key" 0400 "$ROLE" "$ROLE"
filled=$(mktemp)
trap 'rm -f "$filled"' EXIT
trap 'exit 1' HUP INT TERM
sed "s#target=\"@HOST@\"#target=\"$target\"#" rsyslog.conf >"$filled"
place "$filled" "$ETC/rsyslog.conf" 0644 root root
say "Files: in place, towards $target"

check_rsyslog "$ETC/rsyslog.conf"
place_units
keep_undo
start_units
say "DONE sign out and in once, then look in Guia for what arrived"
