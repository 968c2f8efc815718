#!/bin/sh
# Puts this folder's Guia into the menu of the user who runs it. Copies nothing: the folder stays where it is.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
mkdir -p "$share/applications" "$share/icons/hicolor/scalable/apps"
cp "$here/mo.guia.Guia.svg" "$share/icons/hicolor/scalable/apps/"
sed "s|^Exec=.*|Exec=\"$here/guia\"|" "$here/mo.guia.Guia.desktop" > "$share/applications/mo.guia.Guia.desktop"
echo "Guia is in the menu."
