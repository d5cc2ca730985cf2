"""Makes questions of what a paragraph says, and tells whether an answer is the one that was meant.

No model: a clause that begins with a number is a question once "how many" stands in its place, one that begins with a day once
"when" does, one that begins with a person once "who" does; a person with an office can be asked about, and so can a day. What
comes of it is only a guess; nobody should see a question before it was asked and `is_right` held.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from rag.answer import Answer, Citation, Point
from rag.reading.quantities import Quantity, quantities_in
from rag.verdict.moments import Moment, moments_in
from rag.verdict.names import Name, names_in

_SHORTEST, _LONGEST = 3, 14  # words of a question
_TELLING = 5  # words that a question for who or when needs, so as not to fit many things
_NEAR = 40  # characters between a person and the word for an office
_CLAUSE_ENDS = re.compile(r"[,.;:!?…()\[\]\"«»“”]|\s[–—-]\s")
_WORD_END = re.compile(r"\w*(?:\sкүні\b)?")  # a day may have an ending in Kazakh, or "day" behind it
_GLUED = re.compile(r"\d[-‑]?[^\W\d_]|[^\W\d_]-\d")  # an ending on digits


class Suggestion(NamedTuple):
    """A question, what its answer must name, and the document that does.

    Attributes:
        is_answer: whether the value itself answers; else the answer tells something about it.
    """

    question: str
    value: Quantity | Name | Moment
    document: Document
    is_answer: bool = True


def suggestions(document: Document, start: int, end: int) -> list[Suggestion]:
    """Questions that the paragraphs of a place may answer: first how many, who and when, then about persons and days.

    Args:
        document: the article.
        start, end: the place, in characters of its text; values in it were said already, and are not asked for.
    """
    text = document.text
    first = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    last = text.find("\n\n", end)
    spans = sentences(text[first : last if last >= 0 else None], document.language)
    told = [(text[first + begin : first + stop], first + begin, first + stop) for begin, stop in spans]
    further = [sentence for sentence, begin, stop in told if stop <= start or begin >= end]
    every = [suggestion for each in further for make in _KINDS for suggestion in make(each, document)]
    return sorted(dict.fromkeys(every), key=lambda each: (not each.is_answer, _ORDER.index(type(each.value))))


_ORDER: list[type] = [Quantity, Name, Moment]


def is_right(suggestion: Suggestion, answer: Answer) -> bool:
    """Whether a question is answered with what it was made of, in its language, and no article says otherwise.

    What is counted, and what happened, must be told by the article that it was made of; a person may be named by any.
    """
    if answer.status != "answered" or answer.others:
        return False
    point, document = answer.points[0], suggestion.document
    quotation = answer.quotation_of(point)
    is_its_own = document.id in {citation.document_id for citation in answer.citations_of(point)}
    if quotation.language != document.language or not (is_its_own or isinstance(suggestion.value, Name)):
        return False
    return _names(suggestion, point, quotation)


def _names(suggestion: Suggestion, point: Point, citation: Citation) -> bool:
    """Whether the words that answer name the value; of what is only told about it, their sentence does."""
    told = _is_in(point.text, suggestion.value, citation)
    if suggestion.is_answer:
        return told
    has_office = whole_words(record(citation.language).answers.persons).search(point.text)
    is_fitting = bool(has_office) if isinstance(suggestion.value, Name) else True
    return is_fitting and not told and _is_in(point.sentence, suggestion.value, citation)


def _is_in(text: str, meant: Quantity | Name | Moment, citation: Citation) -> bool:
    language = citation.language
    if isinstance(meant, Quantity):
        return any(each.equals(meant) for each in quantities_in(text, language))
    if isinstance(meant, Moment):
        return any(each.equals(meant) for each in moments_in(text, language, citation.published))
    return any(each.equals(meant) for each in names_in(text, language))


def how_many(sentence: str, document: Document) -> Iterator[Suggestion]:
    """Questions for the plain numbers of a sentence that begin a clause, or stand anywhere in one of Kazakh."""
    language = document.language
    offers, moments = record(language).offers, moments_in(sentence, language, document.published)
    quantities = quantities_in(sentence, language)
    for each in quantities:
        is_dated = any(moment.start <= each.start < moment.end for moment in moments)
        if each.unit or each.amount == 1 or is_dated or _is_inflected(sentence, each, language):
            continue
        made = _in_place(sentence, each, offers.how_many) if offers.in_place else _in_front(sentence, each, language)
        if made and _is_whole(made, language) and len(quantities_in(made, language)) == 0:
            yield Suggestion(made, each, document)


def _is_inflected(sentence: str, counted: Quantity, language: str) -> bool:
    """Whether a number has an ending, which the question word would have to bear."""
    last = sentence[counted.start : counted.end].lower().split()[-1]
    has_case = language == "kk" and record("kk").without_case(last) != last
    return has_case or bool(_GLUED.search(sentence[counted.start : counted.end + 2]))


def _in_front(sentence: str, counted: Quantity, language: str) -> str | None:
    """The question for a number with which a clause begins; what is counted must be in the plural after "how many"."""
    offers = record(language).offers
    before = re.fullmatch(
        rf"(?:|.*(?:[;:]|\b(?:{offers.opens})))\s*((?:\b(?:{offers.about})\s+)*)",
        sentence[: counted.start],
        re.IGNORECASE,
    )
    if not before or not (before[1] or _is_plural(counted, language)):
        return None
    rest = _until_end(sentence, counted.end)
    is_verb = whole_words(record(language).follow_up.finite).match(rest.lstrip())
    if is_verb or not re.match(offers.counted, rest.lstrip()):
        return None  # "forty were sold" does not say of what
    return f"{offers.how_many}{rest}?"


def _in_place(sentence: str, counted: Quantity, how_many: str) -> str | None:
    """The clause of a number with which a sentence begins, with "how many" in its place."""
    before = sentence[: counted.start].lstrip()
    rest = _until_end(sentence, counted.end)
    is_cut = _CLAUSE_ENDS.search(before)  # of whom it speaks may stand in the clause before
    if is_cut or whole_words(rf"{record('kk').follow_up.finite}|ғана").match(rest.lstrip()):
        return None  # behind the number nothing is counted
    asked = f"{before}{how_many}{rest}?"
    return asked[0].upper() + asked[1:]


def _until_end(sentence: str, start: int) -> str:
    """The rest of a clause."""
    end = _CLAUSE_ENDS.search(sentence, start)
    return sentence[start : end.start() if end else None].rstrip()


def _is_plural(counted: Quantity, language: str) -> bool:
    """Whether the word after a number has the form that it has after "how many"."""
    if language != "ru":
        return counted.amount > 1
    tens, units = counted.amount % 100, counted.amount % 10
    return counted.amount.denominator == 1 and (11 <= tens <= 14 or units in (0, 5, 6, 7, 8, 9))


def _is_whole(question: str, language: str) -> bool:
    """Whether a question has a verb, asks one thing, leans on no sentence before it, and has neither too few words nor too many."""
    known = record(language).follow_up
    leans = whole_words(known.pronouns).search(question) or re.match(known.openers, question, re.IGNORECASE)
    has_verb = whole_words(known.finite).search(question)
    asks_once = len(whole_words(known.asking).findall(question)) == 1
    return _SHORTEST <= len(question.split()) <= _LONGEST and bool(has_verb) and asks_once and not leans


def who_is(sentence: str, document: Document) -> Iterator[Suggestion]:
    """Questions for the persons of a sentence whose office stands beside them, and whose names stand in the nominative."""
    language = document.language
    for name in names_in(sentence, language):
        written = sentence[name.start : name.end]
        is_person = _has_office(sentence, name, language) and not _has_short_name(written)
        if is_person and len(name.words) > 1 and (asked := _who(written, language)):
            yield Suggestion(asked.format(name=written), name, document, is_answer=False)


def _has_office(sentence: str, name: Name, language: str) -> bool:
    """Whether an office stands right before a name, or after it behind a comma; in Russian with its body between them.

    >>> text = "Deputy minister Aida Omar met members of the North Sea Forum and Pavel Orlov, the head of the dam."
    >>> [text[name.start : name.end] for name in names_in(text, "en") if _has_office(text, name, "en")]
    ['Aida Omar', 'Pavel Orlov']
    """
    offices = whole_words(record(language).answers.persons)
    between = rf"[^,.;:!?()]{{0,{_NEAR}}}" if language == "ru" else ""
    before, after = sentence[: name.start], sentence[name.end :]
    follows = re.search(rf"(?:{offices.pattern}){between}\s+$", before, re.IGNORECASE)
    return bool(follows or re.match(rf",\s[^,.;:!?()]{{0,{_NEAR}}}(?:{offices.pattern})", after, re.IGNORECASE))


def _has_short_name(name: str) -> bool:
    """Whether a word of a name is written in capitals only, as short names of bodies are: UN, ЕС."""
    return any(len(word) > 1 and word.isupper() for word in name.split())


def _who(name: str, language: str) -> str | None:
    """The question for a person; None if the name may stand in another case than the nominative.

    >>> [_who(name, "ru") for name in ("Ержан Жиенбаев", "Ержана Жиенбаева", "Ержаном Жиенбаевым", "Наталья Пан")]
    ['Кто такой {name}?', None, None, 'Кто такая {name}?']
    """
    man, woman = record(language).offers.who
    first, *_, last = name.lower().split()
    if language == "kk":
        return man if record("kk").without_case(last) == last else None
    if language == "en":
        return man
    if re.search("[a-z]", last) or re.search("[аеиоуыэюя]$|[оеыи]м$", last):
        return None
    if re.search("[ая]$", first):
        return woman
    return None if re.search("[еиоуыэю]$|[оеыи]м$", first) else man


def on_day(sentence: str, document: Document) -> Iterator[Suggestion]:
    """Questions for the days of a sentence that are written with their year."""
    language = document.language
    offered = record(language).offers.on_day
    for moment in moments_in(sentence, language, document.published):
        written = sentence[moment.start : moment.end]
        is_day = moment.days and moment.days.first == moment.days.last
        if offered and is_day and re.search(r"\b\d{1,2}\b.*\b\d{4}\b", written):
            yield Suggestion(offered.format(day=written), moment, document, is_answer=False)


def who_did(sentence: str, document: Document) -> Iterator[Suggestion]:
    """Questions for the person with whose office a sentence begins, and who does something in it."""
    language = document.language
    for name in [each for each in names_in(sentence, language) if len(each.words) > 1][:1]:
        before, rest = sentence[: name.start], _until_end(sentence, name.end)
        written = sentence[name.start : name.end]
        is_subject = _has_office(f"{before}{written}", name, language) and not _CLAUSE_ENDS.search(before)
        if not is_subject or _has_short_name(written) or not _who(written, language):
            continue
        did = _of_anybody(rest) if language == "ru" else rest
        verb_follows = whole_words(record(language).follow_up.finite).match(did.lstrip())
        asked = f"{record(language).offers.who_did}{did}?"
        if (verb_follows or language == "kk") and _tells_enough(asked, language):
            yield Suggestion(asked, name, document)


def _of_anybody(did: str) -> str:
    """What a woman did in the words for anybody; Russian verbs of the past tell.

    >>> _of_anybody(" рассказала о новой школе"), _of_anybody(" встретилась с врачами"), _of_anybody(" открыл мост")
    (' рассказал о новой школе', ' встретился с врачами', ' открыл мост')
    """
    return re.sub(r"^(\s\w+[аеёиоуыэюя])ла(?:(сь)?)\b", lambda found: f"{found[1]}л{'ся' if found[2] else ''}", did)


def _tells_enough(question: str, language: str) -> bool:
    return _is_whole(question, language) and len(question.split()) >= _TELLING


def when(sentence: str, document: Document) -> Iterator[Suggestion]:
    """Questions for the day with which a sentence begins; in English also for the day at its end."""
    language = document.language
    offers = record(language).offers
    for moment in moments_in(sentence, language, document.published):
        end = _WORD_END.match(sentence, moment.end).end()  # type: ignore[union-attr]  # it matches everywhere
        day = sentence[moment.start : end]
        is_day = moment.days and moment.days.first == moment.days.last and re.search(r"\d", day)
        if not is_day or not re.search(offers.day_ends, day):
            continue
        asked = _moved(sentence, moment, offers.moved) if offers.moved else _behind(sentence, moment.start, end)
        if asked and _tells_enough(question := f"{offers.when} {asked}?", language):
            yield Suggestion(question, moment, document)


def _behind(sentence: str, start: int, end: int) -> str | None:
    """What follows the day with which a sentence begins."""
    return _until_end(sentence, end).strip() if start == 0 else None


def _moved(sentence: str, moment: Moment, verbs: str) -> str | None:
    """A clause with a day at one of its ends, its verb in front.

    >>> text = "The new bridge over the Tobol was opened on 4 May 2026."
    >>> (day,) = moments_in(text, "en", None)
    >>> _moved(text, day, "was|were")
    'was the new bridge over the Tobol opened'
    """
    before = re.sub(r"\s*\bon\s*$", "", sentence[: moment.start], flags=re.IGNORECASE)
    after = sentence[moment.end :].strip(" ,.!")
    clause = before.strip() or after
    if bool(before.strip()) == bool(after) or _CLAUSE_ENDS.search(clause):
        return None
    found = re.fullmatch(rf"(.+?)\s({verbs})\s(.+)", clause)
    if not found:
        return None
    subject = re.sub(r"^(?:The|An?|This|Its)\b", lambda first: first[0].lower(), found[1])
    return f"{found[2]} {subject} {found[3]}"


_KINDS = (how_many, who_did, when, who_is, on_day)
