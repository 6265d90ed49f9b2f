"""Markup as WordPress's block editor stores it, together with the plain text that it shows."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Block:
    """Stored markup and the texts that a reader sees of it, in reading order."""

    markup: str
    phrases: tuple[str, ...] = ()


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup))


def _wrap(name: str, inner: str, attributes: str = "") -> str:
    return f"<!-- wp:{name}{attributes} -->\n{inner}\n<!-- /wp:{name} -->"


def paragraph(text: str) -> Block:
    """A paragraph; `text` may hold inline markup."""
    return Block(_wrap("paragraph", f"<p>{text}</p>"), (_plain(text),))


def heading(text: str, level: int = 2) -> Block:
    """A heading of level 2 to 6."""
    attributes = "" if level == 2 else f' {{"level":{level}}}'
    return Block(_wrap("heading", f"<h{level}>{text}</h{level}>", attributes), (_plain(text),))


def bullets(*items: str | Sequence[str], ordered: bool = False) -> Block:
    """A list; a sequence instead of a text is a list inside the item before it."""
    tag = "ol" if ordered else "ul"
    inner, phrases = "", []
    for item in items:
        if isinstance(item, str):
            inner += f"<!-- wp:list-item --><li>{item}</li><!-- /wp:list-item -->"
            phrases.append(_plain(item))
        else:
            nested = bullets(*item)
            inner = inner.removesuffix("</li><!-- /wp:list-item -->")
            inner += f"{nested.markup}</li><!-- /wp:list-item -->"
            phrases.extend(nested.phrases)
    attributes = ' {"ordered":true}' if ordered else ""
    return Block(_wrap("list", f"<{tag}>{inner}</{tag}>", attributes), tuple(phrases))


def quote(text: str, source: str) -> Block:
    """A quotation with its source."""
    inner = f"{paragraph(text).markup}<cite>{source}</cite>"
    markup = _wrap("quote", f'<blockquote class="wp-block-quote">{inner}</blockquote>')
    return Block(markup, (_plain(text), _plain(source)))


def table(head: Sequence[str], *rows: Sequence[str], caption: str) -> Block:
    """A table with one row of headings; an empty cell stays an empty cell."""
    top = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    inner = f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody>"
    figure = (
        f'<figure class="wp-block-table"><table>{inner}</table>'
        f'<figcaption class="wp-element-caption">{caption}</figcaption></figure>'
    )
    cells = tuple(_plain(cell) for row in (head, *rows) for cell in row if cell)
    return Block(_wrap("table", figure), (*cells, _plain(caption)))


def image(address: str, alt: str, caption: str) -> Block:
    """A picture from elsewhere with its alternative text, which is no phrase, and a caption."""
    figure = (
        f'<figure class="wp-block-image size-large"><img src="{address}" alt="{alt}"/>'
        f'<figcaption class="wp-element-caption">{caption}</figcaption></figure>'
    )
    return Block(_wrap("image", figure), (_plain(caption),))


def code(*lines: str) -> Block:
    """Lines of code; each line is a phrase."""
    text = html.escape("\n".join(lines), quote=False)
    return Block(_wrap("code", f'<pre class="wp-block-code"><code>{text}</code></pre>'), lines)


def preformatted(*lines: str) -> Block:
    """Lines whose blanks and breaks stay; each line is a phrase."""
    inner = "\n".join(lines)
    return Block(
        _wrap("preformatted", f'<pre class="wp-block-preformatted">{inner}</pre>'),
        tuple(_plain(line) for line in lines),
    )


def embed(address: str) -> Block:
    """A video by its address. No phrase but the address: the site may not ask who plays it."""
    wrapper = f'<div class="wp-block-embed__wrapper">\n{address}\n</div>'
    figure = f'<figure class="wp-block-embed is-type-video">{wrapper}</figure>'
    attributes = f' {{"url":"{address}","type":"video"}}'
    return Block(_wrap("embed", figure, attributes), (address,))


def columns(*blocks: Block) -> Block:
    """Blocks side by side."""
    inner = "".join(
        _wrap("column", f'<div class="wp-block-column">{block.markup}</div>') for block in blocks
    )
    markup = _wrap("columns", f'<div class="wp-block-columns">{inner}</div>')
    return Block(markup, tuple(phrase for block in blocks for phrase in block.phrases))


def classic(markup: str, *phrases: str) -> Block:
    """Markup of the editor before blocks: lines that WordPress makes paragraphs of when it shows
    them. Its phrases cannot be read off and are given."""
    return Block(markup, phrases)


def body(*blocks: Block) -> Block:
    """Blocks one after the other, as they are stored."""
    return Block(
        "\n\n".join(block.markup for block in blocks),
        tuple(phrase for block in blocks for phrase in block.phrases),
    )
