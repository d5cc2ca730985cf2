"""Records: JSON lines and arrays under any key names; a row that cannot be read is named, the others are read."""

import json
from pathlib import Path

import pytest

from index.articles.document import to_document
from index.articles.files import read_articles
from index.articles.metadata.records import json_rows
from index.articles.source_file import Options
from index.errors import InputError
from index.types import Article, BadArticle


def read(folder: Path, content: str | bytes, fields: dict[str, str] | None = None) -> list[Article]:
    path = folder / "a.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    items = list(read_articles([path], Options(fields or {})))
    assert not [item for item in items if isinstance(item, BadArticle)]
    return [item for item in items if isinstance(item, Article)]


@pytest.mark.parametrize(
    "row",
    [
        {"headline": "The mill", "content": "It burned.", "pubDate": "9 July 2019", "link": "https://a.example/1"},
        {"Title": "The mill", "Body": "It burned.", "Date": "2019/07/09", "URL": "https://a.example/1"},
        {
            "title": "The mill",
            "article_body": "It burned.",
            "datePublished": "2019-07-09",
            "url": "https://a.example/1",
        },
        {"title": {"rendered": "The mill"}, "content": {"rendered": "<p>It <b>burned</b>.</p>"}, "date": "2019-07-09"},
        {"title": "The mill", "text": ["It burned."], "date": 1562653800},
        {"title": "The mill", "text": ["It burned."], "published": [2019, 7, 9, 18, 30]},
        {"title": "The mill", "page_content": "It burned.", "metadata": {"date": "2019-07-09"}},
        {"subject": "The mill", "message": "It burned.", "sent": "2019-07-09"},
        {"title": "The mill", "text": 5, "body": "It burned.", "date": "2019-07-09"},
        {
            "заголовок": "The mill",
            "Полный текст": "It burned.",
            "Дата публикации": "09.07.2019",
            "ссылка": "https://a.example/1",
        },
        {"тақырып": "The mill", "мәтін": "It burned.", "күні": "2019 жылғы 9 шілде"},
    ],
)
def test_keys_by_other_names(tmp_path: Path, row: dict[str, object]) -> None:
    (article,) = read(tmp_path, json.dumps(row))
    assert (article.title, article.text, article.published) == ("The mill", "It burned.", "2019-07-09")
    assert article.url in ("https://a.example/1", None)


def test_a_key_may_be_named(tmp_path: Path) -> None:
    (article,) = read(
        tmp_path, '{"text": "Teaser", "essay": "It burned.", "kop": "Mill"}', {"text": "essay", "title": "kop"}
    )
    assert (article.title, article.text) == ("Mill", "It burned.")


@pytest.mark.parametrize(
    "content",
    [
        '[\n  {\n    "text": "One."\n  },\n  {\n    "text": "Two."\n  }\n]\n',
        '[{"text": "One."}, {"text": "Two."}]',
        '{\n  "articles": [\n    {"text": "One."},\n    {"text": "Two."}\n  ]\n}',
        '{\n"text": "One."\n}\n{\n"text": "Two."\n}',
        '{"text": "One."}\n\n{"text": "Two."}\n',
        '{"text": "One."},\n{"text": "Two."},\n',
        '[[{"text": "One."}], {"text": "Two."}]',
        '{"status": "ok", "message": "Done", "data": {"articles": [{"text": "One."}, {"text": "Two."}]}}',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_any_layout_and_encoding(tmp_path: Path, content: str, encoding: str) -> None:
    assert [article.text for article in read(tmp_path, content.encode(encoding))] == ["One.", "Two."]


def test_rows_know_their_lines() -> None:
    assert list(json_rows('[\n{"a": "\\n"},\n\n{"a":\n1}, {"a": 2}]')) == [
        (2, {"a": "\n"}),
        (4, {"a": 1}),
        (5, {"a": 2}),
    ]


def test_rows_before_a_fault_are_given() -> None:
    rows = json_rows('[{"a": 1}, {"a": ]')
    assert next(rows) == (1, {"a": 1})
    with pytest.raises(InputError, match="no valid JSON"):
        next(rows)


def test_html_in_text_is_read_and_signs_are_not_taken_for_it(tmp_path: Path) -> None:
    rows = [
        {"text": "<p>It cost <b>9&nbsp;million</b>.</p><ul><li>a</li></ul><script>x()</script>"},
        {"text": "If a < b and b > c, R&D costs &laquo;much&raquo;."},
    ]
    texts = [to_document(article).text for article in read(tmp_path, "\n".join(map(json.dumps, rows)))]
    assert texts == ["It cost 9 million.\n\n- a", "If a < b and b > c, R&D costs «much»."]


def test_an_id_that_is_none_is_left_out_with_a_note(tmp_path: Path) -> None:
    (article,) = read(tmp_path, '{"id": [1], "text": "It burned."}')
    assert article.id is None
    assert [(note.kind, note.detail) for note in article.notes] == [("field left out", "id: [1]")]


def test_bad_rows_are_named_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n{"title": "x"}\nnot JSON\n{"text": {"en": "x"}}\n7\n{"text": "Two."}\n', "utf-8")
    items = list(read_articles([path]))
    assert [item.text for item in items if isinstance(item, Article)] == ["One.", "Two."]
    reasons = [(item.origin.rsplit(" line ")[1], item.reason) for item in items if isinstance(item, BadArticle)]
    assert [line for line, _ in reasons] == ["2", "3", "4", "5"]
    for (_, reason), words in zip(
        reasons, ['no "text"', "no valid JSON", "is an object", "not a JSON object"], strict=True
    ):
        assert words in reason


@pytest.mark.parametrize(
    "written",
    [
        {"took": 2, "hits": {"hits": [{"_id": "7", "_source": {"title": "Mill", "text": "The mill burned in May."}}]}},
        {"response": {"results": [{"webTitle": "Mill", "fields": {"body": "<p>The mill <b>burned</b> in May.</p>"}}]}},
        {"data": [{"id": "7", "attributes": {"title": "Mill", "body": "The mill burned in May."}}]},
        {"7": {"title": "Mill", "text": "The mill burned in May."}},
        {"feed": {"entry": [{"title": {"$t": "Mill"}, "content": {"$t": "The mill burned in May."}}]}},
    ],
)
def test_records_are_found_in_what_wraps_them(tmp_path: Path, written: dict[str, object]) -> None:
    (article,) = read(tmp_path, json.dumps(written))
    assert (article.title, article.text) == ("Mill", "The mill burned in May.")


def test_labels_of_a_program_are_no_records(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"menu": {"text": "Open"}, "scripts": {"html": "make page"}}')
    (item,) = read_articles([tmp_path / "a.json"])
    assert isinstance(item, BadArticle)
    assert 'no "text" in it, but "menu", "scripts"' in item.reason


@pytest.mark.parametrize(
    "content",
    [
        {
            "type": "doc",
            "content": [
                {
                    "type": "paragraph",
                    "content": [{"type": "text", "text": "It "}, {"type": "text", "text": "burned."}],
                },
                {"type": "paragraph", "content": [{"type": "text", "text": "So it goes."}]},
            ],
        },
        {
            "blocks": [
                {"type": "paragraph", "data": {"text": "It <b>burned</b>."}},
                {"type": "header", "data": {"text": "So it goes."}},
            ]
        },
        ["It burned.", "So it goes."],
    ],
)
def test_text_in_the_blocks_of_editors(tmp_path: Path, content: object) -> None:
    (article,) = read(tmp_path, json.dumps({"title": "Mill", "content": content}))
    assert " ".join(article.text.split()) == "It burned. So it goes."


def test_records_on_one_line_have_names_of_their_own(tmp_path: Path) -> None:
    first, second = read(tmp_path, '[{"text": "One."}, {"text": "Two."}]')
    assert (first.line, second.line) == (1, 1)
    assert second.origin == f"{first.origin} number 2"


def test_a_list_of_numbers_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("[1, 2, 3]\n")
    assert [type(item) for item in read_articles([tmp_path / "a.jsonl"])] == [BadArticle]


LIFE = "Ida Roe was born in Corrow in 1871 and kept the light there for forty years until the harbour closed."


def test_a_long_value_under_an_unknown_name_is_text(tmp_path: Path) -> None:
    row = {
        "fullName": "Ida Roe",
        "description": "A keeper.",
        "biography": LIFE,
        "photo": "/a.jpg",
        "quotes": [{"text": "No."}],
    }
    (article,) = read(tmp_path, json.dumps([row], indent=1))
    assert (article.title, article.text) == ("Ida Roe", f"A keeper.\n\n{LIFE}")


def test_lists_of_a_record_without_a_named_text_are_said_to_be_left_out(tmp_path: Path) -> None:
    row = {"name": "Ida Roe", "biography": LIFE, "letters": [{"note": LIFE}], "tags": ["sea"]}
    (article,) = read(tmp_path, json.dumps(row))
    assert [(note.kind, note.detail) for note in article.notes] == [("field left out", "letters")]


def test_a_long_value_around_records_or_in_a_title_is_no_text(tmp_path: Path) -> None:
    around = {"terms": LIFE, "chapters": [{"title": "One", "text": LIFE + " " + LIFE}]}
    (article,) = read(tmp_path, json.dumps(around))
    assert article.title == "One"
    (item,) = read_articles([_written(tmp_path, {"title": LIFE, "link": "https://a.example"})])
    assert isinstance(item, BadArticle)


def _written(folder: Path, row: dict[str, str]) -> Path:
    path = folder / "b.json"
    path.write_text(json.dumps(row), "utf-8")
    return path
