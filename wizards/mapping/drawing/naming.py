"""The map in words: what each node is called, and the sentence for each ribbon. The words come from outside."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from wizards.content.bank import Bank
from wizards.content.text import Text
from wizards.mapping.drawing.letters import clean
from wizards.mapping.drawing.nodes import LANES, SEVERAL, Drawn, Way, people_in, place_of, way_of
from wizards.mapping.flow import Flow

_PEOPLE: Final = {"": "people-unknown", "nobody": "nobody", SEVERAL: "people-several"}
_CHANNEL: Final = {"": "channel-unknown", SEVERAL: "channel-several"}
_UNKNOWN: Final = {"": "place-unknown", "told": "place-told", SEVERAL: "place-unwritten"}

_NAMED: Final = 6
_LONGEST: Final = 60


def brief(flow: Flow) -> str:
    """The name of a flow where it is one of several in a sentence."""
    name = clean(flow.name)
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


class Tongue(Struct, frozen=True):
    """A language, with the content and the words to say the map in it."""

    bank: Bank
    lang: str
    words: Mapping[str, Text]

    def say(self, word: str, **values: str) -> str:
        """The words called `section.key` with their places filled in."""
        return self.words[word].fill(self.lang, **values)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts one after the other, each once."""
        return self.say("map-said.between").join(dict.fromkeys(parts))

    def some(self, names: Sequence[str]) -> str:
        """The first names of flows, and of the others the number."""
        listed = self.say("map-said.between").join(names[:_NAMED])
        if len(names) <= _NAMED:
            return listed
        return self.say("map-said.more", names=listed, count=str(len(names) - _NAMED))

    def flows(self, count: int) -> str:
        """A number of flows."""
        return self.say("map.one-flow") if count == 1 else self.say("map.flows", count=str(count))

    def people(self, node: str) -> str:
        """What a node of the first layer is called."""
        return self._named("people", node) or self.say(f"map.{_PEOPLE.get(node, 'people-unknown')}")

    def channel(self, node: str) -> str:
        """What a node of the third layer is called."""
        if node == "dingtalk":
            return self.say("home.dingtalk")
        return self._named("channel", node) or self.say(f"map.{_CHANNEL.get(node, 'channel-unknown')}")

    def place(self, way: Way) -> str:
        """What the place of a way is called inside its lane; "" in a lane that is one place."""
        return self._place(way.lane, way.place, way.flows[0][0])

    def _place(self, lane: str, place: str, flow: Flow) -> str:
        if lane == "unknown":
            return self.say(f"map.{_UNKNOWN[place]}")
        if lane != "elsewhere":
            return ""
        if place == SEVERAL:
            return self.say("map.place-several")
        if place.startswith("named"):
            return clean(flow.place_name) or self.say("map.place-unnamed")
        return self._named("place", place)

    def kept(self, flow: Flow) -> str:
        """Where one flow is kept, in a sentence."""
        lane, place = place_of(flow)
        if lane == "unknown":
            return self.say("map-said.told" if place else "map-said.unknown")
        return self._place(lane, place, flow) or self.say(f"map-lane.{lane}")

    def volume(self, count: int | None) -> str:
        """How many people."""
        if count is None:
            return self.say("map-said.volume-unknown")
        return self.say("map-said.volume-one") if count == 1 else self.say("map-said.volume", count=str(count))

    def number(self, flow: Flow) -> str:
        """The number of people of one flow, alone in its cell."""
        count = flow.row.get("volume")
        if not flow.personal:
            return self.say("map.number-none")
        return str(count) if isinstance(count, int) else self.say("map.number-unknown")

    def kinds(self, flow: Flow) -> str:
        """Which kinds of data are in it."""
        if flow.kinds is None:
            return self.say("map.kinds-unknown")
        options = (self.bank.option("flows", "kinds", kind) for kind in flow.row.get("kinds") or ())
        return self.say("map-said.semicolon").join(option.text.to(self.lang) for option in options if option)

    def ribbon(self, way: Way) -> str:
        """The sentence of a way: everything it shows, with each of its flows by its whole name."""
        drawn = way.flows
        names = [clean(flow.name) for flow, _, _ in drawn]
        name = names[0]
        if len(names) > 1:
            more = str(len(names) - 1)
            name = self.say("map-said.joined", first=name, count=more, names=self.say("map-said.between").join(names))
        return self.say(
            "map-said.ribbon",
            name=name,
            people=self.listed(self.people(way_of(each).people) for each in drawn),
            tier=self.listed(self.say(f"tier.{tier.id}") for _, _, tier in drawn),
            channel=self.listed(self.channel(way_of(each).channel) for each in drawn),
            place=self.listed(self.kept(flow) for flow, _, _ in drawn),
            volume=self.say("map-said.no-people") if way.look == "bare" else self.volume(people_in(way)),
            leaves=self.listed(self.say(f"leaves.{flow.leaves}") for flow, _, _ in drawn),
            route=self.listed(self.say(f"route.{route.outcome}") for _, route, _ in drawn),
        )

    def picture(self, drawn: Sequence[Drawn]) -> str:
        """The whole map in two sentences."""
        lanes = [way_of(each).lane for each in drawn]
        places = [
            self.say("map-said.lane", place=self.say(f"map-lane.{lane}"), count=str(lanes.count(lane)))
            for lane in LANES
            if lane in lanes
        ]
        problems = [brief(flow) for flow, route, _ in drawn if route.outcome == "none"]
        return self.say(
            "map-said.picture",
            flows=self.flows(len(drawn)),
            places=self.listed(places),
            problems=self.some(problems) or self.say("map-said.none"),
        )

    def _named(self, column: str, option: str) -> str:
        found = self.bank.option("flows", column, option)
        return found.text.to(self.lang) if found else ""
