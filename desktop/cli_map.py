"""The command that draws where data go: map."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from desktop import cli
from desktop.terminal import BAD_INPUT, stop

if TYPE_CHECKING:
    from wizards.mapping.drawing.picture import Picture

_WIDTH: Final = 840
"""Units: wide enough that most names stand on one line."""


@click.command(name="map")
@click.argument("file", type=cli.A_FILE)
@click.option("--out", required=True, type=cli.A_FILE, help="Write the map as .svg or .png.")
@click.option("--after", is_flag=True, help="As it will be once the plan is carried out.")
@cli.lang_option
def map_(file: Path, out: Path, after: bool, lang: str) -> None:  # noqa: FBT001
    """The map of an answers file as a picture."""
    from desktop.content import bank, words
    from wizards.interview.walk import settle
    from wizards.mapping import chosen
    from wizards.mapping.drawing.geometry import draw

    written = _WRITERS.get(out.suffix.lower())
    if written is None:
        stop(BAD_INPUT, "map-command.ending", lang, file=str(out), known=", ".join(_WRITERS))
    day = cli.day_of(None, lang)
    answers = cli.good_answers(file, lang)
    cli.refuse_place(out, lang, but=file)
    situation = settle(bank(), answers, day)
    flows = chosen.later(situation) if after else chosen.now(situation)
    picture = draw(bank(), flows, lang, words(), _WIDTH)
    title = words()["map.title-after" if after else "map.title"].to(lang)
    cli.write(out, written(picture, title, lang), lang)


def _svg(picture: "Picture", title: str, lang: str) -> bytes:
    from desktop.reports.map_svg import map_svg

    return map_svg(picture, title, lang)


def _png(picture: "Picture", title: str, lang: str) -> bytes:
    from desktop.ui.map.png import png_without_window

    del title, lang  # letters are painted: nothing is said besides
    return png_without_window(picture)


_WRITERS: Final[dict[str, Callable[["Picture", str, str], bytes]]] = {".svg": _svg, ".png": _png}
"""What makes the file, by its ending."""


COMMANDS = (map_,)
