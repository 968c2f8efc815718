"""Any text an owner may type: nothing lost, nothing obeyed, nothing over the edge."""

import pytest

from desktop.reports import document as d
from desktop.reports.fonts import faces_for
from desktop.reports.pdf import build
from desktop.reports.pdf.breaking import break_lines
from desktop.reports.pdf.look import BOTTOM, LEFT, PAGE_HEIGHT, WIDTH
from desktop.reports.pdf.plain import allowed_link, visible
from tests.desktop.pdf_reading import LAW, failures, one, spoken, text_of, words_of

HAN = "".join(
    sorted(
        {
            char
            for lead in range(0x87, 0xFF)
            for trail in range(0x40, 0xFF)
            for char in bytes((lead, trail)).decode("big5hkscs", "ignore")
            if char > "\uffff"
        }
    )
)
HOSTILE = {
    "word": "x" * 200,
    "address": "https://example.mo/" + "a-very/long_path?with=things&" * 12,
    "chinese": "澳門個人資料保護局，（第八／二〇〇五號法律）。" * 180,
    "latin": "A equipa não sabe onde ficam os dados; pergunte já. " * 80,
    "mixed": "用Nextcloud存放claims-photographs（見Article 7），再通知DSPDP。" * 60,
    "marks": "\u202e evil \u200f \x07 \x00 \ud800 \ufeff end",
    "markup": '<b>bold</b> & ]]> <para fg="x"> &amp; </b> <img src="file:///etc/passwd"/> %s {0} \\',
    "emoji": "👩‍⚖️ 😀 ok",
    "marked": "a\u0303o e\u0301 x\u0303 \u0301",
    "lines": "one\r\ntwo\u2028three\n\n\nfour\tfive",
    "closers": "。" * 300,
    "openers": "（" * 300,
    "spaces": " " * 500 + "end" + "\u3000" * 200,
    "dots": "." * 2000,
}


def everywhere(text: str, lang: d.Lang) -> d.Document:
    """A paper with this text in every place that takes text."""
    label = text[:60]
    return d.Document(
        title=text,
        lang=lang,
        business=text,
        subject=text,
        keywords=(text,),
        draft=text,
        footer=text,
        blocks=(
            d.Cover(label, label, label, ((label, label),), label),
            d.Heading(1, text, new_page=True, lead=text),
            d.Paragraph(text),
            d.Callout("verdict", text, text, (text, text)),
            d.Facts(((text, text),)),
            d.Bullets((text,), numbered=True),
            d.Table((label, "b", label), ((text, text, label), ("x", "y", text)), (1, 2, 6), caption=text),
            d.Register(((text, ((text, text), ((d.Span(text, url=LAW),), label))),)),
            d.TaskCard(text, label, chips=(text, "ok"), fields=((text, text), (label, (d.Span(text, url=LAW),)))),
            d.TaskCard(label, main=(text, text), points=((text, text),) * 3, fields=((label, text),)),
            d.Code(text),
        ),
    )


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_text_stays_inside_the_page(name: str) -> None:
    pdf = build(everywhere(HOSTILE[name], "zh-Hant" if name in {"chinese", "mixed"} else "pt"))
    words = words_of(pdf)
    assert words
    for word in words:
        assert LEFT - 1 <= word.left <= word.right <= LEFT + WIDTH + 1, word
        # a word reaches below the body only in the footer
        assert word.low <= PAGE_HEIGHT - BOTTOM + 6 or word.top >= PAGE_HEIGHT - 56, word
    assert failures(pdf) == []


@pytest.mark.parametrize("name", ["word", "address", "chinese", "latin", "mixed", "markup", "dots"])
def test_hostile_text_is_whole(name: str) -> None:
    assert HOSTILE[name].strip() in spoken(build(one(d.Paragraph(HOSTILE[name]), lang="zh-Hant")))


def test_every_character_of_hkscs_above_the_first_plane_comes_back() -> None:
    assert len(HAN) > 1600
    pdf = build(one(d.Paragraph(HAN[:850]), d.Paragraph((d.Span(HAN[850:], strong=True),)), lang="zh-Hant"))
    assert failures(pdf) == []
    assert HAN[:850] in text_of(pdf).replace("1/2", "")
    assert set(HAN) <= set(text_of(pdf))


def test_portuguese_and_cantonese_come_back() -> None:
    text = "ÀÁÂÃÇÉÊÍÓÔÕÚàáâãçéêíóôõúü«»“”‘’–—…€ªº№ 嘅咗哋唔喺嘢嚟冇啲𠝹𨋢𡃁㗎氹"
    assert "".join(text.split()) in text_of(build(one(d.Paragraph(text))))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("a\x00b\x1b", "a[U+0000]b[U+001B]"),
        ("\ud83d", "[U+D83D]"),
        ("😀", "[U+1F600]"),
        ("a\u0303", "ã"),
        ("x\r\ny\u2029z", "x\ny\nz"),
        ("\ue000", "[U+E000]"),
        ("a\tb\u2009c", "a b c"),
    ],
)
def test_what_cannot_be_shown_is_named(text: str, shown: str) -> None:
    shapes = faces_for(set("abc")).regular.widths
    assert visible(text, shapes) == shown


def test_both_weights_hold_the_same_characters() -> None:
    for needed in ("a", "澳", "𠝹", "员"):
        faces = faces_for(set(needed))
        assert faces.regular.widths.keys() == faces.bold.widths.keys()
        assert ord(needed) in faces.regular.widths


def test_the_smallest_face_is_taken() -> None:
    assert "latin" in faces_for(set("Olá €")).regular.name
    assert "common" in faces_for(set("澳門嘅資料")).regular.name
    assert faces_for(set("𠝹")).regular.name == "NotoSansTC-Regular"


def test_names_as_dingtalk_exports_them_can_be_printed() -> None:
    text = "员工请假审批单、销售部门、维修团队、手机号、离职证明、权限与业务"
    assert visible(text, faces_for(set(text)).regular.widths) == text


@pytest.mark.parametrize("url", ["https://a.mo", "HTTP://a.mo/x?y#z", "mailto:a@b.mo"])
def test_allowed_links(url: str) -> None:
    assert allowed_link(url) == url


@pytest.mark.parametrize(
    "url", ["", "javascript:x", " https://a.mo", "https://a.mo\n", "https:/a", "ftp://a", "//a.mo"]
)
def test_refused_links(url: str) -> None:
    assert allowed_link(url) == ""


def lines(text: str, room: int) -> list[str]:
    """Lines when every character is one wide."""
    return [text[start:end] for start, end in break_lines(text, list(range(len(text) + 1)), room)]


@pytest.mark.parametrize(
    ("text", "room", "broken"),
    [
        ("one two three", 7, ["one two ", "three"]),
        ("澳門用Nextcloud存放", 8, ["澳門用", "Nextclou", "d存放"]),
        ("澳門用DSPDP的表格", 6, ["澳門用", "DSPDP的", "表格"]),
        ("資料離開，澳門。", 4, ["資料離", "開，澳", "門。"]),
        ("請看（附件二）", 3, ["請看", "（附件", "二）"]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("", 5, [""]),
        ("https://a.mo/path/x", 14, ["https://a.mo/", "path/x"]),
    ],
)
def test_where_lines_end(text: str, room: int, broken: list[str]) -> None:
    assert lines(text, room) == broken


def test_no_line_begins_with_closing_punctuation() -> None:
    text = HOSTILE["chinese"]
    for room in range(5, 60):
        assert not any(line[0] in "，。、）」：" for line in lines(text, room))
        assert not any(line[-1] in "（「" for line in lines(text, room))
