"""Mails: what the sender wrote is the text; older mails in it are left out, and attachments are counted."""

from pathlib import Path

import pytest

from index.articles.files import read_articles
from index.articles.markup.quoted_mail import without_quoted
from index.types import Article, BadArticle, Note

HEAD = "From: Desk <desk@news.example>\nSubject: Fair\nDate: Fri, 05 Apr 2024 10:00:00 +0500\n"


def one(path: Path, content: str | bytes) -> Article:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (article,) = read_articles([path])
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    "older",
    [
        "> The fair opens on 9 April.\n> Come.",
        "On Thu, 4 Apr 2024 Anna <a@news.example> wrote:\n> The fair opens on 9 April.",
        "On Thursday, 4 April 2024 at 10:00, Anna Berg\n<anna@news.example> wrote:\n\n> The fair opens on 9 April.",
        "4 апреля 2024 г. Анна пишет:\n> Ярмарка откроется 9 апреля.",
        "-----Original Message-----\nFrom: Anna\nThe fair opens on 9 April.",
        "-------- Пересылаемое сообщение --------\nЯрмарка откроется 9 апреля.",
        "From: Anna <a@news.example>\nSent: Thursday, 4 April 2024\nTo: Desk\nSubject: Fair\n\nThe fair opens on 9 April.",
        "От: Анна\nОтправлено: 4 апреля 2024\nКому: Редакция\nТема: Ярмарка\n\nЯрмарка откроется 9 апреля.",
        "Кімнен: Анна\nЖіберілді: 4 сәуір\nКімге: Редакция\n\nЖәрмеңке 9 сәуірде ашылады.",
    ],
)
def test_older_mails_are_left_out(older: str) -> None:
    text, notes = without_quoted(f"The fair opens on 6 April, 83 masters come.\n\n{older}")
    assert text == "The fair opens on 6 April, 83 masters come."
    assert [note.kind for note in notes] == ["older mail left out"]
    assert "9" in notes[0].detail


@pytest.mark.parametrize(
    "text",
    [
        "He wrote: come on 6 April.",
        "From: a poem\nby Abai",
        "5 > 3, and\nmore",
        "The mayor wrote on 5 May:\n\nDear all, the bridge is open.",
    ],
)
def test_what_only_looks_like_a_quotation_stays(text: str) -> None:
    assert without_quoted(text) == (text, ())


def test_answers_between_the_lines_stay() -> None:
    text, _ = without_quoted("> When does it open?\nOn 6 April.\n> How many masters?\nThere are 83 of them.")
    assert text == "On 6 April.\nThere are 83 of them."


def test_a_mail_that_was_only_passed_on_keeps_its_text() -> None:
    text, notes = without_quoted(
        "FYI\n\n---------- Forwarded message ---------\nFrom: Anna\nSubject: Fair\n\nIt opens on 6 April."
    )
    assert "It opens on 6 April." in text
    assert notes[0].kind == "mail passed on"


def test_headers_and_wrapped_lines(tmp_path: Path) -> None:
    article = one(
        tmp_path / "a.eml",
        "From: =?koi8-r?B?8sXEwcvDydE=?= <desk@news.example>\nSubject: =?utf-8?B?0JLQvtC00LA=?= & bread\n"
        "Date: Fri, 05 Apr 2024 10:00:00 +0500\nContent-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: quoted-printable\n\nThe fair of the old town opens on Saturday the sixth of April=\n and\n"
        "eighty-three masters from all the regions of the country will come.\n",
    )
    assert (article.title, article.source, article.published) == ("Вода & bread", "Редакция", "2024-04-05")
    assert article.text == (
        "The fair of the old town opens on Saturday the sixth of April and "
        "eighty-three masters from all the regions of the country will come."
    )


def test_newsletter_and_attachments(tmp_path: Path) -> None:
    article = one(
        tmp_path / "a.eml",
        f"{HEAD}Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n"
        "--y\nContent-Type: text/plain\n\nOpen in a browser.\n--y\nContent-Type: text/html; charset=windows-1251\n\n".encode()
        + (
            "<table><tr><td><span style='display:none'>preview</span><p>Ярмарка откроется 6 апреля, приедут 83 мастера "
            "из всех областей.</p></td></tr></table><div class=gmail_quote>On 4 April Anna wrote:<blockquote>9 апреля"
            "</blockquote></div>\n--y--\n--x\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment;"
            " filename=a.pdf\n\nx\n--x--\n"
        ).encode("cp1251"),
    )
    assert article.text == "Ярмарка откроется 6 апреля, приедут 83 мастера из всех областей."
    assert [note.kind for note in article.notes] == ["older mail left out", "attachments not read"]
    assert article.notes[1] == Note("attachments not read", "1 .pdf")


def test_every_mail_of_an_mbox_is_an_article(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    mail = "From a@x Fri Apr  5 10:00:00 2024\nFrom: A <a@x>\nSubject: {}\nMessage-ID: <{}@x>\n\n{}\n\n"
    path.write_text(
        mail.format("One", 1, "The first text.\n\n>From the start it was so.") + mail.format("Two", 2, "The second.")
    )
    first, second = read_articles([path])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, first.text) == ("One", "The first text.\n\nFrom the start it was so.")
    assert (second.line, second.origin) == (10, f"{path} <2@x>")


@pytest.mark.parametrize(("name", "words"), [("a.eml", "no mail"), ("a.mbox", "no .mbox file")])
def test_what_is_no_mail_is_named(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).write_text("Just some words.\n\nAnd more.")
    (bad,) = read_articles([tmp_path])
    assert isinstance(bad, BadArticle)
    assert words in bad.reason


def test_addresses_of_links_go_where_words_stand_for_them(tmp_path: Path) -> None:
    plain = (
        "The fair <https://news.example/a?b=1> opens.\nCome to <https://fair.example>.\n==========\n"
        "Ask Anna <anna@news.example> ( https://news.example/x ).\n"
    )
    assert one(tmp_path / "a.eml", f"{HEAD}\n{plain}").text == (
        "The fair opens.\nCome to https://fair.example.\n\nAsk Anna <anna@news.example>."
    )


def test_a_text_that_a_program_made_of_html_gives_way_to_it(tmp_path: Path) -> None:
    plain = "See [https://a.example/1] the fair (https://a.example/2) and masters (https://a.example/3)."
    html = "<p>See the <a href='https://a.example/2'>fair</a> and <a href='https://a.example/3'>masters</a>.</p>"
    parts = f"--y\nContent-Type: text/plain\n\n{plain}\n--y\nContent-Type: text/html\n\n{html}\n--y--\n"
    head = f"{HEAD}Content-Type: multipart/alternative; boundary=y\n\n"
    assert one(tmp_path / "a.eml", head + parts).text == "See the fair and masters."
    assert one(tmp_path / "b.eml", f"{HEAD}Content-Type: text/plain\n\n{html}").text == "See the fair and masters."


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251"])
def test_headers_that_are_not_encoded(tmp_path: Path, charset: str) -> None:
    mail = f"From: Анна <a@news.example>\nSubject: Ярмарка в Пелле\nContent-Type: text/plain; charset={charset}\n\nДа, 6 апреля."
    article = one(tmp_path / "a.eml", mail.encode(charset))
    assert (article.title, article.source, article.text) == ("Ярмарка в Пелле", "Анна", "Да, 6 апреля.")


def test_utf_8_is_read_as_such_whatever_the_mail_says(tmp_path: Path) -> None:
    mail = f"{HEAD}Content-Type: text/plain; charset=iso-8859-1\n\nОн заплатил 5 €."
    assert one(tmp_path / "a.eml", mail).text == "Он заплатил 5 €."


def test_a_short_answer_keeps_the_mail_that_it_answers_without_its_frame() -> None:
    text, _ = without_quoted(
        "Yes.\n\nOn 5 Apr 2024, Anna <a@news.example> wrote:\n> Is 6 > 5, and is it\n> on 6 April?"
    )
    assert text == "Yes.\n\nIs 6 > 5, and is it\non 6 April?"


def test_a_plain_text_that_calls_itself_html_is_read_as_plain(tmp_path: Path) -> None:
    mail = f"{HEAD}Content-Type: text/html\n\nThe fair <https://news.example/a> opens.\n\nCome."
    assert one(tmp_path / "a.eml", mail).text == "The fair opens.\n\nCome."
