#!/bin/sh
# Sends Nextcloud's audit log to the log of the office. Runs on the computer of the Nextcloud. Can be run again.
# It looks for the file itself; where it does not find it, name it: sh install.sh /path/to/data/audit.log
set -eu
cd "$(dirname "$0")"

ROLE="guia-log-nextcloud"
PACKAGES="rsyslog rsyslog-gnutls"
UNITS="guia-log-nextcloud.service"
# shellcheck source=steps.sh
. ./steps.sh

need_root
need_debian
check_clock @MADE@
need_room /var 256

audit=${1:-}
if [ -z "$audit" ]; then
    for found in /var/www/nextcloud/data/audit.log /var/www/html/data/audit.log /var/nextcloud/data/audit.log \
        /srv/nextcloud/data/audit.log /mnt/ncdata/audit.log /var/snap/nextcloud/common/nextcloud/data/audit.log; do
        if [ -f "$found" ]; then audit=$found; break; fi
    done
fi
if [ ! -f "$audit" ]; then
    fail N1 "no audit.log of a Nextcloud was found; name it: sh install.sh /path/to/data/audit.log"
fi
case $audit in
*[!A-Za-z0-9._/-]*) fail N2 "the path of the audit log has letters that cannot be used here: $audit" ;;
/*) ;;
*) fail N2 "name the audit log from the root on: /path/to/data/audit.log" ;;
esac
[ -s "$audit" ] || say "WARNING [W2]: $audit is empty. Nextcloud writes to it only when log.condition names admin_audit"

umask 022
mkdir -p "$ETC" "$SPOOL"
need_packages
need_user "$ROLE" "$SPOOL" /usr/sbin/nologin
group=$(stat -c %G "$audit")
[ "$group" != root ] || fail N3 "only root may read $audit; give it to the group of the web server: chgrp www-data $audit"
usermod -a -G "$group" "$ROLE"
need_folder "$ETC" 0755 root root
need_folder "$SPOOL" 0700 "$ROLE" "$ROLE"

place ca.pem "$ETC/ca.pem" 0644 root root
place client.pem "$ETC/client.pem" 0644 root root
place client.key "$ETC/client.key" 0400 "$ROLE" "$ROLE"
filled=$(mktemp)
trap 'rm -f "$filled"' EXIT
trap 'exit 1' HUP INT TERM
sed "s#AUDIT-LOG#$audit#" rsyslog.conf >"$filled"
place "$filled" "$ETC/rsyslog.conf" 0644 root root
say "Files: in place, for $audit"
setpriv --reuid "$ROLE" --regid "$ROLE" --init-groups test -r "$audit" ||
    fail N3 "the group $group may not read $audit; allow it: chmod g+r $audit, and g+x for its folders"

check_rsyslog "$ETC/rsyslog.conf"
place_units
keep_undo
start_units
say "DONE sign in to Nextcloud once, then look in Guia for what arrived"
