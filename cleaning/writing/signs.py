"""The signs of Markdown: what only looks like one is escaped, and nothing else."""

import re

_SIGNS = (
    r"\\(?=[!-/:-@\[-`{-~])|`|~~|(?<=\S)~"
    r"|\*(?=\S)|(?<=\S)\*"
    r"|_(?=\S)(?<![^\W_]_)|(?<=\S)_(?![^\W_])"  # snake_case is no emphasis
    r"|\](?=[(\[:])"
    r"|<(?=[A-Za-z/!?])|&(?=#?\w+;)"
)
_MARKUP = re.compile(_SIGNS)
_LINK_MARKUP = re.compile(_SIGNS + r"|[\[\]]")
_ANY_SIGN = re.compile(r"[\\`~*_\[\]<&]")
_BRACKET = re.compile(r"[\[\]]")
# Headings, quotes, bullets, rules, underlines and fences; a number is escaped behind its digits.
_LINE_MARKUP = re.compile(
    r"(?=#{1,6}(?: |$))|(?=>)|(?=[-+*](?: |$))|(?=(?:[-=*_] ?)+$)|(?=~~~)|\d{1,9}(?=[.)](?: |$))"
)
_LINE_STARTS = frozenset("#>-+*=_~0123456789")
_PUNCTUATION = ".,;:!?…)\"'”’»"


def escape(text: str, *, in_link: bool) -> str:
    """Return `text` with its signs of markup escaped."""
    if not _ANY_SIGN.search(text):
        return text
    return (_LINK_MARKUP if in_link else _MARKUP).sub(r"\\\g<0>", text)


def escape_line_start(text: str) -> str:
    """Return a line so that nothing at its beginning makes a heading, a quote or a list of it."""
    if text[:1] not in _LINE_STARTS:
        return text
    found = _LINE_MARKUP.match(text)
    return f"{found[0]}\\{text[found.end() :]}" if found else text


def escape_brackets(text: str) -> str:
    return _BRACKET.sub(r"\\\g<0>", text)


def code_span(text: str) -> str:
    """Return short code between as many backticks as its own need."""
    if "`" not in text:
        return f"`{text}`"
    fence = "`" * (1 + max(map(len, re.findall("`+", text))))
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def fenced(code: str, language: str) -> str:
    """Return lines of code as a block between fences."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    return f"{fence}{language}\n{code}\n{fence}"


def split_end(text: str) -> tuple[str, str]:
    """Part closing punctuation off: CommonMark does not close "**Name:**text"."""
    core = text.rstrip(_PUNCTUATION)
    return (text, "") if core.endswith("\\") else (core, text[len(core) :])
