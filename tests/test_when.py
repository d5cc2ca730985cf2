"""The time that a question names, in three languages, as days seen from the date of an article."""

import pytest

from rag.understanding.days import published_days
from rag.understanding.when import Relation, when

SEEN_FROM = "2025-04-14"  # a Monday
ANY = "0001-01-01", "9999-12-31"

# Question, relation, first and last day; an empty day is an open end.
TIMES = [
    ("en", "How many had been moved as of 8 April?", "as_of", "", "2025-04-08"),
    ("en", "How many had been moved as of Thursday?", "as_of", "", "2025-04-10"),
    ("en", "How many had been moved according to Sunday's figures?", "as_of", "", "2025-04-13"),
    ("en", "How many had been moved by April 8th, 2024?", "as_of", "", "2024-04-08"),
    ("en", "What was the toll at the end of January 2025?", "during", "2025-01-21", "2025-01-31"),
    ("en", "what was the toll as of late march", "as_of", "", "2025-03-31"),
    ("en", "How many schools were built in 2022?", "during", "2022-01-01", "2022-12-31"),
    ("en", "How many schools were built last year?", "during", "2024-01-01", "2024-12-31"),
    ("en", "Who won in March last year?", "during", "2024-03-01", "2024-03-31"),
    ("en", "In 2024, how many had died by 3 May?", "as_of", "", "2024-05-03"),
    ("en", "What happened in December?", "during", "2024-12-01", "2024-12-31"),
    ("en", "What changed between March and May 2024?", "during", "2024-03-01", "2024-05-31"),
    ("en", "What changed from 2019 to 2021?", "during", "2019-01-01", "2021-12-31"),
    ("en", "What was paid in 2023/24?", "during", "2023-01-01", "2024-12-31"),
    ("en", "Who met on 8–10 April?", "during", "2025-04-08", "2025-04-10"),
    ("en", "Who met on April 8-10, 2024?", "during", "2024-04-08", "2024-04-10"),
    ("en", "Who has led it since 2020?", "since", "2020-01-01", ""),
    ("en", "What was built after 2020?", "after", "2021-01-01", ""),
    ("en", "What was built before 2020?", "before", "", "2019-12-31"),
    ("en", "How many on 2025-04-09?", "during", "2025-04-09", "2025-04-09"),
    ("en", "What was decided yesterday?", "during", "2025-04-13", "2025-04-13"),
    ("en", "What was decided last week?", "during", "2025-04-07", "2025-04-13"),
    ("en", "What was decided last month?", "during", "2025-03-01", "2025-03-31"),
    ("en", "What did it cost three years ago?", "during", "2022-01-01", "2022-12-31"),
    ("en", "What happened on 29 February 2024?", "during", "2024-02-29", "2024-02-29"),
    ("ru", "Сколько было известно по состоянию на 8 апреля?", "as_of", "", "2025-04-08"),
    ("ru", "Сколько вывезли по данным на среду?", "as_of", "", "2025-04-09"),
    ("ru", "Сколько вывезли к понедельнику?", "as_of", "", "2025-04-14"),
    ("ru", "Сколько вывезли к 8 апреля 2024 года?", "as_of", "", "2024-04-08"),
    ("ru", "Сколько было известно на конец января 2025 года?", "as_of", "", "2025-01-31"),
    ("ru", "Каков бюджет на 2025 год?", "during", "2025-01-01", "2025-12-31"),
    ("ru", "Сколько школ построили в марте?", "during", "2025-03-01", "2025-03-31"),
    ("ru", "Сколько школ построили в прошлом году?", "during", "2024-01-01", "2024-12-31"),
    ("ru", "Кто победил в марте прошлого года?", "during", "2024-03-01", "2024-03-31"),
    ("ru", "Что построили с марта по май 2024 года?", "during", "2024-03-01", "2024-05-31"),
    ("ru", "Что построили в 2019–2021 годах?", "during", "2019-01-01", "2021-12-31"),
    ("ru", "Сколько отзывов пришло до 15 мая?", "before", "", "2025-05-14"),
    ("ru", "Кто руководит группой с октября?", "since", "2024-10-01", ""),
    ("ru", "Что изменилось после 2020 года?", "after", "2021-01-01", ""),
    ("ru", "Что решили вчера?", "during", "2025-04-13", "2025-04-13"),
    ("ru", "Сколько это стоило два года назад?", "during", "2023-01-01", "2023-12-31"),
    ("ru", "Сколько пострадавших на 10.04.2025?", "as_of", "", "2025-04-10"),
    ("ru", "Что обещали в начале 2024 года?", "during", "2024-01-01", "2024-04-30"),
    ("kk", "8 сәуірдегі жағдай бойынша қанша адам көшірілді?", "as_of", "", "2025-04-08"),
    ("kk", "2024 жылғы 8 сәуірдегі мәлімет бойынша қанша адам көшірілді?", "as_of", "", "2024-04-08"),
    ("kk", "2025 жылғы қаңтардың соңындағы дерек бойынша халқы қанша?", "as_of", "", "2025-01-31"),
    ("kk", "Наурызда қанша мектеп салынды?", "during", "2025-03-01", "2025-03-31"),
    ("kk", "Мамырға дейін қанша пікір келді?", "before", "", "2025-04-30"),
    ("kk", "Сәуірге қарай қанша адам көшірілді?", "as_of", "", "2025-04-30"),
    ("kk", "Қазаннан бері топты кім басқарады?", "since", "2024-10-01", ""),
    ("kk", "2022 жылы қанша мектеп салынды?", "during", "2022-01-01", "2022-12-31"),
    ("kk", "Былтыр қанша мектеп салынды?", "during", "2024-01-01", "2024-12-31"),
    ("kk", "Бейсенбідегі дерек бойынша қанша адам көшірілді?", "as_of", "", "2025-04-10"),
    ("kk", "Жұма күнгі соңғы мәлімет бойынша қанша адам көшірілді?", "as_of", "", "2025-04-11"),
    ("kk", "Өткен жылғы наурызда кім жеңді?", "during", "2024-03-01", "2024-03-31"),
    ("kk", "2019–2021 жылдары не салынды?", "during", "2019-01-01", "2021-12-31"),
    ("kk", "Кеше не шешілді?", "during", "2025-04-13", "2025-04-13"),
    ("kk", "Екі жыл бұрын қанша тұрды?", "during", "2023-01-01", "2023-12-31"),
    ("kk", "Сәуірдің 8-інде кім келді?", "during", "2025-04-08", "2025-04-08"),
    ("kk", "2024 жылдың соңында не болды?", "during", "2024-09-01", "2024-12-31"),
]
NO_TIME = [
    ("en", "May citizens propose laws?"),
    ("en", "Who led the march?"),
    ("en", "What does the 1995 constitution say?"),
    ("en", "Was the water in 2000 homes cut off?"),
    ("en", "What was said at the January meeting?"),
    ("en", "How many laws must change now?"),
    ("en", "Who was chosen on Friday?"),
    ("ru", "Что говорит Конституция 1995 года?"),
    ("ru", "Когда выступила Марта?"),
    ("ru", "Отключили ли воду в 2000 домах?"),
    ("ru", "Сколько законов изменят?"),
    ("ru", "Какое собрание назначено на среду?"),
    ("kk", "1995 жылғы Конституция не дейді?"),
    ("kk", "Ол Қазанда тұра ма?"),
    ("kk", "Бір маусымда қанша төлейді?"),
    ("kk", "Қанша заң өзгереді?"),
]


@pytest.mark.parametrize(("language", "question", "relation", "first", "last"), TIMES)
def test_a_time_is_read_as_days(language: str, question: str, relation: str, first: str, last: str) -> None:
    asked = when(question, language)
    assert asked is not None
    days = asked.days(SEEN_FROM)
    assert days is not None
    found = asked.relation, days.first.isoformat(), days.last.isoformat()
    assert found == (relation, first or ANY[0], last or ANY[1])


@pytest.mark.parametrize(("language", "question"), NO_TIME)
def test_what_is_no_time_is_none(language: str, question: str) -> None:
    assert when(question, language) is None


@pytest.mark.parametrize(
    ("published", "first"),
    [("2025-01-05", "2024-12-20"), ("2025-12-01", "2025-12-20"), ("2025", "2024-12-20"), (None, None)],
)
def test_the_year_that_is_not_named_is_the_nearest_to_the_article(published: str | None, first: str | None) -> None:
    asked = when("How many came on 20 December?", "en")
    assert asked is not None
    days = asked.days(published)
    assert (days and days.first.isoformat()) == first


def test_a_day_that_no_calendar_has_counts_none() -> None:
    asked = when("What happened on 31 February 2025?", "en")
    assert asked is not None
    assert asked.days(SEEN_FROM) is None


def test_an_article_is_from_a_time_if_all_its_days_are() -> None:
    asked = when("How many as of 8 April 2025?", "en")
    assert asked is not None
    assert asked.relation is Relation.AS_OF
    days = asked.days(None)
    assert days is not None
    told = {
        published: published_days(published) in days
        for published in ("2025-04-08", "2025-04-09", "2025-04", "2025-03", "2024")
    }
    assert told == {"2025-04-08": True, "2025-04-09": False, "2025-04": False, "2025-03": True, "2024": True}
    assert published_days(None) not in days


def test_the_place_of_a_time_in_the_question_is_told() -> None:
    question = "Сколько было известно на конец января 2025 года?"
    asked = when(question, "ru")
    assert asked is not None
    assert question[asked.start : asked.end] == "конец января 2025 года"
