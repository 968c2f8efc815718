"""The colours of the map on paper and in files, by the names that the geometry gives: those of the light window."""

from typing import Final

from wizards.mapping.drawing.picture import Ink

PAPER: Final[dict[Ink, str]] = {
    "ground": "#FFFFFF",
    "home-lane": "#EAF5EF",
    "away-lane": "#F1F3F4",
    "open-lane": "#FBF5E4",
    "node": "#FFFFFF",
    "line": "#7C8B94",
    "border": "#0F6674",
    "text": "#14212B",
    "muted": "#55646E",
    "plain": "#3F8795",
    "careful": "#B07414",
    "delicate": "#8B3A8C",
    "bare": "#75838C",
    "mark": "#B3261E",
    "mark-text": "#FFFFFF",
}
