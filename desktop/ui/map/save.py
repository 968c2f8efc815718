"""Saves the map as a picture: asks where and as which kind, and writes it in a worker, whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.desk import Desk
from desktop.ui.map.painter import Ready
from desktop.ui.map.png import png_of
from desktop.ui.save_paper import save
from wizards.mapping.drawing.picture import Picture

WIDTH: Final = 1000.0
"""Units of a picture that is saved."""


def save_picture(desk: Desk, page: QWidget, picture: Picture, when: str) -> None:
    """Save the picture of `when`: now, after or both. Its kind follows the ending, else what the dialog says."""
    kinds = {"PNG (*.png)": ".png", "SVG (*.svg)": ".svg"}
    chosen, kind = QFileDialog.getSaveFileName(
        page, desk.say("map-page.save"), str(Path.home() / f"guia-map-{when}-{desk.lang}.png"), ";;".join(kinds)
    )
    if not chosen:
        return
    out = Path(chosen)
    if out.suffix.lower() not in kinds.values():
        out = out.with_name(out.name + kinds.get(kind, ".png"))
    build = _svg(desk, picture, when) if out.suffix.lower() == ".svg" else _png(picture)

    save(desk, page, out, build, lambda: desk.open.trail.exported("map", desk.lang))


def _png(picture: Picture) -> Callable[[], bytes]:
    ready = Ready(picture)  # here, not in the worker: it may have to load a font
    return lambda: png_of(ready)


def _svg(desk: Desk, picture: Picture, when: str) -> Callable[[], bytes]:
    title = f"{desk.say('map-page.title')}: {desk.say(f'map-page.{when}')}"

    def build() -> bytes:
        from desktop.reports.map_svg import map_svg

        return map_svg(picture, title, desk.lang)

    return build
