"""Read the comments of a page whose theme nobody has seen.

Candidates are what microdata or ids call comments, and the groups of repeated parts that each show
a time. Of those that read like comments and are surrounded like comments the fullest is taken.
"""

import copy
import re
from dataclasses import replace
from html import unescape

from lxml import etree, html
from lxml.html import HtmlElement

from .assemble import assemble
from .evidence import Evidence, are_comments, weigh
from .found import FoundComment
from .groups import Part, add_undated, find_groups
from .jsonld import read_json_ld
from .post import Post
from .posts import read_posts
from .scan import Mark, Scan, scan_page

_SCOPES = ("Comment", "UserComments", "comment")
_COMMENT_ID = re.compile(
    r"(?:[a-z]+[-_])*(?:comment|kommentar|reply|post|message|msg)s?[-_]?(\d+)", re.I
)


def read_general(tree: HtmlElement, url: str) -> tuple[FoundComment, ...]:
    """Read comments from structure alone, in page order; none where nothing is surely one.

    What the page shows has links and markup, and what it says in JSON-LD exact times: JSON-LD
    fills in what the shown comments lack, and takes their place where it has more of them.
    """
    shown = assemble(find_posts(tree, url)[0], url)
    described = read_json_ld(tree)
    return described if len(described) > len(shown) else _completed(shown, described)


def _completed(
    shown: tuple[FoundComment, ...], described: tuple[FoundComment, ...]
) -> tuple[FoundComment, ...]:
    by_text = {_beginning(comment.body_html): comment for comment in described}
    pairs = ((comment, by_text.get(_beginning(comment.body_html))) for comment in shown)
    return tuple(comment if same is None else _filled(comment, same) for comment, same in pairs)


def _filled(shown: FoundComment, described: FoundComment) -> FoundComment:
    return replace(
        shown,
        author=shown.author or described.author,
        author_url=shown.author_url or described.author_url,
        published_raw=described.published_raw or shown.published_raw,
    )


def _beginning(markup: str) -> str:
    """The first words of a body, the same in whatever markup."""
    plain = unescape(re.sub(r"<[^<>]*>", "", markup))
    return "".join(filter(str.isalnum, plain.casefold()))[:80]


def find_posts(tree: HtmlElement, url: str) -> tuple[list[Post], Evidence | None]:
    """The posts in a copy of the page, and what spoke for them."""
    page = copy.deepcopy(tree)
    etree.strip_tags(page, etree.Comment, etree.ProcessingInstruction)
    _wrap_definitions(page)
    scan = scan_page(page)
    best = _fullest([_scopes(page, scan), *find_groups(scan)], scan, url)
    return best if best[0] else _fullest([_numbered(page, scan)], scan, url)


def _wrap_definitions(page: HtmlElement) -> None:
    """Put each term of a ``dl`` and what follows it into one element: old themes print so."""
    for term in list(page.iter("dt")):
        parent = term.getparent()
        if parent is None or parent.tag != "dl":
            continue
        group = [term]
        following = term.getnext()
        while following is not None and following.tag == "dd":
            group.append(following)
            following = following.getnext()
        wrapper = html.Element("div")
        term.addprevious(wrapper)
        wrapper.extend(group)


def _fullest(groups: list[list[Part]], scan: Scan, url: str) -> tuple[list[Post], Evidence | None]:
    best: tuple[list[Post], Evidence | None] = ([], None)
    most = (0, 0, 0)
    for parts in groups:
        posts, evidence = _judge(parts, scan, url)
        if evidence is None:
            continue
        weight = (evidence.strength, len(posts), sum(len(post.text) for post in posts))
        if weight > most:
            best, most = (posts, evidence), weight
    return best


def _judge(parts: list[Part], scan: Scan, url: str) -> tuple[list[Post], Evidence | None]:
    dated = read_posts(parts, scan, url)
    if not dated or not are_comments(dated, url):
        return [], None
    posts = read_posts(add_undated(parts, scan), scan, url)
    posts = [post for post in posts if _is_whole(post)]
    evidence = weigh(posts, scan) if posts else None
    if evidence is None or not evidence.is_enough(len(posts)):
        return [], None
    return posts, evidence


def _is_whole(post: Post) -> bool:
    if post.is_pingback:
        return True
    return bool(post.body) and (post.mark is not None or post.author is not None)


def _scopes(page: HtmlElement, scan: Scan) -> list[Part]:
    """What microdata calls a comment."""
    found = [
        element
        for element in page.iter(etree.Element)
        if (element.get("itemtype") or "").rpartition("/")[2] in _SCOPES
        or (element.get("itemprop") == "comment" and element.get("itemscope") is not None)
    ]
    return _with_marks(found, scan)


def _numbered(page: HtmlElement, scan: Scan) -> list[Part]:
    """What has the id of a comment; of several elements with one number the outermost."""
    found: dict[str, HtmlElement] = {}
    for element in page.xpath("descendant-or-self::*[contains(@id, 'omment')]"):
        match = _COMMENT_ID.fullmatch(element.get("id"))
        if match and match.group(1) not in found and len(element):
            found[match.group(1)] = element
    return _with_marks(list(found.values()), scan)


def _with_marks(elements: list[HtmlElement], scan: Scan) -> list[Part]:
    roots = set(elements)
    marks: dict[HtmlElement, Mark] = {}
    for mark in scan.marks:
        around = (e for e in (mark.element, *mark.element.iterancestors()) if e in roots)
        root = next(around, None)
        if root is not None and (root not in marks or mark.is_machine > marks[root].is_machine):
            marks[root] = mark
    return [Part(element, marks.get(element)) for element in elements]
