"""Prints what an indexing run did: counts by kind, what was left out or guessed, what could not be read, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping

from index import BuildReport
from index.types import BadArticle, Note, PassedOver
from ui.cli.printing import line, note

_NAMED = 3  # articles or lines that are named where many have the same fault
_REASONS = 20  # different faults that are listed without --verbose
_LEFT_OUT = " left out"


def print_report(report: BuildReport, *, verbose: bool = False) -> None:
    """Print what an indexing run did: faults to stderr, counts to stdout.

    Args:
        report: what the run did.
        verbose: list every note and every fault, not only how many there are.
    """
    _print_bad(report.bad, verbose=verbose)
    if verbose:
        for origin, each in report.notes:
            note(f"{origin}: {each.kind}: {each.detail}")
    if report.gone:
        named = _some(report.gone)
        note(f"{len(report.gone)} indexed articles are gone and still answered from ({named}); --prune drops them")
    changes = f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged, {report.removed} removed"
    if report.moved:
        changes += f", {report.moved} moved"
    line(f"{report.documents} documents, {report.chunks} chunks, {report.seconds:.1f} s ({changes})")
    if said := "; ".join(_summary(report, verbose=verbose)):
        line(said)


def _summary(report: BuildReport, *, verbose: bool) -> Iterable[str]:
    """What the run met: articles by kind, files passed over, undated ones, what was left out, drafts, faults."""
    passed: PassedOver = report.passed_over
    if len(report.kinds) > 1 or (report.kinds and passed.others):
        yield f"read: {_by_kind(report.kinds)}"
    if passed.others:
        yield f"{_count(sum(passed.others.values()), 'file')} of other kinds passed over: {_by_kind(passed.others)}"
    if passed.empty:
        yield f"{_count(passed.empty, 'empty file')} passed over"
    if passed.drafts:
        yield f"{_count(passed.drafts, 'draft')} left out (--drafts takes them in)"
    if report.undated:
        yield f"{report.undated} undated"
    if report.notes:
        yield _notes(each for _, each in report.notes) + ("" if verbose else " (--verbose lists them)")
    if files := {bad.file for bad in report.bad}:
        yield f"{_count(len(files), 'file')} could not be read, or not all of it"


def _notes(notes: Iterable[Note]) -> str:
    """How many notes of each kind: "3 captions and 2 menus left out, 1 read as windows-1251"."""
    left_out: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for each in notes:
        if each.kind.endswith(_LEFT_OUT):
            left_out[each.kind.removesuffix(_LEFT_OUT)] += 1
        elif each.kind == "read as":
            others[f"read as {each.detail}"] += 1
        else:
            others[each.kind] += 1
    parts = [_count(number, kind) for kind, number in left_out.most_common()]
    said = [" and ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) + _LEFT_OUT] if parts else []
    return ", ".join([*said, *(f"{number} {kind}" for kind, number in others.most_common())])


def _count(number: int, thing: str) -> str:
    """A number and its noun, whose first part takes the plural: "2 frames of the page"."""
    noun, of, rest = thing.partition(" of ")
    return f"{number:,} {noun if number == 1 or noun.endswith(('words', 'text')) else noun + 's'}{of}{rest}"


def _by_kind(kinds: Mapping[str, int]) -> str:
    ordered = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{number:,} {suffix or 'without suffix'}" for suffix, number in ordered)


def _print_bad(bad: Iterable[BadArticle], *, verbose: bool) -> None:
    """Print what could not be read and why; where many have the same reason, some of them and how many more."""
    origins: dict[str, list[str]] = {}
    for each in bad:
        origins.setdefault(each.reason, []).append(each.origin)
    for at, (reason, places) in enumerate(origins.items()):
        if at == _REASONS and not verbose:
            rest = sum(map(len, list(origins.values())[_REASONS:]))
            note(
                f"not indexed: {rest:,} more, for {len(origins) - _REASONS:,} other reasons (--verbose lists them)",
                "red",
            )
            break
        for place in places if verbose or len(places) <= _NAMED else places[:_NAMED]:
            note(f"not indexed: {place}: {reason}", "red")
        if not verbose and len(places) > _NAMED:
            note(f"not indexed: {len(places) - _NAMED:,} more like this: {reason}", "red")


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
