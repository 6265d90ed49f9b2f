"""How far a source may change from one release to the next, figure by figure, and why so far."""

from __future__ import annotations

from dataclasses import dataclass

Steps = tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """What may be lost of a figure at once: too much is a loss that reaches both the share (0 to 1)
    and the number of one of the `steps`. `why` says what honest sites do."""

    steps: Steps
    why: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What is counted: how many there were before, and are now."""

    name: str
    before: int
    after: int

    def is_beyond(self, limit: Limit) -> bool:
        """Whether too many were lost."""
        lost = self.before - self.after
        return any(lost >= max(number, share * self.before) for share, number in limit.steps)

    def __str__(self) -> str:
        return f"{self.name} {self.before} → {self.after}"


# The larger a site, the smaller a share tells that something is wrong with it; of a small one, two
# or three must be concerned.
_REMOVED: Steps = ((0.45, 2), (0.25, 8), (0.1, 50))
_FORGOTTEN: Steps = ((0.3, 2), (0.1, 20))
_REPLACED: Steps = ((0.5, 3), (0.25, 25))
_ALIKE: Steps = ((0.3, 2), (0.2, 20))
_TALK_REMOVED: Steps = ((0.9, 3), (0.5, 5), (0.25, 20), (0.1, 200))
_TALK: Steps = ((0.5, 5), (0.25, 50))

LIMITS: dict[str, Limit] = {
    "documents": Limit(_REMOVED, "pages are taken down one by one, seldom a quarter of a site"),
    "documents found": Limit(
        ((0.5, 3),), "a run that saw everything meets what the complete run before it met"
    ),
    "different addresses": Limit(_ALIKE, "each document has an address of its own"),
    "titles known": Limit(_FORGOTTEN, "a title is edited, not taken away"),
    "titles kept": Limit(
        _REPLACED, "a title is corrected; where all get the site's name added, they are kept"
    ),
    "different titles": Limit(_ALIKE, "known documents do not come to be called the same"),
    "texts known": Limit(_FORGOTTEN, "a text is edited, seldom taken away"),
    "texts kept": Limit(
        _REPLACED, "an edit, a new design, or more text around it keep most of a text's passages"
    ),
    "different texts": Limit(_ALIKE, "documents do not come to say the same"),
    "dates known": Limit(_FORGOTTEN, "the day of publication stays known"),
    "dates kept": Limit(_REPLACED, "the day of publication is a fact, now and then corrected"),
    "authors known": Limit(_FORGOTTEN, "who wrote a document stays known"),
    "authors kept": Limit(_REPLACED, "a writer's new name stands below all that she wrote"),
    "comments": Limit(
        _TALK_REMOVED, "moderators delete single comments, or close a thread, which keeps them"
    ),
    "different comments": Limit(_TALK, "people do not come to have said the same"),
    "comment texts known": Limit(_TALK, "what people said is deleted with the comment, or stays"),
    "comment texts kept": Limit(_TALK, "people's words are not rewritten"),
    "comment dates known": Limit(_TALK, "when people said it stays known"),
    "comment dates kept": Limit(_TALK, "when people said it is a fact"),
    "comment authors known": Limit(_TALK, "who said it stays known"),
    "comment authors kept": Limit(_TALK, "a commenter's new name stands at all that she said"),
}
"""Of a source that has good rows. "Known" are values that are still there at all, "kept" those that
are still what they were (`cleaning.continuity`)."""

GROWTH = Limit(((4.0, 100),), "a site that is many times as large overnight was taken over")
"""New documents, as a share of those of a source whose complete runs are known."""

AT_FIRST: dict[str, Limit] = {
    "titles known": Limit(((0.8, 4),), "pages have titles: does the source's selector match?"),
    "different titles": Limit(((0.75, 4),), "pages have titles of their own"),
    "different texts": Limit(((0.6, 4),), "pages do not all say the same"),
}
"""Of a source of which no good rows are known, of all its documents."""

REREAD: dict[str, Limit] = {
    "documents": LIMITS["documents"],
    "comments": LIMITS["comments"],
}
"""Of the rows of a release beside those of the one before, whatever the site said: other code, or
an archive that has lost files."""
