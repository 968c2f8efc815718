#!/bin/sh
# Takes back what install.sh did: services, files, users, and the packages that it installed.
# Somebody may need the log itself later, so you say what becomes of it: --keep-log or --delete-log.
set -eu
cd "$(dirname "$0")"

ROLE="guia-log"
UNITS="guia-log-read.service guia-log.service"
LOGS="/var/log/guia"
# shellcheck source=steps.sh
. ./steps.sh

need_root
case ${1:-} in
--keep-log | --delete-log) ;;
'')
    if [ -n "$(find "$LOGS" -type f -size +0 2>/dev/null)" ]; then
        fail U1 "say what becomes of the log in $LOGS: sh $0 --keep-log, or sh $0 --delete-log"
    fi
    ;;
*) fail U1 "unknown: $1. sh $0 --keep-log, or sh $0 --delete-log" ;;
esac

stop_units
rm -f /usr/local/bin/guia-log-read /usr/local/bin/guia-log-run /etc/logrotate.d/guia-log
undo_packages
undo_users
rm -rf "$ETC" "$SPOOL" "$RUN"
if [ "${1:-}" = --keep-log ] && [ -d "$LOGS" ]; then
    chown -R root:root "$LOGS"
    chmod 0700 "$LOGS"
    say "Log: kept in $LOGS, for root alone"
else
    rm -rf "$LOGS"
    say "Log: deleted"
fi
say "UNDONE"
