"""The colours of the map on paper and in files, by the names that the geometry gives. The window has its own."""

from typing import Final

from wizards.mapping.picture import Ink

PAPER: Final[dict[Ink, str]] = {
    "ground": "#FFFFFF",
    "home-lane": "#E3F2F1",
    "away-lane": "#F5F0E6",
    "open-lane": "#F1F3F4",
    "node": "#FFFFFF",
    "line": "#C5CFD4",
    "border": "#0F6674",
    "text": "#14212B",
    "muted": "#55646E",
    "plain": "#7095A8",
    "careful": "#B9821A",
    "delicate": "#B5483A",
    "bare": "#7F8C93",
    "mark": "#8A2A1E",
    "mark-text": "#FFFFFF",
}
