"""How Guia looks: colours for light and dark, the bundled font, and one style sheet made from them.

Contrast of text against its ground is at least 4.5 to 1 in both schemes (WCAG 2.2 AA, checked by a test).
"""

from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

import resources

Scheme = Literal["system", "light", "dark"]
Weight = Literal["Regular", "Bold"]
WEIGHTS: Final[tuple[Weight, ...]] = ("Regular", "Bold")
SIZES: Final = (100, 125, 150, 200)
FAMILY: Final = "Noto Sans TC"


class Colours(NamedTuple):
    """The colours of one scheme, as #rrggbb."""

    ground: str
    card: str
    line: str
    ink: str
    muted: str
    rail: str
    rail_ink: str
    rail_muted: str
    rail_active: str
    accent: str
    accent_ink: str
    accent_soft: str
    amber: str
    field_line: str
    focus: str
    red: str
    red_ink: str
    yellow: str
    yellow_ink: str
    green: str
    green_ink: str
    blue: str
    blue_ink: str
    ring: str
    ring_ground: str
    map_home: str
    map_away: str
    map_open: str
    map_border: str
    map_plain: str
    map_careful: str
    map_delicate: str
    map_bare: str
    map_mark: str
    map_mark_ink: str


LIGHT: Final = Colours(
    ground="#F4F5F3", card="#FFFFFF", line="#E1E5E7", ink="#14212B", muted="#55646E",
    rail="#132F3B", rail_ink="#F2F6F7", rail_muted="#A9C0C8", rail_active="#1F4A57",
    accent="#0F6674", accent_ink="#FFFFFF", accent_soft="#E6F4F4", amber="#F4B82E",
    field_line="#7C8B94", focus="#0B4F8A",
    red="#FBDEDA", red_ink="#8A2A1E", yellow="#FCEFCB", yellow_ink="#6B4E00",
    green="#DDF2E3", green_ink="#1B5E35", blue="#DCEBF5", blue_ink="#114A6D",
    ring="#3A9B66", ring_ground="#E4E9E8",
    map_home="#EAF5EF", map_away="#F1F3F4", map_open="#FBF5E4", map_border="#0F6674",
    map_plain="#3F8795", map_careful="#B07414", map_delicate="#8B3A8C", map_bare="#75838C",
    map_mark="#B3261E", map_mark_ink="#FFFFFF",
)  # fmt: skip

DARK: Final = Colours(
    ground="#10191E", card="#18242B", line="#2C3C45", ink="#E9EFF1", muted="#A3B4BC",
    rail="#0B1418", rail_ink="#EDF3F4", rail_muted="#93A9B2", rail_active="#1C3943",
    accent="#63C2CE", accent_ink="#06191D", accent_soft="#1B3A41", amber="#F4B82E",
    field_line="#7F939C", focus="#8CC8FF",
    red="#4A231F", red_ink="#FFC4BB", yellow="#45370F", yellow_ink="#FFE2A0",
    green="#1B3D28", green_ink="#B4ECC6", blue="#17364A", blue_ink="#BFE0F7",
    ring="#5CC38C", ring_ground="#2A3A40",
    map_home="#173029", map_away="#1F2C34", map_open="#2E2A1A", map_border="#63C2CE",
    map_plain="#4B9DAC", map_careful="#D79A36", map_delicate="#CF86CF", map_bare="#8496A0",
    map_mark="#FF9A8D", map_mark_ink="#2B0A06",
)  # fmt: skip


def font_file(weight: Weight, *, whole: bool = False) -> Path:
    """Where a weight of the bundled font is: the common characters alone, or all."""
    # beside the package itself, which is always unpacked: importlib.resources costs as much as the font
    return Path(resources.__path__[0]) / "fonts" / f"NotoSansTC-{'' if whole else 'common-'}{weight}.ttf"


def load_font(weight: Weight, *, whole: bool = False) -> None:
    """Make a weight of the bundled font known; the common characters alone, which costs a few milliseconds.

    The whole face has the same name and takes the place of the common one once it is needed.
    """
    known = _LOADED.get(weight)
    if known is not None and (known[1] or not whole):
        return
    if known is not None:  # Qt keeps to the first of two files of one name
        QFontDatabase.removeApplicationFont(known[0])
    _LOADED[weight] = QFontDatabase.addApplicationFont(str(font_file(weight, whole=whole))), whole


_LOADED: Final[dict[str, tuple[int, bool]]] = {}
"""Of each weight that is known, Qt's number and whether it is the whole face."""


@cache
def system_is_dark() -> bool:
    """Whether the system's own window is dark; asked before Guia's colours are put on."""
    return QGuiApplication.palette().window().color().lightness() < 128


def is_dark(scheme: Scheme) -> bool:
    """Whether the dark colours are in use: as told, else as the system has it."""
    if scheme == "system":
        return system_is_dark()
    return scheme == "dark"


def colours(scheme: Scheme) -> Colours:
    """The colours in use."""
    return DARK if is_dark(scheme) else LIGHT


def apply(app: QApplication, scheme: Scheme, size: int) -> Colours:
    """Dress the whole application; `size` is the text size in percent, one of SIZES."""
    chosen = colours(scheme)
    font = QFont(FAMILY)
    font.setPixelSize(round(15 * size / 100))
    app.setFont(font)
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, chosen.ground),
        (QPalette.ColorRole.WindowText, chosen.ink),
        (QPalette.ColorRole.Base, chosen.card),
        (QPalette.ColorRole.AlternateBase, chosen.ground),
        (QPalette.ColorRole.Text, chosen.ink),
        (QPalette.ColorRole.PlaceholderText, chosen.muted),
        (QPalette.ColorRole.Button, chosen.card),
        (QPalette.ColorRole.ButtonText, chosen.ink),
        (QPalette.ColorRole.ToolTipBase, chosen.card),
        (QPalette.ColorRole.ToolTipText, chosen.ink),
        (QPalette.ColorRole.Highlight, chosen.accent),
        (QPalette.ColorRole.HighlightedText, chosen.accent_ink),
        (QPalette.ColorRole.Link, chosen.accent),
    ):
        palette.setColor(role, QColor(colour))
    app.setPalette(palette)
    # Qt dresses every widget it has met anew, and fails over those of past pages that still wait to be let go
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    app.setStyleSheet(sheet(chosen, size))
    return chosen


def sheet(c: Colours, size: int) -> str:
    """The style sheet; every measure of text follows `size`."""

    def px(base: float) -> str:
        return f"{round(base * size / 100)}px"

    box = 2 * round(8 * size / 100)
    dot = round(5 * size / 100)

    return f"""
* {{ font-family: "{FAMILY}"; }}
QWidget#ground, QScrollArea, QScrollArea > QWidget > QWidget#page {{ background: {c.ground}; border: none; }}
QLabel {{ color: {c.ink}; background: transparent; }}
QLabel[role="title"] {{ font-size: {px(27)}; font-weight: 700; }}
QLabel[role="heading"] {{ font-size: {px(18)}; font-weight: 700; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="muted"] {{ color: {c.muted}; font-size: {px(14)}; }}
QLabel[role="error"] {{ color: {c.red_ink}; background: {c.red}; border-radius: 6px; padding: 8px; }}
QLabel[role="caption"] {{ background: {c.card}; border: 1px solid {c.field_line}; border-radius: 6px; padding: 8px;
  font-size: {px(14)}; }}
QLabel[role="number"] {{ font-size: {px(30)}; font-weight: 700; }}
QLabel[role="code"] {{ font-size: {px(22)}; font-weight: 700; letter-spacing: 1px; }}
QLabel[chip="red"] {{ background: {c.red}; color: {c.red_ink}; }}
QLabel[chip="yellow"] {{ background: {c.yellow}; color: {c.yellow_ink}; }}
QLabel[chip="green"] {{ background: {c.green}; color: {c.green_ink}; }}
QLabel[chip="blue"] {{ background: {c.blue}; color: {c.blue_ink}; }}
QLabel[chip] {{ border-radius: {px(9)}; padding: 2px 9px; font-size: {px(13)}; }}
QFrame[card="plain"] {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 12px; }}
QFrame[card="accent"] {{ background: {c.card}; border: 2px solid {c.accent}; border-radius: 12px; }}
QFrame[card="notice"] {{ background: {c.yellow}; border: 1px solid {c.yellow_ink}; border-radius: 12px; }}
QFrame[card="notice"] QLabel {{ color: {c.yellow_ink}; }}
QFrame[line="yes"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame#rail QScrollArea, QFrame#rail QScrollArea > QWidget > QWidget#page {{ background: {c.rail}; }}
QFrame#rail {{ background: {c.rail}; border: none; }}
QFrame#rail QLabel {{ color: {c.rail_ink}; }}
QFrame#rail QLabel[role="muted"] {{ color: {c.rail_muted}; font-size: {px(13)}; }}
QFrame#rail QLabel[role="brand"] {{ font-size: {px(20)}; font-weight: 700; }}
QFrame#rail QPushButton {{ background: transparent; border: 2px solid transparent; border-radius: 8px; }}
QFrame#rail QPushButton QLabel {{ color: {c.rail_muted}; font-weight: 400; }}
QFrame#rail QPushButton:hover, QFrame#rail QPushButton[here="yes"] {{ background: {c.rail_active}; }}
QFrame#rail QPushButton[here="yes"] QLabel {{ color: {c.rail_ink}; font-weight: 700; }}
QFrame#rail QPushButton:focus {{ border: 2px solid {c.amber}; }}
QPushButton {{ background: {c.card}; border: 1px solid {c.field_line}; border-radius: 8px; }}
QPushButton QLabel {{ color: {c.accent}; font-weight: 700; }}
QPushButton:hover {{ background: {c.accent_soft}; }}
QPushButton:focus {{ border: 2px solid {c.focus}; }}
QPushButton:disabled {{ border-color: {c.line}; }}
QPushButton QLabel:disabled {{ color: {c.muted}; }}
QPushButton[kind="primary"] {{ background: {c.accent}; border: 2px solid {c.accent}; }}
QPushButton[kind="primary"] QLabel {{ color: {c.accent_ink}; }}
QPushButton[kind="primary"]:hover {{ border-color: {c.ink}; }}
QPushButton[kind="primary"]:focus {{ border: 3px solid {c.amber}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.line}; border-color: {c.line}; }}
QPushButton[kind="primary"] QLabel:disabled {{ color: {c.muted}; }}
QPushButton[kind="link"] {{ background: transparent; border: 2px solid transparent; border-radius: 4px; }}
QPushButton[kind="link"] QLabel {{ text-decoration: underline; font-weight: 400; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {c.focus}; }}
QRadioButton, QCheckBox {{ background: {c.card}; border: 1px solid {c.line}; border-radius: 8px; padding-left: 12px; }}
QRadioButton:hover, QCheckBox:hover {{ background: {c.accent_soft}; }}
QRadioButton:checked, QCheckBox:checked {{ background: {c.accent_soft}; border: 1px solid {c.accent}; }}
QRadioButton:focus, QCheckBox:focus {{ border: 2px solid {c.focus}; padding-left: 11px; }}
QRadioButton::indicator, QCheckBox::indicator {{ width: {box}px; height: {box}px; border: 2px solid {c.field_line};
  background: {c.card}; }}
QRadioButton::indicator {{ border-radius: {box // 2 + 2}px; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator:checked {{ border: {dot}px solid {c.accent}; width: {box + 4 - 2 * dot}px;
  height: {box + 4 - 2 * dot}px; background: {c.card}; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border: 2px solid {c.accent}; }}
QLineEdit, QPlainTextEdit, QSpinBox, QDateEdit, QComboBox {{ background: {c.card}; color: {c.ink};
  border: 1px solid {c.field_line}; border-radius: 6px; padding: 7px 9px; selection-background-color: {c.accent};
  selection-color: {c.accent_ink}; }}
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus {{ border: 2px solid {c.focus};
  padding: 6px 8px; }}
QTextEdit[verbatim] {{ background: {c.ground}; border: 1px solid {c.line}; padding: 4px 6px;
  font-size: {px(15)}; }}
QTextEdit[verbatim="strong"] {{ font-size: {px(18)}; font-weight: 700; }}
QTextEdit[verbatim]:focus {{ border: 2px solid {c.focus}; padding: 3px 5px; }}
QComboBox {{ padding-right: 30px; combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{ image: none; width: 0; height: 0; border-left: 5px solid {c.card};
  border-right: 5px solid {c.card}; border-top: 6px solid {c.muted}; margin-right: 10px; }}
QComboBox QAbstractItemView {{ background: {c.card}; color: {c.ink}; border: 1px solid {c.field_line};
  selection-background-color: {c.accent_soft}; selection-color: {c.ink}; }}
QTableView, QTableWidget, QListWidget {{ background: {c.card}; color: {c.ink}; border: 1px solid {c.line};
  border-radius: 8px;
  gridline-color: {c.line}; selection-background-color: {c.accent_soft}; selection-color: {c.ink}; outline: none; }}
QTableWidget:focus, QListWidget:focus {{ border: 2px solid {c.focus}; }}
QTableWidget#twin {{ font-size: {px(13)}; }}
QTableWidget#twin QHeaderView::section {{ padding: 6px 7px; }}
QHeaderView::section {{ background: {c.card}; color: {c.muted}; border: none; border-bottom: 1px solid {c.line};
  padding: 6px 8px; font-size: {px(13)}; font-weight: 700; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.field_line}; border-radius: 5px; min-height: 30px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; }}
QScrollBar::handle:horizontal {{ background: {c.field_line}; border-radius: 5px; min-width: 30px; margin: 2px; }}
QToolTip {{ background: {c.card}; color: {c.ink}; border: 1px solid {c.field_line}; padding: 4px; }}
QProgressBar {{ background: {c.ring_ground}; border: none; border-radius: 4px; max-height: 8px; }}
QProgressBar::chunk {{ background: {c.ring}; border-radius: 4px; }}
"""
