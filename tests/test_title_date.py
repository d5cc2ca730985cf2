"""Dates that stand in a title, in a file's name or on a first line."""

from pathlib import Path

import pytest

from index.articles.files import read_articles
from index.articles.metadata.title_date import date_in_title
from index.types import Article


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Harbour board meeting 2024-05-08", "2024-05-08"),
        ("2024-05-08 Weekly sync", "2024-05-08"),
        ("minutes-2024-05-08", "2024-05-08"),
        ("notes_2024_05_08", "2024-05-08"),
        ("13 November 2024", "2024-11-13"),
        ("Minutes of the board meeting held on 13 November 2024", "2024-11-13"),
        ("Minutes of the annual general meeting, November 13, 2024", "2024-11-13"),
        ("Newsletter #12 — 5 May 2024", "2024-05-05"),
        ("Minutes of the meeting of 13 November 2024 (draft)", "2024-11-13"),
        ("Library committee meeting, 13 November 2024", "2024-11-13"),
        ("5 May 2024 — weekly digest", "2024-05-05"),
        ("Release 2.1.0 (5 May 2024)", "2024-05-05"),
        ("Протокол от 13 ноября 2024 года", "2024-11-13"),
        ("Протокол заседания совета от 13.11.2024 № 5", "2024-11-13"),
        ("Еженедельный дайджест, 13 ноября 2024 г.", "2024-11-13"),
        ("Заседание правления, 13 ноября 2024 года", "2024-11-13"),
        ("13 ноября 2024 года. Протокол заседания", "2024-11-13"),
        ("Жиналыс хаттамасы, 2024 жылғы 5 мамыр", "2024-05-05"),
        ("2024 жылғы 5 мамырдағы отырыс хаттамасы", "2024-05-05"),
        ("Апталық дайджест — 05.05.2024", "2024-05-05"),
    ],
)
def test_a_date_of_the_articles_own(title: str, day: str) -> None:
    assert date_in_title(title) == day


@pytest.mark.parametrize(
    "title",
    [
        "Elections set for 23 August 2026",
        "Elections 2026-08-23",
        "Public meeting on 23 August 2026",
        "Next meeting: 5 May 2026",
        "Council cancels meeting of 5 May 2024",
        "Newsletter banned from 5 May 2024",
        "Battle of Kursk, 5 July 1943",
        "Notes on the battle of 5 July 1943",
        "Montreal Protocol of 16 September 1987",
        "Minutes of 5 May 2023 to 5 May 2024",
        "Digest 05/03/2024",
        "Minutes 2024-02-30",
        "Build 1715155200",
        "Киотский протокол от 11 декабря 1997 года",
        "Заседание совета состоится 23 августа 2026 года",
        "Отменено постановление от 5 мая 2020 года",
        "Протокол ноября 2024 года",
        "Келесі жиналыс: 2026 жылғы 5 мамыр",
        "Көпір 2026 жылғы 5 мамырда ашылады",
    ],
)
def test_a_date_of_something_else(title: str) -> None:
    assert date_in_title(title) is None


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("sync.md", "# Crew sync 2024-05-08\n\nThe pump was mended.", "2024-05-08"),
        ("crew-2024-05-08.md", "# Crew\n\nThe pump was mended.", "2024-05-08"),
        ("protokol.txt", "Протокол от 13 ноября 2024 года\n\nНасос починили, его включат завтра.", "2024-11-13"),
        ("zhinalys.md", "# Жиналыс\n\nКүні: 13.11.2024\n\nСорғы жөнделді.", "2024-11-13"),
        ("sync.md", "---\ndate: 2024-05-10\n---\n# Crew sync 2024-05-08\n\nThe pump was mended.", "2024-05-10"),
        ("fair.md", "# Fair set for 23 August 2026\n\nIt opens at noon.", None),
        ("fair.md", "# Invitation to the fair\n\n23 August 2026\n\nIt opens at noon.", None),
        ("fair.html", "<h1>Fair</h1><p>23 August 2026</p><p>It opens at noon.</p>", None),
        ("fair.html", "<title>Fair notes 2026-08-23</title><p>It opened at noon.</p>", "2026-08-23"),
    ],
)
def test_what_an_article_says_of_its_date_comes_first(name: str, text: str, day: str | None, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (read,) = (each for each in read_articles([tmp_path]) if isinstance(each, Article))
    assert read.published == day
