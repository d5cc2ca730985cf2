"""Whether the person that one article names has taken the place of the one that another names: then the other one held it earlier."""

from index import Document
from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from index.analysis.sentences import sentences
from rag.reading.raised import changes_in
from rag.verdict.names import Name, names_in
from rag.verdict.values import Kind, Statement, same_value

LONGEST = 20_000  # characters of an article, in which the one before is looked for


def succeeds(new: Statement, old: Statement) -> bool:
    """Whether the article of a statement, which is no older, tells that the other one's person, or number, is no longer what is asked for."""
    if new.kind is old.kind is Kind.NUMBER:
        return replaces(new, old)
    if not (new.kind is old.kind is Kind.NAME) or same_value(new, old) or new.day < old.day:
        return False
    document = new.reading.document
    return any(_is_told_to_have_left(document, name) for name in old.names)


def replaces(new: Statement, old: Statement) -> bool:
    """Whether a sentence, which is no older, tells that a number took the place of another statement's: raised from 100 to 150."""
    reading = new.reading
    if same_value(new, old) or new.day < old.day:
        return False
    return any(
        change.new.equals(new.quantities[0]) and change.old.equals(old.quantities[0])
        for change in changes_in(reading.sentence, reading.document.language)
    )


def takes_office(statement: Statement) -> bool:
    """Whether the sentence of a statement, or the title of its article, tells that somebody was elected or appointed."""
    reading = statement.reading
    office = whole_words(record(reading.document.language).statements.takes_office)
    return any(office.search(text) for text in (reading.sentence, reading.document.title))


def _is_told_to_have_left(document: Document, name: Name) -> bool:
    """Whether a sentence of an article names somebody and tells that an office passed on."""
    text, left = document.text[:LONGEST], whole_words(record(document.language).statements.leaves_office)
    passing = (text[start:end] for start, end in sentences(text, document.language) if left.search(text, start, end))
    return any(name.equals(other) for sentence in passing for other in names_in(sentence, document.language))
