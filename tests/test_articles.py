"""Reading: every kind of file, every kind of bad file."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, InputError
from index.articles.document import to_document
from index.articles.files import read_articles
from index.articles.registry import kinds, readers
from index.articles.source_file import TEXT_LIMIT, SourceFile
from index.types import Article, BadArticle, PassedOver
from tests.conftest import Kenes


def read(path: Path, content: str | bytes) -> list[Article | BadArticle | PassedOver]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_articles([path]))


def one(path: Path, content: str | bytes) -> Document:
    (article,) = read(path, content)
    assert isinstance(article, Article), article
    return to_document(article)


def reason(path: Path, content: str | bytes) -> str:
    (bad,) = read(path, content)
    assert isinstance(bad, BadArticle), bad
    assert bad.file == str(path)
    return bad.reason


def test_text_file_takes_its_first_line_for_a_title(tmp_path: Path) -> None:
    document = one(tmp_path / "a.txt", "A headline\n\nThe first sentence. The second.")
    assert (document.title, document.text) == ("A headline", "The first sentence. The second.")


def test_text_without_headline_is_titled_by_its_beginning(tmp_path: Path) -> None:
    assert one(tmp_path / "a.txt", "It rained. It poured.").title == "It rained. It poured."


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            "<!DOCTYPE html><html><head><title>T</title></head><body><p>It cost <b>9&nbsp;crowns</b>.</p>",
            "It cost 9 crowns.",
        ),
        ("T\n\n<p>It cost <b>9</b> crowns.</p>\n<p>It is new.</p>", "It cost 9 crowns.\n\nIt is new."),
        ("T\n\nIt cost 9 &mdash; or 8 &laquo;kr&raquo;.", "It cost 9 — or 8 «kr»."),
        ("T\n\nIf a < b, write <name> and R&D.", "If a < b, write <name> and R&D."),
    ],
)
def test_a_page_that_was_saved_as_text(tmp_path: Path, content: str, text: str) -> None:
    document = one(tmp_path / "a.txt", content)
    assert (document.title, document.text) == ("T", text)


def test_markdown_front_matter_and_markup(tmp_path: Path) -> None:
    document = one(
        tmp_path / "a.md",
        '---\ntitle: "Заң: жоба"\ndate: 2026-01-19\nsource: Orda.kz\nurl: https://example.org/a\nlang: kk\n---\n'
        "# Басы\n\nБұл **маңызды** [заң](https://example.org).\n\n- бір\n- екі\n",
    )
    assert document.title == "Заң: жоба"
    assert document.published == "2026-01-19"
    assert (document.source, document.url, document.language) == ("Orda.kz", "https://example.org/a", "kk")
    assert document.text == "Басы\n\nБұл маңызды заң.\n\n- бір\n- екі"


def test_json_lines_need_only_text_and_keep_a_given_id(tmp_path: Path) -> None:
    rows = [{"id": "a-1", "title": "T", "text": "Body one.", "date": "2025-10", "lang": "en"}, {"text": "Body two."}]
    articles = read(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    first, second = (to_document(article) for article in articles if isinstance(article, Article))
    assert (first.id, first.title, first.text, first.published) == ("a-1", "T", "Body one.", "2025-10")
    assert (second.title, len(second.id)) == ("Body two.", 12)


def test_id_depends_on_the_address_and_not_on_the_text(tmp_path: Path) -> None:
    before = one(tmp_path / "a.txt", "Something was said.")
    after = one(tmp_path / "a.txt", "Something else was said.")
    assert before.id == after.id
    assert before.sha256 != after.sha256


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "Привет".encode("koi8-r"), "koi8-r"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\xff\xfe\x80", "no text"),
        ("a.txt", " . ", "no text"),
        ("a.jsonl", '{"text": "cut', "no valid JSON"),
        ("a.jsonl", "[1]", "not a JSON object"),
        ("a.jsonl", '{"title": "no body"}', 'no "text" in it, but "title"'),
        ("a.jsonl", '{"text": {"en": "x"}}', '"text" is an object'),
        ("a.jsonl", "[" * 100_000, "no valid JSON"),
    ],
)
def test_bad_content_is_named_with_its_reason(tmp_path: Path, name: str, content: str | bytes, words: str) -> None:
    (item,) = read(tmp_path / name, content)
    if isinstance(item, Article):
        with pytest.raises(InputError, match=words):
            to_document(item)
    else:
        assert words in item.reason


def test_a_line_of_50_mb_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    big = b'{"text": "' + b"x" * 50_000_000 + b'"}\n'
    bad, good = read(tmp_path / "a.jsonl", big + b'{"text": "Small."}\n')
    assert isinstance(bad, BadArticle)
    assert "50.0 MB" in bad.reason
    assert bad.origin.endswith("line 1")
    assert isinstance(good, Article)
    assert good.text == "Small."


def test_too_large_a_text_file_is_refused(tmp_path: Path) -> None:
    assert "limit" in reason(tmp_path / "a.txt", b"x" * (TEXT_LIMIT + 1))


def test_paths_that_hold_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    other = tmp_path / "a.key"
    other.write_text("x")
    reasons = [each.reason for each in read_articles([empty, tmp_path / "none", other]) if isinstance(each, BadArticle)]
    assert ["no article" in reasons[0], "no such" in reasons[1], "not a kind" in reasons[2]] == [True] * 3


def test_hostile_names_and_fields(tmp_path: Path) -> None:
    import os

    with open(os.fsencode(tmp_path) + b"/\xff.txt", "w") as file:
        file.write("A text.")
    (bad,) = read_articles([tmp_path])
    assert isinstance(bad, BadArticle)
    assert "not UTF-8" in bad.reason
    row = json.dumps({"text": "A \ud800 text.", "title": "T \x1b[2J " + "long " * 1000, "id": "a\nb"})
    document = one(tmp_path / "a.jsonl", row)
    assert (document.text, document.id, document.title[:8]) == ("A text.", "a b", "T [2J lo")
    assert len(document.title) < 310


def test_folders_are_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "c.key", "d.KEY", "Makefile"):
        (tmp_path / name).write_text(f"Text of {name}.", "utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "d.md").write_text("Text of d.", "utf-8")
    (tmp_path / "empty.txt").write_text(" \n", "utf-8")
    *articles, passed_over = read_articles([tmp_path])
    assert [Path(each.file).name for each in articles if isinstance(each, Article)] == ["a.txt", "b.txt", "d.md"]
    assert passed_over == PassedOver({".key": 2, "": 1}, empty=1)


def test_every_format_has_a_reader_and_the_help_names_it(kenes: Kenes) -> None:
    assert {".txt", ".md", ".jsonl"} <= readers().keys()
    shown = kenes("index", "--help").stdout
    assert all(kind in shown for kind in kinds().split(", "))


@pytest.mark.parametrize(
    ("content", "title", "published", "source", "text"),
    [
        (
            "From: Irma Koch <irma@b.example>\nTo: us@b.example\nSubject: The mill\nDate: Tue, 09 Jul 2019 18:30:00 +0500\n\n"
            "The mill opens on\n9 July.\n\n> Anna wrote:\n> It opens on 5 July.\n",
            "The mill", "2019-07-09", "Irma Koch", "The mill opens on 9 July.",
        ),
        (
            "От: Ирма Кох\nКому: редакция\nТема: Мельница\nДата: 9 июля 2019 г.\n\nМельницу откроют 9 июля.\n",
            "Мельница", "2019-07-09", "Ирма Кох", "Мельницу откроют 9 июля.",
        ),
        (
            "From: a@b.example\nSubject: =?utf-8?b?0JzQtdC70YzQvdC40YbQsA==?=\nContent-Transfer-Encoding: quoted-printable\n"
            "Content-Type: text/plain; charset=utf-8\n\nIt costs 9=20crowns a day, =\nsaid Anna.\n",
            "Мельница", None, "a@b.example", "It costs 9 crowns a day, said Anna.",
        ),
        ("From: here\n\nText of it.", "From: here", None, None, "Text of it."),
    ],
)  # fmt: skip
def test_a_mail_saved_as_text_is_read_as_a_mail(
    tmp_path: Path, content: str, title: str, published: str | None, source: str | None, text: str
) -> None:
    document = one(tmp_path / "a.txt", content)
    assert (document.title, document.published, document.source, document.text) == (title, published, source, text)


_PIECES = [
    *(
        "# ",
        "- ",
        "1. ",
        "1.1. ",
        "а) ",
        "> ",
        "| a | b |\n",
        "|---|---|\n",
        "+---+---+\n",
        "    ",
        "\n",
        "\n\n",
        "\f",
        "\t",
    ),
    *(
        "---\n",
        "+++\n",
        "title: a\n",
        "{",
        "}",
        '{"text": "a"}\n',
        "[[",
        "]]",
        "![[",
        "%%",
        "==",
        "~~",
        "```\n",
        "`",
        "^[",
        "[^1]",
    ),
    *(
        "{{",
        "}}",
        "{%",
        "%}",
        "<p>",
        "</p>",
        "<!--",
        "-->",
        "<A b={c}>",
        "&amp;",
        "!!! note\n",
        ": a\n",
        "a:: b\n",
        "::: a\n",
    ),
    *(
        "From: a\n",
        "Subject: b\n",
        "On 5 May Ida wrote:\n",
        "Photo: Ida Roe\n",
        "Latest news\n",
        "#+TITLE: a\n",
        ":A:\n",
        "a,b;c\n",
    ),
    *(
        '"',
        "'",
        "\\",
        "word",
        "слово ",
        "сөз-\n",
        "г. ",
        "A. ",
        "2024",
        "\u00ad",
        "🐟",
        "\ue000",
        "\ue0001\ue001",
        "\x00",
        "\ufeff",
    ),
]


@given(
    st.lists(st.sampled_from(_PIECES), max_size=30), st.sampled_from([".txt", ".md", ".org", ".csv", ".json", ".jsonl"])
)
def test_any_markup_comes_in_or_is_named(pieces: list[str], suffix: str) -> None:
    file = SourceFile(Path(f"/a{suffix}"), f"/a{suffix}", data="".join(pieces).encode())
    reason = ""
    try:
        for item in readers()[suffix](file):
            assert isinstance(item, BadArticle) or to_document(item, "id").text
    except InputError as error:
        reason = error.what
    assert "\n" not in reason
