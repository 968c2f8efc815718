# Steps that install.sh and undo.sh share; read in by both. POSIX sh. Nothing is done by reading this file.
# Each script says first: ROLE (its name everywhere), PACKAGES (of the distribution), UNITS (its services).

ETC="/etc/$ROLE"
SPOOL="/var/lib/$ROLE"
RUN="/run/$ROLE" # for whoever reads this in
export RUN
BROUGHT="/var/lib/guia-log-brought" # what came with packages; shared, as parts of the log share them
LC_ALL=C
DEBIAN_FRONTEND=noninteractive
export LC_ALL DEBIAN_FRONTEND

say() { printf '%s\n' "$*"; }

# fail CODE WORDS: the code is explained on the page of instructions
fail() {
    code=$1
    shift
    printf 'NOT DONE [%s]: %s\n' "$code" "$*" >&2
    exit 1
}

need_root() { [ "$(id -u)" -eq 0 ] || fail E1 "run it as root: sudo sh $0"; }

need_debian() {
    # shellcheck source=/dev/null  # a file of the system
    family=$(. /etc/os-release 2>/dev/null && echo "${ID:-} ${ID_LIKE:-}")
    case " $family " in
    *" debian "* | *" ubuntu "*) ;;
    *) fail E2 "this is neither Debian nor Ubuntu; nothing was changed" ;;
    esac
    for tool in apt-get dpkg-query systemctl; do
        command -v "$tool" >/dev/null || fail E2 "$tool is missing here; nothing was changed"
    done
}

# where no systemd is running (a folder being prepared), services start when it does
systemd_runs() { [ -d /run/systemd/system ]; }

# check_clock SECONDS: the folder was made then (seconds since 1970), so it cannot be earlier now
check_clock() {
    behind=$(($1 - $(date +%s)))
    if [ "$behind" -gt 300 ]; then
        fail E3 "the clock of this box is at least $((behind / 60)) minutes behind; set it: timedatectl set-time 'YYYY-MM-DD HH:MM'"
    fi
    if ! systemd_runs || ! command -v timedatectl >/dev/null; then
        say "Clock: $(date -u '+%Y-%m-%d %H:%M UTC'); compare it with your watch"
        return
    fi
    off=$(timedatectl timesync-status 2>/dev/null | sed -n 's/^ *Offset: //p')
    if [ "$(timedatectl show -p NTPSynchronized --value 2>/dev/null)" = yes ]; then
        say "Clock: kept right by the network${off:+, off by $off}"
    else
        say "WARNING [W1]: nobody keeps the clock right. It says $(date -u '+%Y-%m-%d %H:%M UTC')${off:+, off by $off}. Mend it: timedatectl set-ntp true"
    fi
}

# need_room FOLDER MEGABYTES
need_room() {
    free=$(df -Pm "$1" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$2" ] || fail E4 "$1 has $free MB free, $2 MB are needed"
    say "Room: $free MB free"
}

# users and groups of the system, one a line; never a person's
accounts() {
    getent passwd | awk -F : '$3 < 1000 { print "user " $1 }'
    getent group | awk -F : '$3 < 1000 { print "group " $1 }'
}

# where the power failed while packages came or went, Debian finishes them before it does anything else
finish_packages() {
    [ -d "$BROUGHT" ] || return 0
    dpkg --force-confdef --force-confold --configure -a >/dev/null 2>&1 </dev/null || true
    apt-get -y -qq -f --no-install-recommends install >/dev/null 2>&1 </dev/null || true
}

# nothing of a package is on this computer, not even a half
gone() { case $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) in '' | not-installed) ;; *) return 1 ;; esac }

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# a service of the distribution that comes with a package and is not wanted: it must not start, today or at the next boot
keep_asleep() {
    for unit in "$@"; do
        [ -e "/etc/systemd/system/$unit" ] && continue
        echo "$unit" >>"$BROUGHT/masked"
        systemctl mask "$unit" >/dev/null 2>&1
    done
}

need_packages() {
    if [ -e "$BROUGHT/accounts-before" ]; then finish_packages; fi
    missing=
    for package in $PACKAGES; do installed "$package" || missing="$missing $package"; done
    if [ -z "$missing" ]; then
        note_accounts
        say "Packages: all there"
        return
    fi
    # shellcheck disable=SC2086  # names of packages, one word each
    plan=$(apt-get -s install --no-install-recommends $missing 2>/dev/null) || {
        apt-get -qq update >/dev/null 2>&1 || true
        plan=$(apt-get -s install --no-install-recommends $missing 2>/dev/null) ||
            fail E5 "these packages cannot be had:$missing. Connect the box to the Internet for this step, or install them from a medium"
    }
    # all is fetched before anything is changed
    # shellcheck disable=SC2086
    apt-get -y -qq -d --no-install-recommends install $missing >/dev/null 2>&1 || {
        apt-get -qq update >/dev/null 2>&1 || true
        apt-get -y -qq -d --no-install-recommends install $missing >/dev/null 2>&1 ||
            fail E5 "these packages cannot be fetched:$missing. Connect the box to the Internet for this step"
    }
    mkdir -p "$BROUGHT"
    # written down before it is done, so that undo knows them even if the power fails in between
    printf '%s\n' "$plan" | awk '$1 == "Inst" && $3 !~ /^\[/ { print $2 }' >>"$BROUGHT/packages"
    installed rsyslog || keep_asleep rsyslog.service syslog.socket
    case "$missing" in *openssh-server*) keep_asleep ssh.service ssh.socket ;; esac
    [ -e "$BROUGHT/accounts-before" ] || { accounts >"$BROUGHT/draft" && mv "$BROUGHT/draft" "$BROUGHT/accounts-before"; }
    # shellcheck disable=SC2086
    apt-get -y -qq --no-install-recommends install $missing >"$SPOOL/apt.log" 2>&1 </dev/null ||
        fail E5 "these packages could not be installed:$missing. Look into $SPOOL/apt.log"
    note_accounts
    rm -f "$SPOOL/apt.log"
    say "Packages: installed$missing"
}

# a package may leave its user or group behind when it goes
note_accounts() {
    [ -e "$BROUGHT/accounts-before" ] || return 0
    accounts | grep -v -x -F -f "$BROUGHT/accounts-before" >>"$BROUGHT/accounts" || true
    rm -f "$BROUGHT/accounts-before"
}

# need_user NAME HOME SHELL: a user of the system without a password, who cannot sign in
need_user() {
    getent passwd "$1" >/dev/null && return
    echo "$1" >>"$ETC/users" # before it is there: undo knows it even if the power fails in between
    useradd --system --user-group --no-create-home --home-dir "$2" --shell "$3" --password '*' "$1"
}

# need_folder PATH MODE OWNER GROUP
need_folder() {
    [ -d "$1" ] || mkdir -p "$1"
    chmod "$2" "$1"
    chown "$3:$4" "$1"
}

# place FILE TARGET MODE OWNER GROUP: only what differs is written
place() {
    cmp -s "$1" "$2" || install -m "$3" -o "$4" -g "$5" "$1" "$2"
    chmod "$3" "$2"
    chown "$4:$5" "$2"
}

# the folder is deleted when all is set up, so what undoes it stays here
keep_undo() {
    place undo.sh "$ETC/undo.sh" 0755 root root
    place steps.sh "$ETC/steps.sh" 0644 root root
}

place_units() {
    for unit in $UNITS; do place "$unit" "/etc/systemd/system/$unit" 0644 root root; done
}

check_rsyslog() {
    said=$(rsyslogd -N1 -f "$1" 2>&1) || fail E6 "rsyslog does not accept $1: $said"
    say "Settings: accepted by rsyslog"
}

start_units() {
    # shellcheck disable=SC2086  # names of units, one word each
    systemctl -q enable $UNITS 2>/dev/null || fail E7 "the services could not be entered: systemctl enable $UNITS"
    if systemd_runs; then
        systemctl daemon-reload
        # shellcheck disable=SC2086
        systemctl restart $UNITS || fail E7 "a service did not start; look with: systemctl status $UNITS"
        say "Services: running, and started at each boot ($UNITS)"
    else
        say "Services: entered; they start at the next boot, as no systemd is running here ($UNITS)"
    fi
}

# Undoing ---------------------------------------------------------------------------------------------------------

stop_units() {
    for unit in $UNITS; do
        [ -e "/etc/systemd/system/$unit" ] || continue
        if systemd_runs; then systemctl -q stop "$unit" 2>/dev/null || true; fi
        systemctl -q disable "$unit" 2>/dev/null || true
        rm -f "/etc/systemd/system/$unit"
    done
    if systemd_runs; then systemctl daemon-reload; fi
    say "Services: gone"
}

# packages that install.sh brought, unless something else has come to need them
undo_packages() {
    [ -d "$BROUGHT" ] || return 0
    if ls /etc/systemd/system/guia-log*.service >/dev/null 2>&1; then
        say "Packages: kept, as another part of the log uses them"
        return 0
    fi
    if [ -f "$BROUGHT/masked" ]; then
        while read -r unit; do
            [ "$(readlink "/etc/systemd/system/$unit")" = /dev/null ] && continue
            [ -e "/lib/systemd/system/$unit" ] || continue
            say "Packages: kept, as somebody uses $unit now"
            return 0
        done <"$BROUGHT/masked"
    fi
    finish_packages
    ours=$(sort -u "$BROUGHT/packages" 2>/dev/null | while read -r package; do
        gone "$package" || printf '%s ' "$package"
    done)
    # shellcheck disable=SC2086  # names of packages, one word each
    others=$(apt-get -s purge $ours 2>/dev/null | awk '$1 == "Remv" || $1 == "Purg" { print $2 }' | sort -u |
        while read -r name; do case " $ours " in *" $name "*) ;; *) printf '%s ' "$name" ;; esac; done)
    if [ -n "$others" ]; then
        say "Packages: kept, as these need them now: $others"
        return 0
    fi
    # shellcheck disable=SC2086
    apt-get -y -qq purge $ours >/dev/null 2>&1 </dev/null ||
        fail U2 "these packages could not be removed, so not all is undone: $ours. Type the same line again"
    note_accounts
    if [ -f "$BROUGHT/accounts" ]; then
        while read -r kind name; do "${kind}del" "$name" >/dev/null 2>&1 || true; done <"$BROUGHT/accounts"
    fi
    if [ -f "$BROUGHT/masked" ]; then
        while read -r unit; do
            if [ "$(readlink "/etc/systemd/system/$unit")" = /dev/null ]; then rm -f "/etc/systemd/system/$unit"; fi
        done <"$BROUGHT/masked"
    fi
    rm -rf "$BROUGHT"
    if systemd_runs; then systemctl daemon-reload; fi
    say "Packages: removed $ours"
}

undo_users() {
    if [ -f "$ETC/users" ]; then
        while read -r user; do
            # by force: its services are stopped, and a process of the same number elsewhere is none of this user's
            userdel -f "$user" 2>/dev/null || true
            groupdel "$user" 2>/dev/null || true
            if id "$user" >/dev/null 2>&1; then fail U2 "the user $user could not be removed: userdel $user says why"; fi
        done <"$ETC/users"
    fi
    say "Users: gone"
}
