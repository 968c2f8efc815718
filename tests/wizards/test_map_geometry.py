"""The map as a picture, proven from its geometry: no word is cut or crossed, whatever the owner typed."""

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from random import Random
from statistics import median
from unicodedata import category

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.content import bank, words
from tests.wizards.businesses import DAY, answers, drawn
from wizards.content.text import LANGUAGES
from wizards.interview.situation import Situation
from wizards.mapping import chosen
from wizards.mapping.drawing.boxes import PAD, lines
from wizards.mapping.drawing.columns import NARROWEST, columns_of
from wizards.mapping.drawing.geometry import draw
from wizards.mapping.drawing.grouping import READABLE, ways
from wizards.mapping.drawing.letters import clean, wide, wrapped
from wizards.mapping.drawing.naming import Tongue
from wizards.mapping.drawing.nodes import LANES, LOOKS, Look, Spot, way_of
from wizards.mapping.drawing.order import Path, arranged, crossings
from wizards.mapping.drawing.picture import Box, Command, Label, Picture, Shape
from wizards.mapping.drawing.shaping import Band, thick
from wizards.mapping.drawing.stacking import packed, settled

ASCENT, DESCENT = 0.90, 0.25
"""How far the letters of Noto Sans TC reach above and below their baseline, in ems."""


def picture(seed: int, flows: int, lang: str = "en", width: float = 760, *, most: int = READABLE) -> Picture:
    return draw(bank(), drawn(answers(seed, flows, nasty=True)), lang, words(), width, most)


def room(label: Label) -> Box:
    left = label.x - {"start": 0, "middle": label.width / 2, "end": label.width}[label.anchor]
    return Box(left, label.y - ASCENT * label.size, label.width, (ASCENT + DESCENT) * label.size)


def meet(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width - 1e-6
        and other.x < one.x + one.width - 1e-6
        and one.y < other.y + other.height - 1e-6
        and other.y < one.y + one.height - 1e-6
    )


def hull(path: tuple[Command, ...]) -> Box:
    """A box around a path: its curves lie inside the hull of their points."""
    xs = [x for _, values in path for x in values[::2]]
    ys = [y for _, values in path for y in values[1::2]]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def points(path: tuple[Command, ...]) -> Iterator[tuple[float, float]]:
    """Points along a path, close together."""
    at = (0.0, 0.0)
    for command, values in path:
        if command == "C":
            x1, y1, x2, y2, x, y = values
            for step in range(1, 33):
                t = step / 32
                a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
                yield a * at[0] + b * x1 + c * x2 + d * x, a * at[1] + b * y1 + c * y2 + d * y
        elif values:
            yield values[0], values[1]
        at = (values[-2], values[-1]) if values else at


sizes = st.sampled_from((1, 2, 3, 8, 25, 80, 200, 500))
pictures = st.builds(
    picture,
    st.integers(0, 10_000),
    sizes,
    st.sampled_from(LANGUAGES),
    st.sampled_from((300, 420, 480, 493, 620, 760, 1000, 1400)),
    most=st.sampled_from((4, 8, READABLE, 60)),
)


@settings(max_examples=40)
@given(pictures)
def test_no_word_is_outside_the_picture_or_over_another(drawn: Picture) -> None:
    rooms = [room(label) for label in drawn.labels]
    for one in rooms:
        assert one.x >= 0
        assert one.y >= 0
        assert one.x + one.width <= drawn.width
        assert one.y + one.height <= drawn.height
    by_height = sorted(rooms, key=lambda box: box.y)
    for number, one in enumerate(by_height):
        for other in by_height[number + 1 :]:
            if other.y >= one.y + one.height:
                break
            assert not meet(one, other)


@settings(max_examples=40)
@given(pictures)
def test_no_ribbon_crosses_a_word(drawn: Picture) -> None:
    """Proven twice: by the hull of every outline, and point by point along what is drawn."""
    rooms = [room(label) for label in drawn.labels]
    for ribbon in drawn.ribbons:
        for path in ribbon.outline:
            assert not any(meet(hull(path), one) for one in rooms)
        for shape in ribbon.shapes:
            edge = shape.thick / 2 if shape.line else 0
            for x, y in points(shape.path):
                spot = Box(x - edge, y - edge, 2 * edge, 2 * edge)
                assert not any(meet(spot, one) for one in rooms)


@settings(max_examples=40)
@given(pictures)
def test_words_in_a_box_are_inside_it(drawn: Picture) -> None:
    """Each box of the work holds the words that lie over it with air on every side."""
    rooms = [room(label) for label in drawn.labels]
    for ribbon in drawn.ribbons:
        box = ribbon.spot
        inside = [one for one in rooms if meet(one, box)]
        assert inside
        for one in inside:
            assert one.x >= box.x + 3
            assert one.x + one.width <= box.x + box.width - 3
            assert one.y >= box.y + 1
            assert one.y + one.height <= box.y + box.height - 1


@settings(max_examples=40)
@given(pictures)
def test_boxes_of_the_work_keep_apart_and_ribbons_end_at_boxes(drawn: Picture) -> None:
    boxes = sorted((ribbon.spot for ribbon in drawn.ribbons), key=lambda box: box.y)
    for upper, lower in pairwise(boxes):
        assert upper.y + upper.height < lower.y
    for ribbon in drawn.ribbons:
        into, out = hull(ribbon.outline[0]), hull(ribbon.outline[1])
        assert into.x + into.width == pytest.approx(ribbon.spot.x)
        assert out.x == pytest.approx(ribbon.spot.x + ribbon.spot.width)
        ends = [y for command, values in ribbon.outline[1] if command == "M" for y in values[1:]]
        assert all(ribbon.spot.y < y < ribbon.spot.y + ribbon.spot.height for y in ends)


@settings(max_examples=40)
@given(pictures)
def test_every_shape_lies_in_the_picture(drawn: Picture) -> None:
    shapes: list[Shape] = [*drawn.under, *drawn.over, *(shape for ribbon in drawn.ribbons for shape in ribbon.shapes)]
    for shape in shapes:
        box = hull(shape.path)
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= drawn.width
        assert box.y + box.height <= drawn.height


@settings(max_examples=40)
@given(st.integers(0, 1000), sizes, st.sampled_from((4, READABLE)))
def test_joining_loses_no_flow(seed: int, flows: int, most: int) -> None:
    """Each flow is in exactly one ribbon, whose sentence has its whole name."""
    given = drawn(answers(seed, flows, nasty=True))
    made = draw(bank(), given, "pt", words(), 620, most)
    assert sorted(flow for ribbon in made.ribbons for flow in ribbon.flows) == sorted(flow.id for flow, _, _ in given)
    names = {flow.id: clean(flow.name) for flow, _, _ in given}
    for ribbon in made.ribbons:
        assert all(names[flow] in ribbon.said for flow in ribbon.flows)


@pytest.mark.parametrize("flows", [1, 3, 8, 24])
def test_so_many_flows_are_drawn_each_by_itself(flows: int) -> None:
    assert [len(ribbon.flows) for ribbon in picture(1, flows).ribbons] == [1] * flows


@pytest.mark.parametrize("flows", [25, 80, 500])
def test_more_flows_are_joined_until_they_can_be_read(flows: int) -> None:
    for seed in range(20):
        assert len(picture(seed, flows).ribbons) <= READABLE


@settings(max_examples=40)
@given(st.integers(0, 500), sizes)
def test_joined_flows_keep_their_lane_and_tell_the_worst(seed: int, flows: int) -> None:
    """Joining never makes a flow look nearer to home, plainer or more in order than it is."""
    for way in ways(drawn(answers(seed, flows)), 10):
        alone = [way_of(each) for each in way.flows]
        assert {one.lane for one in alone} == {way.lane}
        assert way.problem == any(one.problem for one in alone)
        assert way.look == max((one.look for one in alone), key=("bare", "plain", "careful", "delicate").index)


AWAY = {"kinds": ["contact"], "channel": "email", "place": "singapore", "place-evidence": "in-writing"}


def test_where_any_must_be_joined_no_long_row_of_alike_ones_is_left() -> None:
    """The first row alone would make room enough; four that are alike tell no more than one does, three may stay."""
    places = ["singapore"] * 10 + ["japan"] * 4 + ["taiwan"] * 3
    rows = [{"id": str(n), **AWAY, "place": "elsewhere", "place-name": place} for n, place in enumerate(places)]
    found = ways(chosen.now(Situation(bank(), {"flows": rows}, DAY)), 8)
    assert [len(way.flows) for way in found] == [10, 4, 1, 1, 1]


def test_what_has_no_route_is_joined_last() -> None:
    """Of two rows that are equally long, the one in order gives way."""
    held = {"ground": "consent", "consent-free": True, "consent-proof": True, "notified": True}
    rows = [{"id": f"open-{n}", **AWAY} for n in range(3)] + [{"id": f"held-{n}", **AWAY, **held} for n in range(3)]
    found = ways(chosen.now(Situation(bank(), {"flows": rows}, DAY)), 4)
    assert [(len(way.flows), way.problem) for way in found] == [(1, True)] * 3 + [(3, False)]


def test_ten_times_as_many_people_are_as_much_wider_each_time() -> None:
    widths = [thick(10**tens) for tens in range(5)]
    assert (thick(None), widths[0], widths[-1]) == (3, 3, 14)
    assert len({round(wider - width, 6) for width, wider in pairwise(widths)}) == 1


def test_each_look_is_told_without_colour() -> None:
    def told(look: Look) -> tuple[object, ...]:
        return tuple((shape.fill == "ground", bool(shape.fill), shape.dash) for shape in band.shapes(look))

    band = Band((0, 0), (100, 40), 10)
    assert len({told(look) for look in LOOKS}) == len(LOOKS)


@settings(max_examples=40)
@given(pictures)
def test_the_border_runs_between_macao_and_all_that_lies_beyond(drawn: Picture) -> None:
    grounds = {"home-lane", "away-lane", "open-lane"}
    home, *beyond = [hull(shape.path) for shape in drawn.under if shape.fill in grounds]
    lines = [shape.path for shape in drawn.over if shape.line == "border"]
    if not beyond:
        assert not lines
        return
    border = hull(lines[0])
    assert home.y + home.height < border.y < min(lane.y for lane in beyond)
    assert border.y + border.height == pytest.approx(max(lane.y + lane.height for lane in beyond))
    assert border.x < home.x


@settings(max_examples=40)
@given(st.integers(0, 500), sizes)
def test_nodes_keep_their_lanes_and_the_same_flows_give_the_same_picture(seed: int, flows: int) -> None:
    paths = [way.spots for way in ways(drawn(answers(seed, flows)))]
    lanes = [LANES.index(spot.lane) for spot in arranged(paths)[3]]
    assert lanes == sorted(lanes)
    assert picture(seed, min(flows, 80)) == picture(seed, min(flows, 80))


def counted_by_hand(layers: Sequence[Sequence[Spot]], paths: Sequence[Path]) -> int:
    """Crossings counted pair by pair, beside the quick way of `crossings`."""
    at = {spot: place for layer in layers for place, spot in enumerate(layer)}
    total = 0
    for gap in range(3):
        ends = [(at[path[gap]], at[path[gap + 1]]) for path in paths]
        total += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for n, a in enumerate(ends) for b in ends[n + 1 :])
    return total


def drawn_crossings(made: Picture) -> int:
    """Pairs of ribbons whose ends lie the other way round on the two sides of a gap."""
    total = 0
    for gap in range(3):
        outlines = [ribbon.outline[gap] for ribbon in made.ribbons]
        ends = [(left[1], right[-1]) for (_, left), (_, right), *_ in outlines]  # of its upper edge
        total += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for n, a in enumerate(ends) for b in ends[n + 1 :])
    return total


@settings(max_examples=40)
@given(st.integers(0, 500), sizes)
def test_ribbons_cross_only_where_the_order_of_the_boxes_makes_them(seed: int, flows: int) -> None:
    """Those that meet at a box enter and leave it side by side, in the order in which they come and go."""
    paths = [way.spots for way in ways(drawn(answers(seed, flows, nasty=True)))]
    assert drawn_crossings(picture(seed, flows)) == crossings(arranged(paths), paths)


def test_no_two_neighbours_could_change_places_and_save_a_crossing() -> None:
    for seed in range(40):
        paths = [way.spots for way in ways(drawn(answers(seed, 5 + seed)))]
        layers = arranged(paths)
        least = crossings(layers, paths)
        for layer in layers:
            for at, (upper, lower) in enumerate(pairwise(tuple(layer))):
                if upper.lane == lower.lane:
                    layer[at], layer[at + 1] = lower, upper
                    assert crossings(layers, paths) >= least
                    layer[at], layer[at + 1] = upper, lower


def test_order_has_at_most_half_the_crossings_of_chance() -> None:
    """Done when 3 of the map: the median over 100 businesses. A random order keeps lanes in their order as well.

    Plain count: each pair of ribbons that cross in a gap between two layers is one, whatever their widths.
    """
    shares = []
    for seed in range(100):
        chance = Random(seed)  # noqa: S311  # no secret
        paths = [way.spots for way in ways(drawn(answers(seed, chance.randint(5, 80))))]
        ours = arranged(paths)
        by_chance = [
            sorted(chance.sample(layer, len(layer)), key=lambda s: LANES.index(s.lane or "macau")) for layer in ours
        ]
        assert crossings(ours, paths) == counted_by_hand(ours, paths)
        if expected := crossings(by_chance, paths):
            shares.append(crossings(ours, paths) / expected)
    print(f"crossings: {median(shares):.2f} of those of a random order (median), at worst {max(shares):.2f}")  # noqa: T201  # with -s
    assert len(shares) >= 95
    assert median(shares) <= 0.5


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_widths_are_those_of_the_font(weight: str) -> None:
    """Never less than the font needs, for every letter that it has, and exact for those of our languages."""
    data = files("resources").joinpath("fonts", f"NotoSansTC-{weight}.ttf").read_bytes()
    font = TTFont(BytesIO(data))
    table, ours = font["hmtx"], "«»ªº–—áàâãçéêíóôõúÁÀÂÃÇÉÊÍÓÔÕÚ"
    for code, glyph in font.getBestCmap().items():
        width, told = table[glyph][0], wide(chr(code), 1000, bold=weight == "Bold")
        if category(chr(code)) != "Mn" and code >= 32:
            assert told >= width, f"U+{code:04X}"
        if 32 <= code < 127 or (chr(code) in ours[4:] and code > 127) or 0x4E00 <= code < 0x9FFF:
            assert told == pytest.approx(width, rel=0.02), f"U+{code:04X}"


@given(st.text(max_size=300), st.floats(30, 300), st.integers(1, 5), st.booleans())
def test_lines_fit_and_lose_nothing_but_what_an_ellipsis_tells(text: str, width: float, most: int, bold: bool) -> None:  # noqa: FBT001
    shown = clean(text)
    lines = wrapped(shown, 9, width, most, bold=bold)
    assert 1 <= len(lines) <= most
    assert all(wide(line, 9, bold=bold) <= width for line in lines)
    whole = "".join(lines).replace(" ", "")
    if lines[-1].endswith("…") and not shown.endswith("…"):
        assert shown.replace(" ", "").startswith(whole[:-1])
    else:
        assert whole == shown.replace(" ", "")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [NARROWEST, 480, 520, 760, 1400])
def test_no_word_of_ours_is_cut_or_torn(lang: str, width: float) -> None:
    """Every name that the content has for people, channels and places, in the box that it would stand in."""
    columns = columns_of(width)
    for layer, name in ((0, "people"), (2, "channel"), (3, "place")):
        for option in bank().columns["flows", name].options:
            text = option.text.to(lang)
            written = lines(text, columns.widths[layer] - 2 * PAD, bold=layer == 3)
            assert "…" not in "".join(line.text for line in written)
            found = [word for line in written for word in re.findall(r"[!-~À-ÿ]+", line.text)]
            assert found == re.findall(r"[!-~À-ÿ]+", text)
    tongue = Tongue(bank(), lang, words())
    for layer, word in enumerate(("people", "work", "channel", "place")):
        head = tongue.say(f"map.{word}")
        assert wrapped(head, 9, columns.widths[layer], 1, bold=True) == (head,)
    for word in (key for key in words() if key.startswith("map-legend.")):
        said = tongue.say(word)
        assert wrapped(said, 7.6, width - 60, 1) == (said,)


boxes_wanted = st.lists(st.tuples(st.floats(-500, 900), st.integers(1, 30), st.floats(5, 60)), min_size=1, max_size=12)


@given(boxes_wanted, st.floats(0, 300))
def test_boxes_keep_order_air_and_room_and_stand_where_they_like_if_they_can(
    boxes: list[tuple[float, int, float]], spare: float
) -> None:
    wanted, heights = [(middle, weight) for middle, weight, _ in boxes], [height for *_, height in boxes]
    gaps = [4.0, *[10.0] * (len(boxes) - 1), 6.0]
    room = packed(gaps, heights) + spare
    tops = settled(wanted, gaps, heights, room)
    assert tops[0] >= 4 - 1e-6
    assert tops[-1] + heights[-1] <= room - 6 + 1e-6
    for number, top in enumerate(tops[:-1]):
        assert tops[number + 1] >= top + heights[number] + 10 - 1e-6
    assert settled([(top + height / 2, 1) for top, height in zip(tops, heights, strict=True)], gaps, heights, room) == (
        pytest.approx(tops)
    )
    with pytest.raises(ValueError, match="fit"):
        settled(wanted, gaps, heights, room - spare - 1)


def test_of_two_boxes_that_want_one_place_the_one_with_more_ribbons_stands_nearer() -> None:
    tops = settled([(100, 3), (100, 1)], [4, 10, 4], [10, 10], 300)
    assert [top + 5 for top in tops] == [95, 115]


def test_an_empty_map_says_so_and_a_narrow_one_is_no_narrower_than_words_allow() -> None:
    empty = picture(1, 0)
    assert " ".join(label.text for label in empty.labels) == empty.said
    assert empty.said.startswith("No flow")
    assert not empty.ribbons
    assert picture(1, 3, width=10).width == NARROWEST
