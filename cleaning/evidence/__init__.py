"""What speaks for a role or a field of a page, in one form whoever says it.

`find_evidence(page)` gives all that a page says of itself and that its platform's markup says:

| module | what |
|---|---|
| `model.py` | `Evidence`: what is said, of which element, how strongly, and by whom |
| `head.py` | metas, the title, links of the head |
| `jsonld.py` | the one reader of JSON-LD; `schema.py` makes evidence of it |
| `microdata.py` | `itemprop`, `property`, `rel` |
| `platforms.py` | markup of platforms and microformats, as rows of `platforms.toml` |

Feeds, lists and a source's own selectors (`of_selectors`) say what they say in the same form.
"""

from __future__ import annotations

from cleaning.evidence.head import of_head
from cleaning.evidence.microdata import of_microdata
from cleaning.evidence.model import Evidence
from cleaning.evidence.platforms import of_platforms, of_selectors
from cleaning.evidence.schema import of_schema
from cleaning.page import Page

__all__ = ["Evidence", "find_evidence", "of_selectors"]


def find_evidence(page: Page) -> list[Evidence]:
    """Return what a page says of itself, each statement for itself, in no order of weight."""
    return [*of_head(page), *of_schema(page), *of_microdata(page), *of_platforms(page)]
