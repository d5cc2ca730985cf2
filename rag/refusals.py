"""Why nothing was found, or nothing said: what an answer gives as its reason."""

from dataclasses import replace

from index import Filters, Snapshot
from rag.reading.answer_type import AnswerType
from rag.reason import Code, Reason, filters_as_json
from rag.verdict.judge import Verdict

NAMED_SOURCES = 10  # where there is none of those asked for


def why_nothing(snapshot: Snapshot, filters: Filters | None) -> Reason:
    """Why no passage was found."""
    if not snapshot.counts()[0]:
        return Reason(Code.EMPTY_INDEX)
    if not filters or snapshot.passes(filters):
        return Reason(Code.NO_MATCH)
    params: dict[str, object] = {"filters": filters_as_json(filters)}
    if filters.sources and not snapshot.passes(Filters(sources=filters.sources)):
        params["sources"] = [source.name for source in snapshot.sources() if source.name][:NAMED_SOURCES]
    if filters.languages and not snapshot.passes(Filters(languages=filters.languages)):
        params["languages"] = list(snapshot.languages())
    return Reason(Code.FILTERED_OUT, params)


def with_unfinished(reason: Reason, indexed: int | None) -> Reason:
    """A refusal with the number of articles so far, if indexing has not ended: the answer may stand in one that is to come."""
    if indexed is None or reason.code is Code.ANSWERED:
        return reason
    return replace(reason, params={**reason.params, "unfinished": indexed})


def reason_of(verdict: Verdict) -> Reason:
    """Why passages that were found answer, or do not."""
    if verdict.tier != "not_found":
        return Reason(Code.ANSWERED if verdict.tier == "answered" else Code.UNSURE)
    if verdict.kind and verdict.kind is not AnswerType.YES_NO and not verdict.readings:
        return Reason(Code.NO_SUCH_KIND, {"kind": verdict.kind})
    return Reason(Code.NOT_SURE_ENOUGH)
