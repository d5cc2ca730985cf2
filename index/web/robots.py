"""What a site asks of programs in its robots.txt, by RFC 9309.

Not `urllib.robotparser`: that takes the first rule that fits rather than the longest, and knows no `*` and `$` in a path, so
that it would fetch what most sites forbid.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

AGENT = "kenes"
_PRODUCT = re.compile(r"[a-z_-]+|\*")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for us: (pattern of a path, whether it is allowed); and the seconds between two requests, if stated."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allow(self, target: str) -> bool:
        r"""Whether a path with its query may be fetched: the longest pattern that fits decides, of two equals the kinder one.

        >>> rules = read_rules("User-agent: *\nDisallow: /news/\nAllow: /news/2024\nDisallow: /*.pdf$")
        >>> [rules.allow(each) for each in ("/", "/news/a", "/news/2024/a", "/a.pdf", "/a.pdf?b")]
        [True, False, True, False, True]
        """
        target = unquote(target)
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, target)]
        return max(fitting, default=(0, True))[1]


def read_rules(text: str, agent: str = AGENT) -> Rules:
    """The rules of a robots.txt for a program: those of all groups that name it, else those for everyone."""
    lines: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = []
    in_rules = False
    for line in text.splitlines():
        name, _, value = (part.strip() for part in line.split("#")[0].partition(":"))
        if name.lower() == "user-agent":
            if in_rules:
                agents, in_rules = [], False
            found = _PRODUCT.match(value.lower())
            agents.append(found[0] if found else "")
            lines.setdefault(agents[-1], [])
        elif name.lower() in ("allow", "disallow", "crawl-delay"):
            in_rules = True
            for each in agents:
                lines[each].append((name.lower(), value))
    ours = lines.get(agent, lines.get("*", []))
    rules = tuple((unquote(value), name == "allow") for name, value in ours if value and name != "crawl-delay")
    return Rules(rules, max((_seconds(value) for name, value in ours if name == "crawl-delay"), default=0.0))


def _seconds(value: str) -> float:
    return float(value) if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", value) else 0.0


def _fits(pattern: str, target: str) -> bool:
    """Whether a path begins with a pattern, in which `*` stands for any characters and a last `$` for the path's end.

    Each part between two `*` is taken where it comes first, so the time is linear in the path for every pattern.
    """
    first, *parts = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    is_anchored = pattern.endswith("$")
    if is_anchored and not parts:
        return target == first
    last = parts.pop() if is_anchored else ""
    at = len(first)
    for part in parts:
        found = target.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not is_anchored or target[at:].endswith(last)
