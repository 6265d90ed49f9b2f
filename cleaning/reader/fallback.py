"""What stands in where the reader finds next to nothing: trafilatura, on the same tree."""

from __future__ import annotations

import copy

import numpy as np
import trafilatura
from lxml import etree
from numpy.typing import NDArray

from cleaning.reader.boxes import Boxes
from cleaning.writing import Body, read_fragment

FEWEST_CHARACTERS, LEAST_SHARE = 200, 0.02
"""Less than both, of a page that says more, is next to nothing."""
MOST_LINKS = 0.95
"""Running text of which more is links is none."""


def is_enough(boxes: Boxes, kept: NDArray[np.bool_], *, is_prose: bool) -> bool:
    """Tell whether what was kept can be the text of a page."""
    found, total = boxes.lengths[kept].sum(), boxes.lengths.sum()
    if found < FEWEST_CHARACTERS and found < LEAST_SHARE * total:
        return False
    return not (is_prose and boxes.linked[kept].sum() > MOST_LINKS * found)


def read_otherwise(boxes: Boxes) -> Body | None:
    """Return what trafilatura takes for the text, None where that is next to nothing too."""
    page = boxes.page
    try:
        html = trafilatura.extract(
            copy.deepcopy(page.nodes[0]),  # it cuts the tree that it is given
            url=page.url or None,
            output_format="html",
            fast=True,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_tables=True,
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return None  # on a broken page; what it says is still to be had without trafilatura
    found = read_fragment(html, page.url) if html else None
    return found if found and len(found.text) >= FEWEST_CHARACTERS else None
