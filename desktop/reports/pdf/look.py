"""How papers look: page, colours, sizes. Only values; nothing here draws or measures."""

from typing import NamedTuple

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.89
LEFT = RIGHT = 51.0  # 18 mm
TOP, BOTTOM = 62.0, 58.0
WIDTH = PAGE_WIDTH - LEFT - RIGHT
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

INK, MUTED, TEAL, AMBER, RULE, WHITE = "#14212B", "#566570", "#0F6674", "#F4B82E", "#D9DEE0", "#FFFFFF"
TEAL_TINT, AMBER_TINT, GREY_TINT = "#E8F1F2", "#FDF4DC", "#F5F5F3"
NIGHT = "#12303A"


class Style(NamedTuple):
    """Letters of one kind: size and line distance in points, colour, weight, extra room between letters.

    Lines of Chinese stand a little wider.
    """

    size: float
    leading: float
    colour: str = INK
    bold: bool = False
    spread: float = 0.0

    def scaled(self, by: float) -> "Style":
        """The same, smaller or larger."""
        return self._replace(size=self.size * by, leading=self.leading * by, spread=self.spread * by)


STYLES = {
    "cover-title": Style(30, 39, INK, bold=True),
    "cover-subtitle": Style(14, 21, MUTED),
    "cover-business": Style(12, 18, INK, bold=True),
    "draft": Style(8, 11, INK, bold=True),
    "h1": Style(17, 22.5, INK, bold=True),
    "h2": Style(12, 16, TEAL, bold=True),
    "h3": Style(10.5, 14, INK, bold=True),
    "over": Style(8.5, 11.5, TEAL, bold=True),
    "body": Style(9.5, 12.8),
    "lead": Style(11.5, 15.5),
    "small": Style(8.5, 11.3),
    "muted": Style(8.8, 11.8, MUTED),
    "label": Style(8.5, 12.8, MUTED, bold=True),
    "plain-cell": Style(8.8, 11.7),
    "small-cell": Style(8.3, 10.9),
    "figures-cell": Style(15, 18, TEAL, bold=True),
    "head": Style(8.3, 11, MUTED, bold=True),
    "caption": Style(8.8, 11.8, MUTED, bold=True),
    "verdict": Style(14, 19, INK, bold=True),
    "callout": Style(10, 13.5, INK, bold=True),
    "task": Style(10.5, 14, INK, bold=True),
    "number": Style(10.5, 14, TEAL, bold=True),
    "chip": Style(7.6, 10.4, INK),
    "field": Style(8.8, 11.7),
    "field-label": Style(8.8, 11.7, TEAL, bold=True),
    "entry": Style(8.3, 10.9),
    "entry-label": Style(8.3, 10.9, TEAL, bold=True),
    "code": Style(18, 32, INK, bold=True, spread=1.3),
    "mark": Style(11, 16, INK, bold=True, spread=0.5),
    "running": Style(8, 11, MUTED),
}
