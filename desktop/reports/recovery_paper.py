"""The recovery sheet: one page with the passphrase, to print and lock away. It knows no business and no day."""

from collections.abc import Mapping

from desktop.reports.document import Block, Bullets, Code, Document, Facts, Heading, Paragraph
from desktop.reports.plan.voice import voice_of
from wizards.content.text import Text


def recovery_paper(passphrase: str, lang: str, words: Mapping[str, Text]) -> Document:
    """One page: what it is, the passphrase, what to do with it, where to keep it, and lines to fill in by hand."""
    voice = voice_of(lang, words)
    say = voice.say
    line = "\n" + say("recovery-sheet.line")  # room to write above it
    blocks: list[Block] = [
        Heading(1, say("recovery-sheet.title")),
        Paragraph(say("recovery-sheet.what"), "lead"),
        Code(passphrase),
        Heading(2, say("recovery-sheet.do")),
        Bullets(tuple(say(f"recovery-sheet.do-{number}") for number in (1, 2, 3)), numbered=True),
        Heading(2, say("recovery-sheet.keep")),
        Bullets(tuple(say(f"recovery-sheet.keep-{number}") for number in (1, 2, 3))),
        Heading(2, say("recovery-sheet.hand")),
        Facts(((say("recovery-sheet.date"), line), (say("recovery-sheet.place"), line))),
    ]
    return Document(
        title=say("recovery-sheet.title"),
        lang=voice.lang,
        blocks=tuple(blocks),
        subject=say("recovery-sheet.subject"),
        one_page=True,
    )
