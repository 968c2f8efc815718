#!/usr/bin/env bash
# Makes .venv with the locked versions and Guia itself, editable. Called by make; safe to call again.
set -euo pipefail
cd "$(dirname "$0")/.."

newest_fit() { # the first of the usual names that runs and is 3.11 or later
    local name
    for name in ${PYTHON:-} python3.11 python3 python3.14 python3.13 python3.12; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

packaging/system.sh environment
if ! python=$(newest_fit); then
    echo "Guia needs Python 3.11 or later; the newest one found is: $(python3 --version 2>&1 || true)" >&2
    exit 1
fi
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    rm -rf .venv
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        echo "$python cannot make an environment: its venv module is missing (on Debian: apt-get install python3-venv)." >&2
        exit 1
    fi
fi
echo "Installing the locked versions into .venv"
.venv/bin/python -m pip install --quiet --requirement packaging/requirements.lock
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
# an installed Guia comes compiled; one started from its source should not be slower
.venv/bin/python -m compileall -q desktop wizards resources
rm -f .venv/made-*
