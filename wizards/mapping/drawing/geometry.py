"""The map as a picture, from the answers alone: people, work, channel, place, in layers, the places in lanes.

Ribbons run in the gaps between the layers and behind the boxes, and every word stands in a box or above a lane: so no
ribbon can cross a word. What is drawn is fixed here, once, for window, PDF, SVG and PNG.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from wizards.content.bank import Bank
from wizards.content.text import Text
from wizards.mapping.drawing.boxes import LEADING, SIZE, SMALL
from wizards.mapping.drawing.columns import MARGIN, Columns, columns_of
from wizards.mapping.drawing.grouping import READABLE, ways
from wizards.mapping.drawing.legend import border_line, legend
from wizards.mapping.drawing.letters import wide, wrapped
from wizards.mapping.drawing.naming import Tongue
from wizards.mapping.drawing.nodes import Drawn, Spot, Way, people_in
from wizards.mapping.drawing.picture import Box, Command, Ink, Label, Picture, Ribbon, Shape
from wizards.mapping.drawing.shaping import Band, rounded, thick
from wizards.mapping.drawing.stage import BETWEEN, Lane, Stage, staged

_LAYERS: Final = ("people", "work", "channel", "place")
_HEAD: Final = 24.0
_FOOT: Final = 16.0
_GROUND: Final[dict[str, Ink]] = {"macau": "home-lane", "unknown": "open-lane"}


def draw(
    bank: Bank, drawn: Sequence[Drawn], lang: str, words: Mapping[str, Text], width: float, most: int = READABLE
) -> Picture:
    """The map of these flows, `width` units wide (at least 420), as high as it must be.

    Names are 9 units high whatever the width. For larger letters pass less width and scale the picture: a window of W
    pixels that wants names of P pixels passes 9 * W / P and paints at P / 9. Beyond `most` flows, flows that go the
    same way are joined. Without a flow the picture says so.
    """
    tongue, columns = Tongue(bank, lang, words), columns_of(width)
    if not drawn:
        return _empty(tongue, columns)
    found = ways(drawn, most)
    stage = staged(found, tongue, columns, MARGIN + _HEAD)
    under, labels = _lanes(stage.lanes)
    over = [_border(stage.lanes, columns)] if len(stage.lanes) > 1 else []
    for spot, card in stage.cards.items():
        over += card.shapes(stage.boxes[spot])
        labels += card.labels(stage.boxes[spot])
    shapes, texts, low = legend(found, tongue, columns.width, stage.low + _FOOT)
    return Picture(
        width=columns.width,
        height=low + MARGIN,
        said=tongue.picture(drawn),
        under=tuple(under),
        ribbons=_ribbons(found, stage, tongue),
        over=(*over, *shapes),
        labels=(*_heads(tongue, columns), *labels, *texts),
    )


def _empty(tongue: Tongue, columns: Columns) -> Picture:
    """A picture that says that there is nothing to draw."""
    said = tongue.say("map.empty")
    text = wrapped(said, SIZE, columns.width - 4 * MARGIN, 4)
    labels = [
        Label(line, columns.width / 2, 24 + SIZE + n * SIZE * LEADING, SIZE, wide(line, SIZE), "muted", anchor="middle")
        for n, line in enumerate(text)
    ]
    height = 48 + len(text) * SIZE * LEADING
    frame = Box(MARGIN, MARGIN, columns.width - 2 * MARGIN, height - 2 * MARGIN)
    return Picture(columns.width, height, said, (Shape(rounded(frame, 6), fill="open-lane"),), (), (), tuple(labels))


def _heads(tongue: Tongue, columns: Columns) -> list[Label]:
    """The name above each layer."""
    heads = []
    for layer, left, room in zip(_LAYERS, columns.lefts, columns.widths, strict=True):
        (text,) = wrapped(tongue.say(f"map.{layer}"), SIZE, room, 1, bold=True)
        heads.append(Label(text, left, MARGIN + SIZE + 1, SIZE, wide(text, SIZE, bold=True), "text", bold=True))
    return heads


def _lanes(lanes: Sequence[Lane]) -> tuple[list[Shape], list[Label]]:
    """The grounds of the lanes and their names."""
    under, labels = [], []
    for lane in lanes:
        dashed = lane.id == "unknown"
        under.append(
            Shape(
                rounded(lane.box, 6),
                fill=_GROUND.get(lane.id, "away-lane"),
                line="muted" if dashed else "",
                thick=0.8 if dashed else 0,
                dash=(3.0, 3.0) if dashed else (),
            )
        )
        y = lane.box.y + 6
        for line in lane.title:
            width = wide(line.text, line.size, bold=True)
            labels.append(Label(line.text, lane.box.x + 7, y + line.size, line.size, width, line.ink, bold=True))
            y += SMALL * LEADING
    return under, labels


def _border(lanes: Sequence[Lane], columns: Columns) -> Shape:
    """The border: under Macao's lane and down along all that lies beyond. What leaves crosses it."""
    left, width = columns.lane
    y = lanes[1].box.y - BETWEEN / 2
    x, r = columns.border, 6.0
    path: tuple[Command, ...] = (
        ("M", (left + width, y)),
        ("L", (x + r, y)),
        ("C", (x + r * 0.45, y, x, y + r * 0.45, x, y + r)),
        ("L", (x, lanes[-1].box.y + lanes[-1].box.height)),
    )
    return border_line(path)


def _ribbons(found: Sequence[Way], stage: Stage, tongue: Tongue) -> tuple[Ribbon, ...]:
    """Every way from box to box, in the order of the work."""
    at = {spot: place for layer in stage.layers for place, spot in enumerate(layer)}
    ports = _ports(found, stage, at)
    ribbons = []
    for way in sorted(found, key=lambda way: at[way.spots[1]]):
        bands = []
        width = thick(people_in(way))
        for gap in range(3):
            left, right = stage.boxes[way.spots[gap]], stage.boxes[way.spots[gap + 1]]
            ends = ports[way.id, gap, "right"], ports[way.id, gap + 1, "left"]
            bands.append(Band((left.x + left.width, ends[0]), (right.x, ends[1]), width))
        ribbons.append(
            Ribbon(
                id=way.id,
                flows=tuple(flow.id for flow, _, _ in way.flows),
                said=tongue.ribbon(way),
                spot=stage.boxes[way.spots[1]],
                outline=tuple(band.outline for band in bands),
                shapes=tuple(shape for band in bands for shape in band.shapes(way.look)),
            )
        )
    return tuple(ribbons)


def _ports(found: Sequence[Way], stage: Stage, at: Mapping[Spot, int]) -> dict[tuple[str, int, str], float]:
    """Where each ribbon enters and leaves each of its boxes: sorted by where it comes from and goes to."""
    ports: dict[tuple[str, int, str], float] = {}
    for layer in range(4):
        for side, step in (("left", -1), ("right", 1)):
            if not 0 <= layer + step < 4:
                continue
            meeting: dict[Spot, list[Way]] = {}
            for way in sorted(found, key=lambda way: (at[way.spots[layer + step]], at[way.spots[1]])):
                meeting.setdefault(way.spots[layer], []).append(way)
            for spot, group in meeting.items():
                box = stage.boxes[spot]
                y = box.y + (box.height - sum(thick(people_in(way)) + 1 for way in group)) / 2
                for way in group:
                    width = thick(people_in(way)) + 1
                    ports[way.id, layer, side] = y + width / 2
                    y += width
    return ports
