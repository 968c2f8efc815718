"""The shapes of topics, steps, sectors and claims, as people write them in resources/."""

from typing import Literal

from msgspec import Struct, field

from wizards.content.condition import NEVER, Condition
from wizards.content.text import Text

Kind = Literal["yes-no", "choice", "many", "text", "number", "date", "counts", "rows"]
Phase = Literal["now", "d30", "d60", "d90", "ongoing"]
PHASES: tuple[Phase, ...] = ("now", "d30", "d60", "d90", "ongoing")
StepId = Literal[
    "people",
    "place",
    "recognised",
    "ground",
    "consent-free",
    "consent-proof",
    "necessary",
    "told",
    "authorised",
    "bay-area",
    "sensitive",
    "credit",
    "combined",
    "returned",
]
"""The steps of a transfer route, in the order they are walked."""
LeafId = Literal[
    "not-personal",
    "in-macao",
    "place-unknown",
    "place-told",
    "adequate",
    "consent",
    "contract-with-person",
    "contract-for-person",
    "public-or-legal-claim",
    "vital-interest",
    "public-register",
    "authorised",
    "no-ground",
    "ground-unknown",
    "notice-only",
    "consent-not-free",
    "consent-not-shown",
    "consent-unknown",
    "contract-with-person-not-needed",
    "contract-for-person-not-needed",
    "public-or-legal-claim-not-needed",
    "vital-interest-not-needed",
    "necessity-unknown",
    "not-notified",
    "notice-unknown",
]
"""The ends to which a transfer route may come."""


class Shape(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename="kebab"):
    """What all content has in common: frozen, and a misspelt key is a mistake with its place."""


class Option(Shape, frozen=True, kw_only=True):
    """One possible answer. `marks` are what facts look for, such as `sensitive` or `dingtalk`."""

    id: str
    text: Text
    marks: tuple[str, ...] = ()


class Column(Shape, frozen=True, kw_only=True):
    """One cell of a row. `shown` puts it in the table; the others are asked in the row's own form."""

    id: str
    kind: Literal["yes-no", "choice", "many", "text", "number", "date"]
    text: Text
    hint: Text | None = None
    options: tuple[Option, ...] = ()
    when: Condition | None = None
    shown: bool = False
    ask: str = ""


class Question(Shape, frozen=True, kw_only=True):
    """One question to the owner.

    `why` is shown beside it with `sources` (ids of law records); `find` says where the answer is found, for example in
    DingTalk's console. `subject` joins questions on one page. `quick` is its place in the quick check, 0 for none.
    `ask` names the duty that settles "I do not know"; without one the general task *find out* is made.
    `review` asks it again each quarter.
    """

    id: str
    kind: Kind
    text: Text
    why: Text
    sources: tuple[str, ...] = ()
    hint: Text | None = None
    find: Text | None = None
    subject: str = ""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    when: Condition | None = None
    quick: int = 0
    ask: str = ""
    review: bool = False
    minimum: int = 0
    maximum: int = 10_000_000


class How(Shape, frozen=True, kw_only=True):
    """What to do, in one sentence and in full."""

    short: Text
    full: Text


class Duty(Shape, frozen=True, kw_only=True):
    """What a business owes or does well to do, and when. It becomes a task where `when` holds.

    `for_each` names a rows question: one task a row, with `{row}` in the title replaced by the row's name.
    `except` holds it back, however it was reached; `instead` names the duty that then settles an unknown answer.
    `weight` 1 to 100 orders tasks inside a phase and chooses the first six. `after` names duties that come before.
    `due_on` names a date question: the task is due on that day where it comes sooner. `lawyer` is the question for a
    lawyer that goes with it.
    """

    id: str
    title: Text
    why: Text
    how: How
    proof: Text
    phase: Phase
    who: Literal["owner", "manager", "it", "hr", "lead", "supplier", "lawyer"]
    effort_hours: float
    weight: int
    sources: tuple[str, ...]
    when: Condition | None = None
    for_each: str = ""
    except_: Condition = field(name="except", default=NEVER)
    instead: str = ""
    after: tuple[str, ...] = ()
    due_on: str = ""
    lawyer: Text | None = None


class Topic(Shape, frozen=True, kw_only=True):
    """One subject of one step: its questions and the duties that follow from them."""

    id: str
    step: str
    order: int
    title: Text
    questions: tuple[Question, ...] = ()
    duties: tuple[Duty, ...] = ()


class Step(Shape, frozen=True, kw_only=True):
    """One of the five steps. `needs` names the question that must be answered before it can start."""

    id: str
    title: Text
    summary: Text
    needs: str = ""


class Reason(Shape, frozen=True, kw_only=True):
    """A sentence that explains a route, a verdict or a tier, with its sources."""

    id: str
    text: Text
    sources: tuple[str, ...] = ()


class RouteStep(Shape, frozen=True, kw_only=True):
    """A step of the transfer route in words: its question, and its name where there is no room for a question.

    `column` is the cell of a flow that answers it, `answer` the question of the interview that does. Where a step has
    both, the question answers for a flow on DingTalk whose cell is empty.
    """

    id: StepId
    question: Text
    name: Text
    column: str = ""
    answer: str = ""


class RouteLeaf(Shape, frozen=True, kw_only=True):
    """An end of the transfer route in words."""

    id: LeafId
    text: Text


class Home(Shape, frozen=True, kw_only=True):
    """Where a tier may live, and what that gives and costs.

    `home` is the option of the tier questions. A home of several kinds stands once without `question`, and once for
    each kind: `options` are the answers to `question` that mean this one.
    """

    id: str
    home: str
    title: Text
    short: Text
    hides: Text
    proves: Text
    costs: Text
    limits: Text
    transfer: Text
    sources: tuple[str, ...]
    question: str = ""
    options: tuple[str, ...] = ()


class Guide(Shape, frozen=True, kw_only=True):
    """How to get a home and set it up: what to know first, and its duties in the order in which they are done."""

    id: str
    home: str
    title: Text
    intro: Text
    money: Text | None = None
    duties: tuple[str, ...]
    sources: tuple[str, ...] = ()


class Contradiction(Shape, frozen=True, kw_only=True):
    """Answers that do not fit together. With `for_each`, a table, `text` names the rows by `{row}`.

    `change` are the questions by which it can be mended, the likeliest first. It is shown beside the first of them on
    a page. Of the questions about homes, only those of the rows' own tiers count.
    """

    id: str
    text: Text
    mend: Text
    change: tuple[str, ...]
    when: Condition
    for_each: str = ""
    sources: tuple[str, ...] = ()


class Claim(Shape, frozen=True, kw_only=True):
    """A claim in circulation and what the law says. Printed under *You may have heard*."""

    id: str
    heard: Text
    truth: Text
    sources: tuple[str, ...]


class PresetRow(Shape, frozen=True, kw_only=True):
    """A row that a sector usually has. `values` are column values, `texts` those that are words."""

    id: str
    name: Text
    values: dict[str, str | int | bool | list[str]] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)


class Sector(Shape, frozen=True, kw_only=True):
    """A sector's first rows, and a sample business of that sector for looking around.

    `sample` holds plain answers, `sample_texts` answers that are words, `sample_rows` what the sample's rows say beyond
    the preset (question id -> row id -> column -> value; null is "I do not know").
    """

    id: str
    order: int
    title: Text
    rows: dict[str, tuple[PresetRow, ...]] = field(default_factory=dict)
    sample_texts: dict[str, Text] = field(default_factory=dict)
    sample: dict[str, str | int | bool | list[str] | dict[str, int]] = field(default_factory=dict)
    sample_unknown: tuple[str, ...] = ()
    sample_rows: dict[str, dict[str, dict[str, str | int | bool | list[str] | Text]]] = field(default_factory=dict)


class Sentence(Shape, frozen=True, kw_only=True):
    """One possible sentence of the quick result; the first whose condition holds is said."""

    text: Text
    when: Condition | None = None
    sources: tuple[str, ...] = ()


class Quick(Shape, frozen=True, kw_only=True):
    """The quick result: where data go, the sharpest gap, what to do. Each list ends with one that always holds."""

    where: tuple[Sentence, ...]
    gap: tuple[Sentence, ...]
    next: tuple[Sentence, ...]


class Part(Shape, frozen=True, kw_only=True):
    """One part of the exposure: amounts in MOP, each a number or `record.value` of a law record."""

    id: str
    title: Text
    basis: Text
    when: Condition | None = None
    sources: tuple[str, ...]
    low: int | str
    likely: int | str
    high: int | str


class Act(Shape, frozen=True, kw_only=True):
    """Something that an owner writes into the trail by hand, because Guia does not see it; `hint` says what to note."""

    id: str
    text: Text
    hint: Text


class TrailNames(Shape, frozen=True, kw_only=True):
    """The trail in words: what is written by hand, and the names of what entries say by their ids."""

    acts: tuple[Act, ...]
    actions: tuple[Option, ...]
    data: tuple[Option, ...]
    channels: tuple[Option, ...]
    outcomes: tuple[Option, ...]
    who: tuple[Option, ...]
