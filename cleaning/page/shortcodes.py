"""Shortcodes of WordPress and of its page builders that nothing replaced: "[vc_row …]"."""

import re

_QUOTES = "\"'”“″‘’′„«»"
_VALUE = rf"(?:[{_QUOTES}][^{_QUOTES}\[\]]*[{_QUOTES}]|[^\s{_QUOTES}\[\]/]+)"
_ATTRIBUTE = re.compile(rf"(?<![\w-])([\w-]++)\s*+=\s*+[{_QUOTES}]([^{_QUOTES}\[\]]*+)[{_QUOTES}]")
_NAME = r"[a-zA-Z][\w-]{0,60}"
# Names of WordPress itself, and what the names of builders' codes begin with: WPBakery, Divi,
# Elementor, Avada, Enfold, Cornerstone, SiteOrigin. All others are told by quoted attributes.
_KNOWN = (
    r"(?:(?:vc|wpb|et_pb|fusion|av|cs|tatsu|siteorigin)_[\w-]+|elementor-[\w-]+"
    r"|caption|wp_caption|gallery|playlist|audio|video|embed)"
)
_BARE = r"(?:(?:vc|wpb|et_pb|fusion|av|cs|tatsu|siteorigin)_[\w-]+|gallery|playlist)"
_CODE = re.compile(
    rf"""\[\[?(?:
        /{_NAME}\s*                                                          # [/name]
        | (?={_NAME}[^\[\]]*=\s*[{_QUOTES}]) {_NAME}(?:\s+[\w-]+\s*=\s*{_VALUE})+\s*/?
        | {_KNOWN}(?:\s+[\w-]+\s*=\s*{_VALUE})+\s*/?                        # [gallery ids=1]
        | {_BARE}\s*/?                                                      # [gallery]
    )\]\]?""",
    re.VERBOSE,
)
_IS_KNOWN = re.compile(rf"\[\[?{_KNOWN}\b")
# Of a known code, what its builder shows as words.
_SHOWN = frozenset({"title", "text", "heading", "caption"})
_ENCODED = re.compile(r"\[(vc_raw_html|vc_raw_js)\b[^\[\]]*\][A-Za-z0-9+/=%\s]*\[/\1\]")
_CLOSING = re.compile(rf"\[/({_NAME})\]")
_OPENING = re.compile(rf"\[({_NAME})\]")


def strip_shortcodes(text: str) -> str:
    """Return `text` without shortcodes; the words in them and between them stay.

    A shortcode has a quoted attribute, closes another one, or has a name that is known as one.
    "[sic]", "[name of group]" and "[caption missing]" are words in brackets.

    >>> strip_shortcodes('[vc_row width="1/2"]Bread [sic][/vc_row]')
    'Bread [sic]'
    """
    if "]" not in text:
        return text
    text = _ENCODED.sub("", text)
    closed = set(_CLOSING.findall(text))
    text = _CODE.sub(_words_of, text)
    return _OPENING.sub(lambda code: "" if code[1] in closed else code[0], text) if closed else text


def _words_of(code: re.Match[str]) -> str:
    if "=" not in code[0] or not _IS_KNOWN.match(code[0]):
        return ""
    words = [value for name, value in _ATTRIBUTE.findall(code[0]) if name in _SHOWN]
    return f" {' '.join(words)} " if words else ""
