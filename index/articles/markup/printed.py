"""Text of printed pages, as programs take it out of a PDF: form feeds between the pages, numbers at their edges."""

from index.articles.markup.lines import PAGE_NUMBER, carries_on, unwrap


def unwrap_pages(text: str) -> str:
    r"""Join the lines of hard-wrapped paragraphs as `unwrap` does, page by page; form feeds stay, numbers of pages go.

    Where a paragraph goes on over the page, the form feed stands within its line, else before the next paragraph.

    >>> unwrap_pages("It lost 9 percent of its\n\n7\n\fwater in\n2023.\n\n8\n\fNext.\n")
    'It lost 9 percent of its \x0cwater in 2023.\n\n\x0cNext.'
    """
    if "\f" not in text:
        return unwrap(text)
    first, *others = [_without_number(unwrap(page)) for page in text.split("\f")]
    joined = first
    for page in others:
        last_line = joined.rsplit("\n", 1)[-1]
        joined += (" \f" if last_line and carries_on(last_line, page) else "\n\n\f") + page
    return joined.rstrip("\n\f")


def _without_number(page: str) -> str:
    """A page without its number, which is a paragraph of its own at the top or at the foot."""
    blocks = page.split("\n\n")
    for place in (-1, 0):
        if len(blocks) > 1 and PAGE_NUMBER.fullmatch(blocks[place]):
            del blocks[place]
    return "\n\n".join(blocks)
