"""Site-wide boilerplate: blocks that repeat over many documents of a source, found by counting.

No reader of single pages can know that a call to subscribe, an author box, a funders' line or a
footer inside the content is none of the text: only that it stands under many texts tells. All
documents of a source are read three times, one after the other:

1. every block goes into a `Sketch`, which finds what may repeat in a fixed amount of memory;
2. `Counts` counts these exactly: in how many documents, where, and beside how much of their own;
3. `judge` says what of each document goes, by the thresholds in `rules`, and `shorten` takes those
   blocks out, before they are joined into text and Markdown.

What a document has of its own is never touched, and none is emptied.
"""

from cleaning.sitewide.contents import shorten
from cleaning.sitewide.counts import FEWEST_PAGES, Counts, Sketch, Tally
from cleaning.sitewide.rules import Verdict, explain, is_reported, judge

__all__ = [
    "FEWEST_PAGES",
    "Counts",
    "Sketch",
    "Tally",
    "Verdict",
    "explain",
    "is_reported",
    "judge",
    "shorten",
]
