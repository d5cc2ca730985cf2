"""`kenes fetch`: pages and feeds from the web into a folder; the only command that uses the network."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from index.web.fetch import Outcome

_REASONS = 3  # that a summary names


def fetch(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Pages and feeds (RSS, Atom).")],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where to save them.", readable=False)],
    follow_feed: Annotated[
        bool, typer.Option("--follow-feed", help="Save the page of each new entry of a feed, not the feed.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also from this machine and its network.")
    ] = False,
) -> None:
    """Save pages and feeds from the web in a folder, for `kenes index`. No other command uses the network.

    Pages that have not changed are left as they are. robots.txt is obeyed, with a second between two requests to one host.
    """
    from index.web.addresses import normal_url
    from index.web.client import Client
    from index.web.fetch import Fetcher
    from ui.cli import printing

    addresses = [normal_url(url) for url in urls]
    fetcher = Fetcher(to, Client(allow_private=allow_private), follow_feed=follow_feed)
    if fetcher.problem:
        printing.note(str(fetcher.problem), "yellow")
    outcomes: list[Outcome] = []
    for outcome in fetcher.fetch(addresses):
        outcomes.append(outcome)
        _print(outcome)
    printing.line(summary(outcomes))
    if fetcher.problem or any(outcome.is_finding for outcome in outcomes):
        raise typer.Exit(1)


def _print(outcome: "Outcome") -> None:
    from ui.cli import printing

    if outcome.is_finding:
        printing.note(f"not fetched: {outcome.url}: {outcome.why}", "red")
        if outcome.path:
            printing.note(f"its earlier version is kept: {outcome.path}")
        if outcome.fix:
            printing.note(f"fix: {outcome.fix}")
    elif outcome.status == "followed":
        printing.note(f"{outcome.url}: {outcome.why}")
    elif outcome.status == "saved":
        printing.note(f"saved {outcome.path}")


def summary(outcomes: "Sequence[Outcome]") -> str:
    """How many pages there are of each status, with the most frequent reasons.

    >>> from index.web.fetch import Outcome
    >>> outcomes = [Outcome("a", "saved"), Outcome("b", "unchanged"), Outcome("c", "refused", why="robots.txt")]
    >>> summary([*outcomes, Outcome("d", "failed", why="HTTP 500"), Outcome("e", "gone", why="HTTP 404")])
    '1 page saved, 1 unchanged, 1 refused: robots.txt, 1 failed: HTTP 500, 1 gone: HTTP 404'
    """
    counts = Counter(outcome.status for outcome in outcomes)
    parts = [f"{counts['saved']} page{'' if counts['saved'] == 1 else 's'} saved"]
    if counts["unchanged"]:
        parts.append(f"{counts['unchanged']} unchanged")
    for status in ("refused", "failed", "gone"):
        if counts[status]:
            reasons = Counter(outcome.why for outcome in outcomes if outcome.status == status)
            parts.append(f"{counts[status]} {status}: {_named(reasons)}")
    return ", ".join(parts)


def _named(reasons: "Counter[str | None]") -> str:
    if len(reasons) == 1:
        return str(next(iter(reasons)))
    shown = [f"{why} ({count})" for why, count in reasons.most_common(_REASONS)]
    return "; ".join(shown) + ("; …" if len(reasons) > _REASONS else "")
