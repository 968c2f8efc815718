"""Which tiers live on Nextcloud, and the names that their folders and tags may have."""

from collections.abc import Mapping

from wizards.content.text import LANGUAGES, Text
from wizards.governance.tiers import TIERS, home_of
from wizards.interview.answers import Answers


def tiers_here(answers: Answers) -> tuple[str, ...]:
    """The tiers that the owner gave to Nextcloud, from the lowest up."""
    return tuple(tier for tier in TIERS if home_of(answers, tier) == "nextcloud")


def names_of(tiers: tuple[str, ...], words: Mapping[str, Text], lang: str) -> tuple[str, ...]:
    """The name of each tier, as its folder and its tag are called."""
    return tuple(words[f"tier.{tier}"].to(lang) for tier in tiers)


def possible_names(tiers: tuple[str, ...], words: Mapping[str, Text]) -> tuple[tuple[str, ...], ...]:
    """For each tier its names in all languages: the owner may have made them while Guia spoke another."""
    return tuple(tuple(words[f"tier.{tier}"].to(lang) for lang in LANGUAGES) for tier in tiers)
