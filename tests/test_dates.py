"""Dates: every way of writing one that has one reading, in three languages; what has two is not guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles.metadata.dates import date_in_name, read_date
from index.errors import InputError

DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))
ENGLISH = "January February March April May June July August September October November December".split()
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
KAZAKH = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split()


@pytest.mark.parametrize(
    "written",
    [
        "2019-07-09",
        "2019-7-9",
        "2019/07/09",
        "2019.07.09",
        "20190709",
        "09.07.2019",
        "9.7.2019 г.",
        "9 июля 2019",
        "9 июля 2019 г.",
        "9 июля 2019 года, 18:30",
        "18:30, 9 июля 2019",
        "вторник, 9 июля 2019",
        "9 июл. 2019",
        "2019 ж. 9 шілде",
        "2019 жылғы 9 шілде",
        "2019 жылдың 9 шілдесі",
        "9 шілде 2019 ж.",
        "9 шілде 2019 жыл",
        "July 9, 2019",
        "Jul. 9th, 2019",
        "Tuesday, July 9, 2019 at 6:30 PM",
        "9 July 2019",
        "9th of July 2019",
        "9-Jul-2019",
        "Tue, 09 Jul 2019 18:30:00 GMT",
        "Tue, 9 Jul 2019 18:30:00 +0500 (ALMT)",
        "Tue Jul  9 18:30:00 2019",
        "Tue, 09 Jul 19 18:30:00 GMT",
        "9-Jul-19",
        "2019-W28-2",
        "9. 7. 2019",
        "«9» июля 2019 года",
        "9 июля 2019 года (вторник)",
        "Опубликовано: 9 июля 2019",
        "Last updated on July 9, 2019",
        "2019 жылғы 9 шілдеде",
        "2019 жылғы 9-шілде",
        "2019 ж. 9-шы шілде",
        "шілденің 9-ы, 2019 жыл",
        "9 шілде, 2019 жыл, сейсенбі",
        "2019-07-09T18:30Z[UTC]",
        "/Date(1562653800000+0500)/",
        "2019-07-09T18:30",
        "2019-07-09T23:30:00-05:00",
        "2019-07-09 18:30:00 UTC",
        "2019-07-09 18:30:00.250 +0500",
        "1562653800",
        "1562653800000",
        "07/07/2019",
    ],
)
def test_one_reading(written: str) -> None:
    assert read_date(written) == ("2019-07-07" if written == "07/07/2019" else "2019-07-09")


@pytest.mark.parametrize(("written", "read"), [("25/12/2019", "2019-12-25"), ("12/25/2019", "2019-12-25")])
def test_a_day_over_twelve_shows_the_order(written: str, read: str) -> None:
    assert read_date(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [("2019", "2019"), ("2019-07", "2019-07"), ("июль 2019 года", "2019-07"), ("2019 жылғы шілде", "2019-07")],
)
def test_months_and_years(written: str, read: str) -> None:
    assert read_date(written) == read


@pytest.mark.parametrize("written", ["04/07/2019", "4-7-2019", "11/12/2019"])
def test_two_readings(written: str) -> None:
    with pytest.raises(InputError, match="two ways"):
        read_date(written)


@pytest.mark.parametrize(
    "written", ["2019-02-30", "31 апреля 2019", "2019-13", "February 29, 2019", "32.01.2019", "2019-W54-1"]
)
def test_no_day_of_the_calendar(written: str) -> None:
    with pytest.raises(InputError, match="calendar"):
        read_date(written)


@pytest.mark.parametrize("written", ["", "soon", "вчера", "9.7.19", "0019-07-09", "July", "July 9", "5-7 March 2019"])
def test_no_date(written: str) -> None:
    with pytest.raises(InputError, match="not a date"):
        read_date(written)


@given(DAYS)
def test_every_day_comes_back_from_every_form(day: date) -> None:
    month = day.month - 1
    for written in (
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day:%d.%m.%Y}",
        f"{day.day} {RUSSIAN[month]} {day.year} года",
        f"{day.year} жылғы {day.day} {KAZAKH[month]}",
        f"{day.year} ж. {day.day} {KAZAKH[month]}",
        f"{ENGLISH[month]} {day.day}, {day.year}",
        f"{day.day} {ENGLISH[month]} {day.year}",
        f"{day.day} {ENGLISH[month][:3]} {day.year} 10:00:00 +0600",
    ):
        assert read_date(written) == day.isoformat(), written


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        read = read_date(text)
    except InputError:
        return
    assert len(read) in (4, 7, 10)


@given(DAYS)
def test_the_day_before_is_another_one(day: date) -> None:
    assert read_date(f"{day - timedelta(1):%d.%m.%Y}") < read_date(f"{day:%d.%m.%Y}")


@pytest.mark.parametrize(
    ("stem", "day"),
    [
        ("2019-07-09-a-slug", "2019-07-09"),
        ("2019-07-09", "2019-07-09"),
        ("2019_07_09 notes", "2019-07-09"),
        ("2019-02-30-slug", None),
        ("slug-2019-07-09", None),
        ("2019-07-091", None),
        ("20190709-a-slug", "2019-07-09"),
        ("09.07.2019 отчёт", "2019-07-09"),
        ("201907091", None),
        ("19991331", None),
    ],
)
def test_days_of_file_names(stem: str, day: str | None) -> None:
    assert date_in_name(stem) == day
