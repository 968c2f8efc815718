"""A text in every language of Guia, and choosing one."""

from typing import Final

from msgspec import Struct, field

LANGUAGES: Final = ("en", "zh-Hant", "pt")


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """The same statement in English, Traditional Chinese (Macao usage) and European Portuguese."""

    en: str
    pt: str
    zh_hant: str = field(name="zh-Hant")

    def to(self, lang: str) -> str:
        """The text in `lang`, one of LANGUAGES; KeyError names any other."""
        return {"en": self.en, "zh-Hant": self.zh_hant, "pt": self.pt}[lang]

    def fill(self, lang: str, **values: str) -> str:
        """The text in `lang` with each `{name}` replaced by its value; braces inside values are left alone."""
        parts = self.to(lang).split("{")
        out = parts[0]
        for part in parts[1:]:
            name, closed, rest = part.partition("}")
            out += values[name] + rest if closed and name in values else "{" + part
        return out
