"""The shapes of a paper: blocks of finished text, in one language, in reading order.

Whoever composes a plan fills these; whoever makes the PDF reads them. No font, colour or measure stands here, and no
markup: every string is plain text and is shown as it is. A newline is a line break. What may not be obeyed (control and
right-to-left marks) or cannot be drawn is shown as a visible sign.
"""

from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from wizards.mapping.drawing.picture import Picture

Lang: TypeAlias = Literal["en", "zh-Hant", "pt"]


class Span(Struct, frozen=True):
    """A stretch of text inside a line. `url` may begin with https:, http: or mailto:; any other is left unlinked."""

    text: str
    strong: bool = False
    url: str = ""


Words: TypeAlias = str | tuple[Span, ...]
"""Plain text, or stretches of it of which some are strong or lead somewhere."""


class Cover(Struct, frozen=True, tag="cover"):
    """The first page, alone on its page. `lines` are (label, value); `note` stands at its foot."""

    title: str
    subtitle: str = ""
    business: str = ""
    lines: tuple[tuple[str, Words], ...] = ()
    note: Words = ""


class Heading(Struct, frozen=True, tag="heading"):
    """A heading, an entry of the outline. `new_page`: it begins a page. `lead` stands above it, small."""

    level: Literal[1, 2, 3]
    text: str
    new_page: bool = False
    lead: str = ""


class Paragraph(Struct, frozen=True, tag="paragraph"):
    """Running text. `lead` is larger, `small` smaller, `muted` grey."""

    text: Words
    style: Literal["body", "small", "lead", "muted"] = "body"


class Bullets(Struct, frozen=True, tag="bullets"):
    """A list; numbered from 1 when told."""

    items: tuple[Words, ...]
    numbered: bool = False


class Callout(Struct, frozen=True, tag="callout"):
    """A box that stands out. The kind is said by its title, its shape and its tint, so a title is always given."""

    kind: Literal["verdict", "warning", "note"]
    title: str
    text: Words = ""
    items: tuple[Words, ...] = ()


class Facts(Struct, frozen=True, tag="facts"):
    """Labels on the left, values on the right."""

    lines: tuple[tuple[str, Words], ...]


class Table(Struct, frozen=True, tag="table"):
    """Rows under a header that returns after each page break.

    `widths` are shares of the page width (they need not add up to 1; none given: equal). Each row has as many cells as
    the header. `row_heads`: the first cell of each row names the row (it is tagged so, and text without stretches is
    set strong). `look`: `small` is for what is looked up, not read through; `figures` are large.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[float, ...] = ()
    caption: str = ""
    row_heads: bool = False
    look: Literal["plain", "small", "figures"] = "plain"


class Register(Struct, frozen=True, tag="register"):
    """Entries to look up, each a (term, text), small, in two columns, in groups of (caption or "", entries)."""

    groups: tuple[tuple[str, tuple[tuple[Words, Words], ...]], ...]


class TaskCard(Struct, frozen=True, tag="task"):
    """One thing to do. `tick`: with a box to tick, ticked already when `done`; `chips`: phase, due day, who, effort.

    `main` is the (label, text) that matters most, followed by `points`, each a (sign, text). With it the card has two
    columns: `fields`, each a (label, text), stand beside it; without, they stand under the title. A card goes on over
    the end of a page only when it is long, and never with its title alone.
    """

    title: str
    number: str = ""
    tick: bool = True
    done: bool = False
    chips: tuple[str, ...] = ()
    main: tuple[str, Words] = ("", "")
    points: tuple[tuple[str, Words], ...] = ()
    fields: tuple[tuple[str, Words], ...] = ()


class Code(Struct, frozen=True, tag="code"):
    """A line to be copied by hand, large and widely set, such as a recovery passphrase."""

    text: str


class Drawing(Struct, frozen=True, tag="drawing"):
    """A map as wide as the page, or smaller where that is too high; never split. Its `said` is read in its place."""

    picture: Picture


class Scan(Struct, frozen=True, tag="scan"):
    """A QR code that holds `text`, plain ASCII; `alt` says what it is. Beside it a title, a line to copy, sentences."""

    text: str
    alt: str
    title: str
    line: str
    items: tuple[Words, ...] = ()


class Rule(Struct, frozen=True, tag="rule"):
    """A hairline across the page with air around it."""


Block: TypeAlias = (
    Cover | Heading | Paragraph | Bullets | Callout | Facts | Table | Register | TaskCard | Code | Drawing | Scan | Rule
)


class Document(Struct, frozen=True, kw_only=True):
    """A whole paper. The same value always gives the same bytes.

    `day` is written as the day of making (none: 1 January 2000, so that no clock is read). `footer` has the places
    {page} and {pages}. `draft`: a word shown on the cover and in each header. `one_page`: it must fit one page; it is
    set larger or smaller to fill it, and DoesNotFit is raised when the smallest is not enough.
    """

    title: str
    lang: Lang
    blocks: tuple[Block, ...]
    business: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    footer: str = "{page} / {pages}"
    draft: str = ""
    day: date | None = None
    one_page: bool = False


class DoesNotFit(Exception):
    """A paper that must fit one page does not, even when set smaller."""
