#!/bin/sh
# Takes back what install.sh did here: service, files, user, and the packages that it installed.
set -eu
cd "$(dirname "$0")"

ROLE="@ROLE@"
UNITS="@ROLE@.service"
# shellcheck source=steps.sh
. ./steps.sh

need_root
stop_units
undo_packages
undo_users
rm -rf "$ETC" "$SPOOL" "$RUN"
say "UNDONE"
