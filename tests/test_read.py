"""Reading: words and sentences around what the model points at, support across passages, and kinds, with a model of words."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace

import numpy as np
import pytest

from index import Chunk, Document, Embedded
from rag.reading.answer_type import AnswerType
from rag.reading.asked import Asked
from rag.reading.confidence import Features
from rag.reading.extract import AnswerExtractor, _title, rerank
from rag.reading.fitting import count_fitting
from rag.reading.sentence_embeddings import SentenceEmbeddings, told
from rag.reading.span_reader import Count, Pointed, SpanReader, anything
from rag.types import Hit, Passage, Query, Reading
from tests.fakes import FakeEmbedder, _none

KNOWN = ["how", "mani", "law", "must", "chang", "who", "met"]
TEXT = (
    "The group met on Monday. At least ten constitutional laws must change, it heard.\n"
    "Fifty-one codes follow. That was all."
)


def document(text: str = TEXT, id: str = "d", language: str = "en") -> Document:
    return Document(id, "Laws", text, None, None, None, language, "0" * 64)


def passage(text: str, start: int, end: int, id: str = "d", language: str = "en") -> Passage:
    whole = document(text, id, language)
    return Passage(Chunk(id, 0, start, end, text[start:end]), whole, 1, 0.5, {"tokens": Hit(1, 0.25)})


def query(text: str, language: str = "en", **weights: float) -> Query:
    nothing: Future[Embedded] = Future()
    nothing.set_result(Embedded(np.zeros((1, 64), np.float32), (_none(),), (np.empty((0, 2), np.int32),)))
    return Query(
        text,
        language,
        tuple(KNOWN),
        {**dict.fromkeys(KNOWN, 1.0), **weights},
        nothing,
    )


class ToldReader(SpanReader):
    """Points at the words that it was told, with a score, in each passage that holds a certain word."""

    def __init__(self, **told: tuple[str, float]) -> None:
        self.told = told

    def pointed(
        self,
        asked: Sequence[tuple[str, str, str]],
        counts: Sequence[Count] | None = None,
    ) -> Iterator[tuple[int, Pointed | None]]:
        known = counts or [anything(text) for *_, text in asked]
        for at, ((*_, text), count) in enumerate(zip(asked, known, strict=True)):
            words, score = next((self.told[word] for word in self.told if word in text), ("", 0.0))
            start = text.find(words)
            yield at, Pointed(start, start + len(words), score) if count(start, start + len(words)) else None


def extractor(**told: tuple[str, float]) -> AnswerExtractor:
    return AnswerExtractor(FakeEmbedder(), ToldReader(**told))


def may_answer(question: str, language: str, text: str, words: str) -> bool:
    """Whether words of a text that the model points at are taken for an answer."""
    told = extractor(**{words.split()[-1]: (words, 1.0)})
    return bool(told.candidates(query(question, language), [passage(text, 0, len(text), language=language)]))


@pytest.mark.parametrize(
    ("language", "question", "text", "words", "kept"),
    [
        ("en", "How much do pupils pay?", "It is free for pupils; adults pay 40 crowns.", "free for pupils; adults pay 40 crowns", "free for pupils"),
        ("ru", "Сколько стоит билет для детей?", "Детский билет – 35 крон; взрослый – 70 крон.", "35 крон; взрослый – 70 крон", "35 крон"),
        ("kk", "Балаларға билет қанша тұрады?", "Балаларға 35 крон; ересектерге 70 крон.", "35 крон; ересектерге 70 крон", "35 крон"),
    ],
)  # fmt: skip
def test_a_number_ends_at_a_semicolon(language: str, question: str, text: str, words: str, kept: str) -> None:
    told = extractor(**{"70" if "70" in text else "40": (words, 1.0)})
    (found,) = told.candidates(query(question, language), [passage(text, 0, len(text), language=language)])
    assert found.reading.answer == kept


@pytest.mark.parametrize(
    ("language", "question", "text", "words", "kept"),
    [
        ("en", "How many came?", "The number rose to 23, among them four of the crew.", "23,", "23"),
        ("en", "How many rooms does it have?", "It has 90 rooms now, before the fire it had 40.", "90 rooms now, before the fire it had 40", "90 rooms now"),
        ("ru", "Сколько там комнат?", "Сейчас там 90 комнат, а до пожара было 40.", "90 комнат, а до пожара было 40", "90 комнат"),
        ("kk", "Онда қанша бөлме бар?", "Қазір онда 90 бөлме бар, ал өртке дейін 40 бөлме болған.", "90 бөлме бар, ал өртке дейін 40", "90 бөлме бар"),
    ],
)  # fmt: skip
def test_a_number_ends_before_what_is_told_of_another_time(
    language: str, question: str, text: str, words: str, kept: str
) -> None:
    told = extractor(**{"fire" if "23" not in text else "crew": (words, 1.0), "40": (words, 1.0)})
    (found,) = told.candidates(query(question, language), [passage(text, 0, len(text), language=language)])
    assert found.reading.answer == kept


@pytest.mark.parametrize(
    ("language", "question", "text", "words", "kept"),
    [
        ("en", "How many schools were repaired?", "Of the 28 schools in Orvik, 19 were repaired.", "28 schools in Orvik, 19", "19"),
        ("ru", "Сколько школ отремонтировали?", "Из 28 школ к маю отремонтированы 19.", "28 школ к маю отремонтированы 19", "19"),
        ("kk", "Қанша мектеп жөнделді?", "Ауданда 28 мектептің 19-ы жөнделді.", "28 мектептің 19-ы", "19-ы"),
        ("en", "When was it built?", "The mill (built 1846, sold 1902) burnt.", "(built 1846", "built 1846"),
        ("en", "When was it sold?", "The mill (built 1846, sold 1902) burnt.", "sold 1902)", "sold 1902"),
        ("en", "Between what hours is it open?", "It is open between 8. 30 a.m. and 5. 15 p.m. daily.", "between 8.", "between 8. 30 a.m. and 5. 15 p.m"),
        ("ru", "В какие часы он открыт?", "Он открыт с 9. 30 до 17. 45 часов.", "с 9.", "с 9. 30 до 17. 45"),
        ("en", "By how many days?", "An order shall not increase it by more than 3 days.", "more than 3", "shall not increase it by more than 3"),
        ("ru", "На сколько процентов?", "Тариф не может быть повышен более чем на 5 процентов.", "5 процентов", "не может быть повышен более чем на 5 процентов"),
        ("kk", "Қанша пайызға?", "Баға 5 пайыздан аспауы тиіс.", "5 пайыздан", "5 пайыздан аспауы тиіс"),
        ("en", "By how many days?", "Nobody knew that more than 3 days were lost.", "more than 3 days", "more than 3 days"),
        ("en", "How many days?", "by the substitution of “26 days” for “22 days”", "“26 days” for “22 days", "“26 days"),
        ("ru", "Сколько дней?", "Слова «24 дня» заменить словами «28 дней».", "24 дня» заменить словами «28 дней", "28 дней"),
    ],
)  # fmt: skip
def test_words_hold_what_is_asked_for_and_all_that_bounds_it(
    language: str, question: str, text: str, words: str, kept: str
) -> None:
    told = extractor(**{text.split()[0]: (words, 1.0)})
    (found,) = told.candidates(query(question, language), [passage(text, 0, len(text), language=language)])
    assert found.reading.answer == kept


def test_a_list_of_names_goes_on_after_a_semicolon() -> None:
    text = "Three parties entered: Aral; Baiterek; Nur."
    told = extractor(Nur=("Aral; Baiterek; Nur", 1.0))
    (found,) = told.candidates(query("Which parties entered?"), [passage(text, 0, len(text))])
    assert found.reading.answer == "Aral; Baiterek; Nur"


def test_words_stand_in_their_sentence() -> None:
    chunk = passage(TEXT, TEXT.index("ten"), TEXT.index(" must"))  # a chunk that cuts its sentence
    (found,) = extractor(ten=("ten constitutional laws", 2.0)).candidates(query("How many laws must change?"), [chunk])
    assert found.reading.answer == "At least ten constitutional laws"
    assert found.reading.sentence == "At least ten constitutional laws must change, it heard."
    assert found.features == Features(read=2.0, cosine=0.0)


@pytest.mark.parametrize(("pointed", "answer"), [("42 lei", "0,42 lei"), ("0", "0,42"), ("1,150", "1,150.5")])
def test_words_never_cut_a_figure_that_is_glued_to_a_word(pointed: str, answer: str) -> None:
    text = "The hryvnia still costs0,42 lei and the dinar rose by1,150.5 points."
    (found,) = extractor(hryvnia=(pointed, 1.0)).candidates(query("What of it?"), [passage(text, 0, len(text))])
    assert found.reading.answer == answer


@pytest.mark.parametrize(
    ("language", "text", "pointed", "answer"),
    [
        ("en", "It needs more than 40 tonnes.", "40 tonnes", "more than 40 tonnes"),
        ("ru", "Нужно не менее сорока тонн.", "сорока тонн", "не менее сорока тонн"),
        ("kk", "Кемінде қырық тонна керек.", "қырық тонна", "Кемінде қырық тонна"),
        ("en", "It needs more tonnes than 40.", "40", "40"),
        ("en", "It needs more than wheat.", "wheat", "wheat"),
    ],
)
def test_what_limits_a_number_goes_with_it(language: str, text: str, pointed: str, answer: str) -> None:
    found = passage(text, 0, len(text))
    found = replace(found, document=replace(found.document, language=language))
    (read,) = extractor(**{pointed.split()[-1]: (pointed, 1.0)}).candidates(query("What of it?"), [found])
    assert read.reading.answer == answer


def test_words_end_with_their_sentence() -> None:
    (found,) = extractor(Monday=("Monday. At least", 1.0)).candidates(query("Who?"), [passage(TEXT, 0, len(TEXT))])
    assert found.reading.answer == "Monday"  # without its full stop
    assert found.reading.sentence == "The group met on Monday."


def test_nothing_is_read_where_nothing_stands() -> None:
    assert extractor().read(query("Who?"), [passage("...", 0, 3)]) == []
    assert extractor().read(query("Who?"), []) == []


def test_an_answer_of_another_kind_is_none() -> None:
    assert extractor(group=("The group", 9.0)).candidates(query("How many laws?"), [passage(TEXT, 0, 24)]) == []
    assert len(extractor(group=("The group", 9.0)).candidates(query("Who met?"), [passage(TEXT, 0, 24)])) == 1


@pytest.mark.parametrize(
    ("question", "text", "published", "told"),
    [
        ("How many laws in 2022?", "In 2023 ten laws changed.", None, False),
        ("How many laws in 2023?", "In 2023 ten laws changed.", None, True),
        ("How many laws in 2022?", "Ten laws changed.", None, True),  # nothing is said of the year
        ("How many laws in 2022?", "Ten laws changed.", "2023-05-01", False),
        ("How many laws in 2022?", "Ten laws changed.", "2022-05-01", True),
        ("How many laws in 2022?", "It was the year 2022.\n\nTen laws changed.", "2023-05-01", True),
        ("How many laws in 2022?", "It was the year 2022. Ten laws changed.", "2023-05-01", True),
        ("How many laws in 2014?", "From 2012 to 2016 ten laws changed.", None, True),
        ("How many laws in 2026?", "In the season 2025/26 ten laws changed.", None, True),
        ("How many laws for 2,000 people?", "In 2023 ten laws changed.", None, False),  # that is no year, but a number
        ("How many laws did group 3 change?", "Group 1 changed ten laws.", None, False),
        ("How many laws did group three change?", "Group 1 changed ten laws.", None, True),  # words say too little
        ("How many laws did group 3 change?", "Group 3 met.\n\nThe ten laws of group 3 changed.", None, True),
    ],
)
def test_what_is_told_of_another_year_or_number_is_no_answer(
    question: str, text: str, published: str | None, told: bool
) -> None:
    document = Document("a", "Laws", text, None, None, published, "en", "")
    start = text.lower().index("ten")
    chunk = Passage(Chunk("a", 0, 0, len(text), text), document, 1, 1.0, {})
    found = extractor(laws=(text[start : start + 3], 1.0)).candidates(query(question), [chunk])
    assert bool(found) is told


def test_the_reader_is_told_the_year_of_print_only_if_it_is_asked_for() -> None:
    document = Document("a", "Rate", "The rate is 9 percent.", None, None, "2021-01-25", "en", "")
    chunk = Passage(Chunk("a", 0, 0, 22, document.text), document, 1, 1.0, {})
    assert _title("What was the rate in 2021?", chunk) == "Rate, 2021"
    assert _title("What was the rate in 2020?", chunk) == "Rate"
    assert _title("What is the rate?", chunk) == "Rate"
    untitled = replace(chunk, document=replace(document, title="The rate is …"))
    assert _title("What is the rate?", untitled) == ""
    assert _title("What was the rate in 2021?", untitled) == "2021"


@pytest.mark.parametrize(
    ("question", "language", "text", "words", "answers"),
    [
        ("What was the score between Orvik and Karaoi?", "en", "Orvik beat Karaoi 2-0 at home.", "Karaoi 2-0", True),
        ("What was the score between Orvik and Karaoi?", "en", "Orvik has 25 points.", "has 25", False),
        ("What is the average score of pupils?", "en", "Pupils had 25 points.", "had 25", True),
        ("С каким счётом выиграл «Орвик»?", "ru", "«Орвик» выиграл 3:1.", "выиграл 3:1", True),
        ("С каким счётом выиграл «Орвик»?", "ru", "«Орвик» набрал 25,5 очка.", "набрал 25,5", False),
        ("Матч есебі қандай?", "kk", "Орвик 3:1 есебімен ұтты.", "Орвик 3:1", True),
        ("Матч есебі қандай?", "kk", "Орвик 25 ұпай жинады.", "Орвик 25", False),
    ],
)
def test_a_score_is_two_numbers(question: str, language: str, text: str, words: str, answers: bool) -> None:
    assert may_answer(question, language, text, words) is answers


@pytest.mark.parametrize(
    ("question", "language", "text", "words", "answers"),
    [
        ("When is the next fair?", "en", "The fair was held on 3 March.", "3 March", False),
        ("When is the next fair?", "en", "The fair will be held on 3 May.", "3 May", True),
        ("When was the fair?", "en", "The fair was held on 3 March.", "3 March", True),
        ("Когда следующая ярмарка?", "ru", "Ярмарка прошла 3 марта.", "3 марта", False),
        ("Когда следующая ярмарка?", "ru", "Ярмарка пройдёт 3 мая.", "3 мая", True),
        ("Келесі жәрмеңке қашан?", "kk", "Жәрмеңке 3 наурызда өтті.", "3 наурызда", False),
        ("Келесі жәрмеңке қашан?", "kk", "Жәрмеңке 3 мамырда өтеді.", "3 мамырда", True),
    ],
)
def test_the_next_one_is_still_to_come(question: str, language: str, text: str, words: str, answers: bool) -> None:
    assert may_answer(question, language, text, words) is answers


@pytest.mark.parametrize(
    ("question", "language", "text", "words", "answers"),
    [
        ("How much do pupils pay?", "en", "The pool is free for pupils.", "free", True),
        ("What is the price of a seat?", "en", "Seats come at no cost.", "at no cost", True),
        ("How many pupils came?", "en", "The pool is free for pupils.", "free", False),
        ("Сколько стоит вход для школьников?", "ru", "Для школьников вход бесплатный.", "бесплатный", True),
        ("Сколько школьников пришло?", "ru", "Для школьников вход бесплатный.", "бесплатный", False),
        ("Оқушылар қанша төлейді?", "kk", "Оқушыларға кіру тегін.", "тегін", True),
    ],
)
def test_free_is_a_price_and_no_count(question: str, language: str, text: str, words: str, answers: bool) -> None:
    assert may_answer(question, language, text, words) is answers


@pytest.mark.parametrize(
    ("question", "language", "line", "text"),
    [
        ("When does the ferry stop?", "en", "20 June 2026", "The ferry stops on 3 July."),
        ("Когда остановят паром?", "ru", "Суббота, 20 июня 2026 года", "Паром остановят 3 июля."),
        ("Паром қашан тоқтайды?", "kk", "2026 жылғы 20 маусым", "Паром 3 шілдеде тоқтайды."),
    ],
)
def test_the_line_that_dates_an_article_answers_nothing(question: str, language: str, line: str, text: str) -> None:
    day = "20 June 2026" if language == "en" else line
    dated = f"Ferry\n{line}\n\n{text}\n\n{line}"  # the last one may be a heading of a programme

    def count(start: int, words: str) -> int:
        found = passage(dated, 0, len(dated), language=language)
        return count_fitting(Asked(query(question, language), AnswerType.TIME), found)(start, start + len(words))

    assert count(dated.index(line), day) == 0
    assert count(dated.index("3 "), text[text.index("3 ") :]) > 0
    assert count(dated.rindex(line), day) > 0


@pytest.mark.parametrize(
    ("language", "question", "text"),
    [
        ("en", "Which pump failed in July 2024?", "The new pump failed."),
        ("ru", "Какой насос сломался в июле 2024 года?", "Сломался новый насос."),
        ("kk", "2024 жылғы шілдеде қай сорғы бұзылды?", "Жаңа сорғы бұзылды."),
    ],
)
def test_what_was_printed_at_another_time_is_not_even_read(language: str, question: str, text: str) -> None:
    class Listening(ToldReader):
        def pointed(
            self, asked: Sequence[tuple[str, str, str]], counts: Sequence[Count] | None = None
        ) -> Iterator[tuple[int, Pointed | None]]:
            read.extend(text for *_, text in asked)
            return super().pointed(asked, counts)

    read: list[str] = []
    here = passage(text, 0, len(text), language=language)
    at_the_time, long_after = (
        replace(here, document=replace(here.document, published=day)) for day in ("2024-07-20", "2024-12-02")
    )
    told = AnswerExtractor(FakeEmbedder(), Listening(**{text.split()[-1]: (text, 1.0)}))
    (found,) = told.candidates(query(question, language), [long_after, at_the_time])
    assert (found.reading.document.published, len(read)) == ("2024-07-20", 1)


def test_passages_are_ordered_by_what_was_read_in_them() -> None:
    passages = [passage(TEXT, 0, 24), passage(TEXT, 25, 80), passage("Other.", 0, 6, "b"), passage("No.", 0, 3, "c")]
    readings = [
        Reading(passages[1].document, 25, 80, 34, 37, 0.6),
        Reading(passages[2].document, 0, 6, 0, 5, 0.9),
    ]
    readings.sort(key=lambda reading: -reading.confidence)
    ordered = rerank(passages, readings)
    assert [each.document.id + each.chunk.text[:2] for each in ordered] == ["bOt", "dAt", "dTh", "cNo"]
    assert [each.best for each in ordered] == [(0, 6), (25, 80), None, None]
    sure = rerank(passages, readings, least=0.7)
    assert [each.document.id + each.chunk.text[:2] for each in sure] == ["bOt", "dTh", "dAt", "cNo"]
    assert [each.best for each in sure] == [(0, 6), None, (25, 80), None]


def test_the_best_sentence_ends_with_its_passage() -> None:
    cut = passage(TEXT, TEXT.index("ten"), TEXT.index(" must"))
    reading = Reading(cut.document, 25, 80, cut.chunk.start, cut.chunk.start + 3, 0.6)
    assert rerank([cut], [reading])[0].best == (cut.chunk.start, cut.chunk.end)


def test_a_sentence_in_latin_kazakh_is_compared_in_cyrillic() -> None:
    text = "Mektepte 320 oqýshy oqıdy."
    reading = Reading(Document("d", "Aýyl mektebi", text, None, None, None, "kk", ""), 0, len(text), 9, 12, 0.5)
    assert told(reading) == "Ауыл мектебі. Мектепте 320 оқушы оқиды."


@pytest.mark.parametrize(
    ("text", "words", "answer"),
    [
        ("Mektepte 320 oqýshy oqıdy.", "320 оқушы", "320 oqýshy"),
        ("Ko'pir mamyr ai'ynda jo'ndeledi.", "мамыр айында", "mamyr ai'ynda"),
        ("Kitaphanada 12 myñ adam boldy.", "12 мың адам", "12 myñ adam"),
    ],
)
def test_latin_kazakh_is_read_in_cyrillic_and_quoted_as_it_stands(text: str, words: str, answer: str) -> None:
    (found,) = extractor(**{words.split()[0]: (words, 1.0)}).candidates(
        query("Бұл не?", "kk"), [passage(text, 0, len(text), language="kk")]
    )
    assert found.reading.answer == answer


class CountingEmbedder(FakeEmbedder):
    """Notes what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def embed_documents(self, texts: Sequence[str]) -> Embedded:
        self.given += texts
        return super().embed_documents(texts)


def test_sentences_that_are_read_again_are_not_embedded_again() -> None:
    embedder = CountingEmbedder()
    sentences = SentenceEmbeddings(embedder, remembered=2)
    found = sentences.of(["One law.", "Two laws.", "One law."])
    assert list(found) == embedder.given == ["One law.", "Two laws."]
    assert sentences.of(["One law."])["One law."] is found["One law."]
    sentences.of(["Three laws."])  # the second is the one that was not used for longest
    assert embedder.given[2:] == ["Three laws."]
    assert np.array_equal(sentences.of(["Two laws."])["Two laws."].vector, found["Two laws."].vector)
    assert embedder.given[3:] == ["Two laws."]


def test_more_sentences_than_are_remembered_are_all_given() -> None:
    sentences = SentenceEmbeddings(CountingEmbedder(), remembered=1)
    assert list(sentences.of(["A.", "B.", "C."])) == ["A.", "B.", "C."]
