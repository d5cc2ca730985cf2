"""Tables, JSON, reStructuredText and Org: rows to articles or lines, marks to plain words."""

import datetime
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from index.articles.files import read_articles
from index.articles.source_file import Options
from index.types import Article, BadArticle, PassedOver


def read(path: Path, content: str | bytes, options: Options | None = None) -> list[Article]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    items = list(read_articles([path], options))
    assert all(isinstance(item, Article) for item in items), items
    return [item for item in items if isinstance(item, Article)]


def one(path: Path, content: str | bytes, options: Options | None = None) -> Article:
    (article,) = read(path, content, options)
    return article


def test_a_row_is_an_article(tmp_path: Path) -> None:
    rows = 'headline,content,pubDate,link\nВода,"Цена, тенге: 500.\n\nВторой абзац.",05.03.2024,https://x.kz/1\nХлеб,Дорожает.,,\n'
    first, second = read(tmp_path / "a.csv", rows)
    assert (first.title, first.text) == ("Вода", "Цена, тенге: 500.\n\nВторой абзац.")
    assert (first.published, first.url, first.line) == ("2024-03-05", "https://x.kz/1", 2)
    assert (second.title, second.text, second.line) == ("Хлеб", "Дорожает.", 5)


def test_the_user_says_which_column_is_the_text(tmp_path: Path) -> None:
    article = one(tmp_path / "a.csv", "что;сколько\nВода дорожает.;5\n", Options(fields={"text": "что"}))
    assert article.text == "Вода дорожает."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "Region;Unemployed;Rate\nTurkistan;51300;5,2\nAbai;;4\n"),
        ("a.csv", 'sep=;\n"Region";"Unemployed";"Rate"\nTurkistan;51300;5,2\n\nAbai;;4\n'),
        ("a.tsv", "Region\tUnemployed\tRate\nTurkistan\t51300\t5,2\nAbai\t\t4\n"),
        ("a.csv", "Region|Unemployed|Rate\nTurkistan|51300|5,2\nAbai||4\n"),
    ],
)
def test_a_table_without_texts_is_one_article(tmp_path: Path, name: str, content: str) -> None:
    article = one(tmp_path / name, content)
    assert article.text == "Region: Turkistan; Unemployed: 51300; Rate: 5,2\nRegion: Abai; Rate: 4"
    assert article.title == "a"


def test_titles_above_a_sheet_are_lines_of_their_own(tmp_path: Path) -> None:
    article = one(tmp_path / "a.csv", "Rates of 2024;;\nRegion;Rate;Note\nAbai;5;\n")
    assert article.text == "Rates of 2024\nRegion: Abai; Rate: 5"


@pytest.mark.parametrize(
    "drawn",
    [
        "| Region | Rate |\n|--------|------|\n| Abai | 5 |\n| Ulytau | 6 |",
        "+--------+------+\n| Region | Rate |\n+--------+------+\n| Abai   |    5 |\n| Ulytau |    6 |\n+--------+------+",
        "+--------+------+\n| Region | Rate |\n+========+======+\n| Abai   |    5 |\n+--------+------+\n| Ulytau |    6 |\n+--------+------+",
        "┌────────┬──────┐\n│ Region │ Rate │\n├────────┼──────┤\n│ Abai   │    5 │\n│ Ulytau │    6 │\n└────────┴──────┘",
        " Region | Rate\n--------+------\n Abai   |    5\n Ulytau |    6",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_drawn_tables(tmp_path: Path, drawn: str, suffix: str) -> None:
    article = one(tmp_path / f"a{suffix if drawn[0] in '|+' else '.txt'}", f"Rates\n\n{drawn}\n\nEnd.\n")
    assert "Region: Abai; Rate: 5\nRegion: Ulytau; Rate: 6" in article.text
    assert "--" not in article.text


def test_a_row_of_a_drawn_table_may_have_several_lines(tmp_path: Path) -> None:
    table = "+------+--------+\n| Mill | Has    |\n+======+========+\n| Old  | nine   |\n|      | sacks  |\n+------+--------+\n"
    assert one(tmp_path / "a.md", table).text == "Mill: Old; Has: nine sacks"


def test_long_tables_become_several_articles(tmp_path: Path) -> None:
    articles = read(tmp_path / "a.csv", "Region,Note\n" + "".join(f"{n},{'x' * 1000}\n" for n in range(1500)))
    lines = [line for article in articles for line in article.text.split("\n")]
    assert len(articles) == 2
    assert [line.split("; ")[0] for line in lines] == [f"Region: {n}" for n in range(1500)]
    assert articles[1].text.startswith(f"Region: {articles[1].line - 2 if articles[1].line else ''};")


def test_sheets_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    first.title = "Regions"
    first.append(["Region", "Share", "Day"])
    first.append(["Abai", 0.052, datetime.datetime(2024, 3, 5)])
    first["B2"].number_format = "0.0%"
    second = book.create_sheet("News")
    second.append(["title", "text"])
    second.append(["Вода", "Цена 500 тенге."])
    book.create_sheet("Hidden").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    table, news = read_articles([tmp_path / "a.xlsx"])
    assert isinstance(table, Article)
    assert isinstance(news, Article)
    assert (table.title, table.text) == ("a: Regions", "Region: Abai; Share: 5.2%; Day: 2024-03-05")
    assert (news.title, news.text) == ("Вода", "Цена 500 тенге.")


def test_json_in_any_layout(tmp_path: Path) -> None:
    rows = [{"headline": "One", "content": "First."}, {"headline": "Two", "content": "Second."}]
    for content in (json.dumps(rows), json.dumps(rows, indent=2), json.dumps({"articles": rows})):
        assert [(each.title, each.text) for each in read(tmp_path / "a.json", content)] == [
            ("One", "First."),
            ("Two", "Second."),
        ]
    assert one(tmp_path / "a.json", '{"title": "T", "text": "Alone."}').text == "Alone."
    (tmp_path / "a.json").write_text('{"name": "settings", "version": 2}')
    (item,) = read_articles([tmp_path / "a.json"])
    assert isinstance(item, BadArticle | PassedOver)


def test_restructured_text(tmp_path: Path) -> None:
    article = one(
        tmp_path / "a.rst",
        "Вода и хлеб\n===========\n\n:Date: 2024-03-05\n\nThe price of *water* is ``500`` tenge, says the\n`ministry <https://x.kz>`_ "
        "and :doc:`the plan <plan>` [1]_.\n\n.. toctree::\n   :maxdepth: 2\n\n   intro\n\n.. unknown:: x\n\n   Its words stay.\n\n"
        "3. three\n4. four\n\n====== ====\nRegion Rate\n====== ====\nAbai   5\n====== ====\n\n.. a comment\n\n"
        ".. image:: x.png\n   :alt: Map of Abai\n\n.. include:: /etc/passwd\n\n.. [1] A footnote.\n",
    )
    assert (article.title, article.published) == ("Вода и хлеб", "2024-03-05")
    assert article.text.removeprefix("Вода и хлеб\n\n") == (
        "The price of water is 500 tenge, says the ministry and the plan.\n\nIts words stay.\n\n3. three\n4. four\n\n"
        "Region: Abai; Rate: 5\n\nMap of Abai\n\nA footnote."
    )


def test_org(tmp_path: Path) -> None:
    article = one(
        tmp_path / "a.org",
        "#+TITLE: Су туралы\n#+DATE: <2024-03-05 Tue>\n# comment\n* TODO Regions :tag:\n:PROPERTIES:\n:ID: x\n:END:\n"
        "The *price* of /water/ in the whole town is =500= tenge, says the\n[[https://x.kz][ministry]] of Abai. It was +480+ 470 "
        "before[fn:1: in 2023].\n\n- one\n- two\n\n| Region | Rate |\n|--------+------|\n| Abai   |    5 |\n#+BEGIN_COMMENT\nhidden\n"
        "#+END_COMMENT\n** Next\nA/B and 2*3*4 stay, snake_case_name too.\n",
    )
    assert (article.title, article.published) == ("Су туралы", "2024-03-05")
    assert article.text == (
        "Regions\n\nThe price of water in the whole town is 500 tenge, says the ministry of Abai. It was 470 before (in 2023).\n\n"
        "- one\n- two\n\nRegion: Abai; Rate: 5\n\nNext\n\nA/B and 2*3*4 stay, snake_case_name too."
    )
    assert [note.detail for note in article.notes] == ["480"]
