"""From the model of a page to its text: blocks in two forms, plain text and Markdown, and links.

Both forms have the same blocks with an empty line between them. In text, list items stand on lines
of their own without bullet or number, and the cells of a row are separated by " | "; text has no
other signs of markup. Markdown is CommonMark with the tables of GFM.
"""

from cleaning.writing.fragment import read_fragment, unseen
from cleaning.writing.model import (
    Body,
    Link,
    WrittenBlock,
    join_body,
    join_markdown,
    join_text,
    pack_blocks,
    unpack_blocks,
)
from cleaning.writing.write import write_blocks

__all__ = [
    "Body",
    "Link",
    "WrittenBlock",
    "join_body",
    "join_markdown",
    "join_text",
    "pack_blocks",
    "read_fragment",
    "unpack_blocks",
    "unseen",
    "write_blocks",
]
