"""One piece of evidence."""

from dataclasses import dataclass

CONTENT, TITLE, AUTHOR, PUBLISHED, MODIFIED = "content", "title", "author", "published", "modified"
COMMENTS, COMMENT, ENTRIES, ENTRY, BOILERPLATE = (
    *("comments", "comment", "entries", "entry", "boilerplate"),
)
KIND, LICENCE, PUBLISHER, COMMENT_COUNT = "kind", "licence", "publisher", "comment_count"
SAYS = frozenset(
    {CONTENT, TITLE, AUTHOR, PUBLISHED, MODIFIED, COMMENTS, COMMENT, ENTRIES, ENTRY, BOILERPLATE}
    | {KIND, LICENCE, PUBLISHER, COMMENT_COUNT}
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """That an element is something, or that a field of the page has a value.

    `element` is the number of an element of the page, None for the page as a whole; `says` is one
    of `SAYS`; `value` is the value of a field as it was found; `weight` is between 0 (a hint) and 1
    (stated by the platform or the source); `origin` names who says so: "json-ld", "microdata",
    "meta", "feed", "selector", the name of a platform. `detail` is more of a value: the type of
    schema.org of an author ("person") in lower case.
    """

    says: str
    origin: str
    weight: float
    element: int | None = None
    value: str | None = None
    detail: str = ""
