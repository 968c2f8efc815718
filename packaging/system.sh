#!/usr/bin/env bash
# What the system itself must bring: Qt's libraries, and the tools of tests and builds.
# `packaging/system.sh environment|run|test|torture|packages`: installs what is missing with apt-get where it may, else
# names it in one line and goes on. Silent when nothing is missing. Not needed on Windows and macOS.
set -euo pipefail

[[ $(uname -s) == Linux ]] || exit 0

# found by: package. Libraries by their file, tools by their command. What Qt's wheel links to and does not bring
LIBRARIES="
libEGL.so.1:libegl1
libGL.so.1:libgl1
libdbus-1.so.3:libdbus-1-3
libfontconfig.so.1:libfontconfig1
libglib-2.0.so.0:libglib2.0-0
libgssapi_krb5.so.2:libgssapi-krb5-2
libxkbcommon.so.0:libxkbcommon0
"
SCREEN="
libX11-xcb.so.1:libx11-xcb1
libwayland-cursor.so.0:libwayland-cursor0
libxcb-cursor.so.0:libxcb-cursor0
libxcb-icccm.so.4:libxcb-icccm4
libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-randr.so.0:libxcb-randr0
libxcb-render-util.so.0:libxcb-render-util0
libxcb-shape.so.0:libxcb-shape0
libxcb-xkb.so.1:libxcb-xkb1
libxkbcommon-x11.so.0:libxkbcommon-x11-0
"
# papers are read back; the keychain of a desktop is played through; a spreadsheet is edited by somebody else's program;
# a log box runs on this computer. What has no command for everybody is found by its file
TEST_TOOLS="pdftotext:poppler-utils qpdf:qpdf dbus-run-session:dbus gnome-keyring-daemon:gnome-keyring
soffice:libreoffice-calc-nogui zbarimg:zbar-tools ssh:openssh-client /usr/sbin/sshd:openssh-server
/usr/sbin/rsyslogd:rsyslog /usr/lib/*/rsyslog/lmnsd_gtls.so:rsyslog-gnutls /usr/lib/*/rsyslog/omrelp.so:rsyslog-relp
/usr/sbin/debootstrap:debootstrap /usr/sbin/logrotate:logrotate openssl:openssl shellcheck:shellcheck
logger:bsdutils"
HUNT_TOOLS="strace:strace"
BUILD_TOOLS="objdump:binutils strip:binutils"

missing=()

want_libraries() {
    local known pair
    known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
    for pair in $1; do
        [[ $known == *"${pair%%:*} "* ]] || missing+=("${pair#*:}")
    done
}

want_tools() {
    local pair
    for pair in $1; do
        case $pair in
        /*) compgen -G "${pair%%:*}" >/dev/null || missing+=("${pair#*:}") ;;
        *) command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}") ;;
        esac
    done
}

want_python() {
    local name
    for name in ${PYTHON:-} python3.11 python3 python3.14 python3.13 python3.12; do
        "$name" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    missing+=(python3 python3-venv)
}

want_python_library() { # a Python of the distribution comes without the library that a bundle must carry
    local library
    library=$(.venv/bin/python -c 'import sysconfig as s; print(s.get_config_var("INSTSONAME") or "")' 2>/dev/null || true)
    [[ $library == *.so* ]] || return 0
    .venv/bin/python -c "import ctypes; ctypes.CDLL('$library')" 2>/dev/null || missing+=("${library%%.so*}")
}

hold_services() { # tests start servers of their own; nobody who tests wants a port of his computer opened for good
    local pair
    [[ -d /run/systemd/system ]] || return 0
    for pair in openssh-server:ssh rsyslog:rsyslog; do
        if [[ " ${missing[*]} " == *" ${pair%%:*} "* ]] && systemctl mask "${pair#*:}" >/dev/null 2>&1; then
            echo "The service ${pair#*:} stays off; to have it: systemctl unmask --now ${pair#*:}"
        fi
    done
}

case ${1:-} in
environment) want_python ;;
run) want_libraries "$LIBRARIES"; [[ -z ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]] || want_libraries "$SCREEN" ;;
test) want_libraries "$LIBRARIES"; want_tools "$TEST_TOOLS" ;;
torture) want_libraries "$LIBRARIES"; want_tools "$TEST_TOOLS $HUNT_TOOLS" ;;
packages) want_libraries "$LIBRARIES$SCREEN"; want_tools "$BUILD_TOOLS"; want_python_library ;;
*) echo "usage: $0 environment|run|test|torture|packages" >&2; exit 2 ;;
esac

[[ ${#missing[@]} -gt 0 ]] || exit 0
if [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
    echo "Installing from the distribution: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    said=$(mktemp)
    trap 'rm -f "$said"' EXIT
    hold_services
    if { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } </dev/null >"$said" 2>&1; then
        exit 0
    fi
    tail -n 5 "$said" >&2
fi
echo "Missing from this system, for \"$1\": ${missing[*]}" >&2
