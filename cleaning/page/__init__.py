"""A page as everything that reads it sees it: parsed once, walked once.

`read_page_model` turns the bytes of a page into a `Page`: its blocks (runs of text between two
borders of blocks) in reading order, its elements as ranges of blocks, and its head. Whatever
comes after asks this model and never the tree again.

| module | what |
|---|---|
| `encoding.py` | bytes to text |
| `tree.py` | text to a tree, whatever the markup |
| `visibility.py` | what the markup hides, and how; what opens it |
| `styles.py` | what a `style` hides or sets apart |
| `curtain.py` | what is hidden only until a script has run |
| `shortcodes.py` | codes of page builders that nothing replaced |
| `names.py` | what names of elements, roles, classes and ids say, as sets of bits |
| `tags.py` | names of elements that several readers ask for |
| `model.py` | `Page`, `Block`, `Head` |
| `head.py` | what the page says about itself |
| `words.py` | what counts as a word |
| `walk.py` | the one walk from the tree to the model |
"""

from cleaning.page.encoding import decode_html
from cleaning.page.model import Block, Head, Page
from cleaning.page.tree import parse_html
from cleaning.page.walk import walk

__all__ = ["Block", "Head", "Page", "decode_html", "parse_html", "read_page_model", "walk"]


def read_page_model(html: bytes | str, url: str = "", charset: str | None = None) -> Page:
    """Parse a page or a fragment and walk it; never raises for bad HTML.

    `charset` is what the transport declared. `url` is the page's address, empty if unknown.
    """
    text = html if isinstance(html, str) else decode_html(html, charset)
    return walk(parse_html(text), url)
