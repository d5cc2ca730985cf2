"""Which values cannot answer, however likely the reader thinks them: of another unit, of former times, or differences."""

from index.analysis.languages import record
from index.analysis.languages.record import whole_words
from rag.reading.asked_unit import AskedUnit
from rag.reading.told import years_in
from rag.types import Query, Reading
from rag.understanding.days import published_days
from rag.verdict.matter import clause_of, of_former_times
from rag.verdict.names import names_in, same_names
from rag.verdict.values import Kind, Statement

_AFTER = 20  # characters after a number, in which "more" or "dearer" makes it a difference


def may_answer(query: Query, statement: Statement) -> bool:
    """Whether a value is one that the question can ask for, told of the time of its article.

    A number must be of the unit that is asked for, and no difference ("25 more than last summer"); a name none that the
    question itself holds.
    """
    if of_former_times(statement.reading) or _of_an_earlier_year(statement.reading):
        return False
    match statement.kind:
        case Kind.NUMBER:
            is_asked_for = AskedUnit(query.text, query.language).allows(statement.quantities[0])
            return is_asked_for and not _is_difference(statement)
        case Kind.NAME:
            asked = names_in(query.text, query.language)
            return not any(same_names([name], statement.names) for name in asked)
        case _:
            return True


def _of_an_earlier_year(reading: Reading) -> bool:
    """Whether the clause names only years before that of its article: by the census of 2014."""
    printed, years = published_days(reading.document.published), years_in(clause_of(reading))
    return printed is not None and bool(years) and max(years) < printed.first.year


def _is_difference(statement: Statement) -> bool:
    reading, quantity = statement.reading, statement.quantities[0]
    end = reading.start + quantity.end
    after = reading.document.text[end : min(end + _AFTER, reading.sentence_end)].lstrip()
    return bool(whole_words(record(reading.document.language).statements.compared).match(after))
