"""Metadata: front matter in three languages of markup, fields under other names, headlines; no article is lost for one field."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.document import to_document
from index.articles.files import read_articles
from index.articles.metadata.fields import read_fields
from index.articles.metadata.front_matter import split_front_matter
from index.articles.metadata.headline import date_on_top, split_headline
from index.articles.source_file import Options
from index.types import Article, Document, Note, PassedOver


def documents(folder: Path, options: Options | None = None) -> list[Document]:
    return [to_document(item) for item in read_articles([folder], options) if isinstance(item, Article)]


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        ("---\ntitle: A\ndate: 2024-02-30\n---\nB", {"title": "A", "date": "2024-02-30"}, "B"),
        ("\n \n---\ntitle: A\n...\nB", {"title": "A"}, "B"),
        ("---\ntitle: Yes\nlang: no\n---\nB", {"title": "Yes", "lang": "no"}, "B"),
        ("---\ntitle: A: b: c\ndate: 2024-01-01\n---\nB", {"title": "A: b: c", "date": "2024-01-01"}, "B"),
        ("---\ntitle: 'A'\ntags:\n\t- x\n---\nB", {"title": "A"}, "B"),
        ("---\ntitle: {{title}}\n---\nB", {"title": "{{title}}"}, "B"),
        ("---\n---\nB", {}, "B"),
        ("---\ntitle: A\n---", {"title": "A"}, ""),
        (
            "+++\ntitle = 'A'\n[extra]\nsource = 'S'\n+++\nB",
            {"title": "A", "source": "S", "extra": {"source": "S"}},
            "B",
        ),
        ("+++\ntitle = A\n+++\nB", {"title": "A"}, "B"),
        ('{\n  "title": "A"\n}\nB', {"title": "A"}, "\nB"),
        ("Title: A\nDate: 2024-01-01\n\nB", {"Title": "A", "Date": "2024-01-01"}, "B"),
        ("---\ntitle: A\ndate: 2024-01-01\n\nB", {"title": "A", "date": "2024-01-01"}, "B"),
        ("<!-- made by hand -->\n---\ntitle: A\n---\nB", {"title": "A"}, "B"),
        ("---toml\ntitle = 'A'\n---\nB", {"title": "A"}, "B"),
        ('---json\n{"title": "A"}\n---\nB', {"title": "A"}, "B"),
        ('{"title": "A"}\n\nB', {"title": "A"}, "\n\nB"),
        ('---\ntitle: "A\nlist: [b\n---\nB', {"title": "A", "list": "[b"}, "B"),
    ],
)
def test_front_matter(text: str, fields: dict[str, Any], body: str) -> None:
    assert split_front_matter(text)[:2] == (fields, body)


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA text after a rule.\n\n---\n\nMore.",
        "---\n\nThe fair: in August.\n\n---\n\nMore.",
        "---\ntitle: never closed\n\nMore.",
        "---\n- a\n- b\n---\nMore.",
        "---\nNote: the fair is in August.\n---\nMore.",
        '{"a": 1}\n\nis an example of JSON.',
        "Who: the mayor\nWhere: Pell\n\nMore.",
        '{"a": 1} is how it begins.',
        "No fields at all.",
    ],
)
def test_what_is_text_stays_text(text: str) -> None:
    assert split_front_matter(text) == ({}, text, ())


@given(st.text(alphabet="ab:-+{}\"'[]&* \n\t=.#|>"))
def test_any_head_is_read_or_left(head: str) -> None:
    for text in (f"---\n{head}\n---\nBody", f"+++\n{head}\n+++\nBody", f"{{\n{head}\nBody"):
        fields, body, _ = split_front_matter(text)
        assert isinstance(fields, dict)
        assert body.endswith("Body")


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        ({"headline": "A"}, "title", "A"),
        ({"Title": "Q&amp;A &laquo;x&raquo;"}, "title", "Q&A «x»"),
        ({"title": {"ru": "Маяк", "en": "Lighthouse"}}, "title", "Маяк"),
        ({"title": {"rendered": "A"}}, "title", "A"),
        ({"title": "{{title}}"}, "title", None),
        ({"title": True}, "title", None),
        ({"title": 1984}, "title", "1984"),
        ({"title": None, "headline": "A"}, "title", "A"),
        ({"source": ["A", "B"]}, "source", "A, B"),
        ({"source": {"name": "A", "url": "https://a.example"}}, "source", "A"),
        ({"author": [{"name": "A"}, {"name": "B"}]}, "source", "A, B"),
        ({"author": "B", "publisher": "A"}, "source", "A"),
        ({"link": "https://a.example/1"}, "url", "https://a.example/1"),
        ({"permalink": "/2024/a", "url": "https://a.example/2"}, "url", "https://a.example/2"),
        ({"url": "/2024/a"}, "url", None),
        ({"language": "kaz"}, "language", "kaz"),
        ({"in_language": "ru-KZ"}, "language", "ru-KZ"),
        ({"pubDate": "Tue, 09 Jul 2019 18:30:00 GMT"}, "published", "2019-07-09"),
        ({"created_at": "2019-07-09T10:00", "updated": "2020-01-01"}, "published", "2019-07-09"),
        ({"date": "04/07/2019", "created": "2019-07-09"}, "published", "2019-07-09"),
        ({"date": ["9 июля 2019"]}, "published", "2019-07-09"),
        ({"timestamp": 1562653800}, "published", "2019-07-09"),
        ({"published": "false"}, "published", None),
        ({"path": "2024/03/05/Bridge", "title": "x"}, "published", "2024-03-05"),
        ({"url": "https://news.example/2024/03/05/bridge"}, "published", "2024-03-05"),
        ({"url": "https://news.example/2024/03/05/bridge", "date": "2024-03-06"}, "published", "2024-03-06"),
        ({"url": "https://news.example/12/2024/03"}, "published", None),
    ],
)
def test_fields_under_other_names_and_in_other_shapes(given: dict[str, Any], name: str, value: str | None) -> None:
    assert getattr(read_fields(given), name) == value


@pytest.mark.parametrize(
    ("given", "note"),
    [
        ({"date": "soon"}, Note("date left out", '"soon" is not a date that can be read, write it like 2026-01-19')),
        ({"date": "2024-02-30"}, Note("date left out", '"2024-02-30" is no day of the calendar')),
        ({"title": "{{title}}"}, Note("field left out", "title: {{title}}")),
        ({"title": True}, Note("field left out", "title: True")),
    ],
)
def test_what_is_left_out_is_said(given: dict[str, Any], note: Note) -> None:
    assert read_fields(given).notes == (note,)


@pytest.mark.parametrize(
    ("given", "is_draft"),
    [
        ({"draft": "true"}, True),
        ({"draft": True}, True),
        ({"draft": "false"}, False),
        ({"published": "false"}, True),
        ({"published": "2024-01-01"}, False),
        ({"publish": False}, True),
        ({"status": "Draft"}, True),
        ({"status": "published"}, False),
        ({}, False),
    ],
)
def test_drafts(given: dict[str, Any], is_draft: bool) -> None:
    assert read_fields(given).is_draft == is_draft


def test_what_lies_in_a_folder_of_drafts_is_one(tmp_path: Path) -> None:
    (tmp_path / "_drafts").mkdir()
    (tmp_path / "_drafts" / "a.md").write_text("# A\n\nText.")
    (tmp_path / "b.org").write_text("#+TITLE: B\n#+DRAFT: true\n\nText.")
    assert list(read_articles([tmp_path])) == [PassedOver({}, 0, 2)]


def test_drafts_are_counted_and_read_only_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ndraft: yes\n---\nNot yet.", "utf-8")
    (tmp_path / "b.md").write_text("Said.", "utf-8")
    assert [document.text for document in documents(tmp_path)] == ["Said."]
    assert PassedOver({}, empty=0, drafts=1) in list(read_articles([tmp_path]))
    assert [document.text for document in documents(tmp_path, Options(drafts=True))] == ["Not yet.", "Said."]


@pytest.mark.parametrize(
    ("name", "content", "title", "published"),
    [
        ("Диктофон.md", "[[Диктофон]] пишет звук.", "Диктофон", None),
        ("a.md", "## Part\n\nText.", "a", None),
        ("a.md", "[Home](/) / [News](/n)\n\n# The mill\n\nText.", "The mill", None),
        ("2019-07-09-the-mill.md", "---\ntitle: The mill\n---\nText.", "The mill", "2019-07-09"),
        ("2019-07-09-the-mill.md", "---\ntitle: The mill\ndate: 2019-07-10\n---\nText.", "The mill", "2019-07-10"),
        (
            "a.txt",
            "Жарияланды: 09.07.2019\nАвтор: Қ. Өмір\n\nДиірмен жабылды\n\nМәтін.",
            "Диірмен жабылды",
            "2019-07-09",
        ),
        ("a.txt", "Главная / Новости\n\nМельница закрыта\n\nТекст.", "Мельница закрыта", None),
        ("a.txt", "By Irma Koch\n\nThe mill is closed\n\nText.", "The mill is closed", None),
        ("a.txt", "The mill is closed.\n\nText.", "The mill is closed.", None),
        ("a.txt", "ASTANA, 9 July — Daily\n\nThe mill is closed\n\nText.", "The mill is closed", None),
        ("a.txt", "БҰЙРЫҚ\n\nДиірмен туралы\n\nМәтін.", "Диірмен туралы", None),
        ("a.txt", "Order\n\nText of it.", "Order", None),
        ("a.html", "<title>News</title><h1>The mill is closed</h1><p>Text.", "The mill is closed", None),
        ("a.html", "<title>Home</title><h1>Mill</h1><p>Text.", "Home", None),
        ("a.txt", "---\ntitle: The mill\ndate: 9 July 2019\n---\nText.", "The mill", "2019-07-09"),
        ("2019-07-board.md", "# July 9\n\nWe met.\n\n# July 16\n\nWe met.", "2019-07-board", "2019-07-09"),
        ("2019-08-board.md", "# July 9\n\nWe met.", "2019-08-board", None),
        ("совет-2019.md", "# 9 июля\n\nСобрались.", "совет-2019", "2019-07-09"),
        ("2019 кеңес.md", "# 9 шілде\n\nЖиналды.", "2019 кеңес", "2019-07-09"),
        ("board.md", "# July 9\n\nWe met.", "board", None),
        ("2019-board.md", "# July 9: the vote\n\nWe met.", "July 9: the vote", None),
        ("a.txt", "Мельница закрыта\nВестник Лунда, 9 июля 2019 года\n\nТекст.", "Мельница закрыта", "2019-07-09"),
        ("a.txt", "Диірмен жабылды\nЛунд үні, 9 шілде 2019 жыл\n\nМәтін.", "Диірмен жабылды", "2019-07-09"),
        ("a.txt", "The mill is closed\nBy Irma Koch\n9 July 2019\n\nText.", "The mill is closed", "2019-07-09"),
    ],
)
def test_titles_and_dates(tmp_path: Path, name: str, content: str, title: str, published: str | None) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    (document,) = documents(tmp_path)
    assert (document.title, document.published) == (title, published)


def test_a_year_in_the_name_of_the_folder_is_that_of_the_day_on_top(tmp_path: Path) -> None:
    (tmp_path / "2019").mkdir()
    (tmp_path / "2019" / "board.md").write_text("# July 9\n\nWe met.\n\n# July 16\n\nWe met.", "utf-8")
    (document,) = documents(tmp_path)
    assert (document.published, document.text[:6]) == ("2019-07-09", "July 9")


@pytest.mark.parametrize(
    ("given", "source", "url"),
    [
        ({"source": "https://www.laws.example/2018/17"}, "www.laws.example", "https://www.laws.example/2018/17"),
        ({"source": "http://laws.example/a", "url": "https://b.example/c"}, "laws.example", "https://b.example/c"),
        ({"source": "The Daily"}, "The Daily", None),
    ],
)
def test_an_address_for_a_source_is_called_by_its_site(given: dict[str, Any], source: str, url: str | None) -> None:
    fields = read_fields(given)
    assert (fields.source, fields.url) == (source, url)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("thumb|The old mill", "The old mill"),
        ("thumb|right|200px|The old mill", "The old mill"),
        ("мини|слева|Старая мельница", "Старая мельница"),
        ("нобай|Ескі диірмен", "Ескі диірмен"),
        ("A thumb|nail", "A thumb|nail"),
    ],
)
def test_marks_of_a_wikis_picture_are_no_words(tmp_path: Path, written: str, kept: str) -> None:
    (tmp_path / "a.txt").write_text(f"The mill\n\n{written}\n\nIt is closed.", "utf-8")
    (document,) = documents(tmp_path)
    assert document.text.split("\n\n")[0] == kept


def test_a_headline_needs_a_blank_line_and_must_not_be_a_sentence() -> None:
    assert split_headline("A headline\n\nBody.") == ("A headline", "Body.")
    assert split_headline("A sentence.\n\nBody.") == (None, "A sentence.\n\nBody.")
    assert split_headline("A headline\nBody.") == (None, "A headline\nBody.")
    assert split_headline("9 July 2019\n\nBody.") == (None, "9 July 2019\n\nBody.")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9 июля 2019\n\nТекст", "2019-07-09"),
        ("Headline\n\nPublished on July 9, 2019\n\nText", "2019-07-09"),
        ("2019\n\nText", None),
        ("The fair opens on 9 July 2019.\n\nText", None),
    ],
)
def test_dates_on_top(text: str, day: str | None) -> None:
    assert date_on_top(text) == day


def test_wikilinks_in_fields_are_their_words() -> None:
    fields = read_fields(
        {"title": "The [[Corrow|harbour]] again", "publication": "[[Morning Post]]", "author": ["[[Ida Roe]]"]}
    )
    assert (fields.title, fields.source) == ("The harbour again", "Morning Post")


def test_front_matter_alone_is_read_by_its_summary(tmp_path: Path) -> None:
    told = "The mill of Corrow burned down in the night of 9 July."
    (tmp_path / "a.md").write_text(f'---\ntitle: The mill\ndeck: "{told}"\nsummary: "{told}"\n---\n', "utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: News\ndescription: All posts.\n---\n\n", "utf-8")
    items = list(read_articles([tmp_path]))
    (article,) = (item for item in items if isinstance(item, Article))
    assert (article.title, article.text) == ("The mill", told)
    assert article.notes == (Note("read by its summary", "a"),)
    assert [item.empty for item in items if isinstance(item, PassedOver)] == [1]
