"""Two pictures beside each other as one: the map now and after the plan, each under its name."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from wizards.mapping.drawing.picture import Box, Command, Label, Picture, Ribbon, Shape

_HEAD: Final = 20.0
_SIZE: Final = 11.0
_INSET: Final = 8.0


def beside(left: Picture, right: Picture, names: tuple[str, str]) -> Picture:
    """Both in one picture, from left to right. A ribbon of the right one has `after ` before its id."""
    first, second = _moved(left, 0.0, names[0], ""), _moved(right, left.width, names[1], "after ")
    return Picture(
        width=left.width + right.width,
        height=_HEAD + max(left.height, right.height),
        said=f"{names[0]}: {left.said} {names[1]}: {right.said}",
        under=(*first.under, *second.under),
        ribbons=(*first.ribbons, *second.ribbons),
        over=(*first.over, *second.over),
        labels=(*first.labels, *second.labels),
    )


def _moved(picture: Picture, x: float, name: str, before: str) -> Picture:
    """The picture further right and lower, with its name above it."""
    title = Label(name, x + _INSET, _HEAD - 4, _SIZE, picture.width - 2 * _INSET, bold=True)
    return replace(
        picture,
        under=_shapes(picture.under, x),
        over=_shapes(picture.over, x),
        labels=(title, *(replace(label, x=label.x + x, y=label.y + _HEAD) for label in picture.labels)),
        ribbons=tuple(_ribbon(ribbon, x, before) for ribbon in picture.ribbons),
    )


def _ribbon(ribbon: Ribbon, x: float, before: str) -> Ribbon:
    spot = ribbon.spot
    return replace(
        ribbon,
        id=before + ribbon.id,
        spot=Box(spot.x + x, spot.y + _HEAD, spot.width, spot.height),
        outline=tuple(_path(path, x) for path in ribbon.outline),
        shapes=_shapes(ribbon.shapes, x),
    )


def _shapes(shapes: Iterable[Shape], x: float) -> tuple[Shape, ...]:
    return tuple(replace(shape, path=_path(shape.path, x)) for shape in shapes)


def _path(path: tuple[Command, ...], x: float) -> tuple[Command, ...]:
    """Numbers come in pairs: across, then down."""
    return tuple(
        (step, tuple(n + (_HEAD if odd % 2 else x) for odd, n in enumerate(numbers))) for step, numbers in path
    )
