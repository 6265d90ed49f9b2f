"""A response with what several readers need of it, looked at once."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from lxml.html import HtmlElement
from scrapy.http import HtmlResponse

from crawlers.platforms.base import PlatformSpider
from crawlers.platforms.website import links
from crawlers.platforms.website.kinds import kind_of
from crawlers.platforms.website.meta import Head
from crawlers.platforms.website.signs import card_groups, read_signs
from crawlers.platforms.website.tree import content_elements


class Page:
    """A page of a site: its tree, its head, the entries and posts in it, its address and kind."""

    def __init__(self, spider: PlatformSpider, response: HtmlResponse) -> None:
        self.spider, self.response = spider, response
        self.tree: HtmlElement = response.selector.root
        self.head = Head(self.tree)
        self.elements = content_elements(self.tree)
        self.entries = card_groups(self.elements)
        self.signs = read_signs(self.tree, self.elements, self.entries)
        self.root = links.root_of(response.url, spider.root)
        self.url = self._address()
        self.kind = kind_of(self.signs, self.url)

    def _address(self) -> str:
        """The page's own name for itself, if it is one of the site and not merely its front."""
        own = links.own_address(self.response.url, self.root) or self.response.url
        for named in links.head_links(self.response, "@rel='canonical'"):
            found = links.own_address(named, self.root)
            if found and (links.same_page(found) != "?" or links.same_page(own) == "?"):
                return found
        return own

    def without(self, elements: Iterable[HtmlElement]) -> HtmlElement:
        """A copy of the tree in which these elements are missing."""
        unwanted = list(elements)
        keys = {id(element) for element in unwanted}
        rest = copy.deepcopy(self.tree)
        # By their place: a path to each would count its siblings, and a page may have thousands.
        places = zip(self.tree.iter(), rest.iter(), strict=True)
        taken = [twin for element, twin in places if id(element) in keys]
        for element in taken:
            if element.getparent() is not None:
                element.drop_tree()
        return rest

    def own_part(self) -> HtmlElement:
        """The tree without entries and posts: what is left speaks of the page itself.

        One with a main heading may be the text itself, in a list of its own.
        """
        others = [entry for group in self.entries for entry in group]
        others += self.signs.thread.posts
        others = [other for other in others if next(other.iter("h1"), None) is None]
        return self.without(others) if others else self.tree

    def places(self) -> list[HtmlElement]:
        """The elements that speak of the page itself: none of an entry or a post."""
        others = {id(entry) for group in self.entries for entry in group}
        others |= {id(post) for post in self.signs.thread.posts}
        inside = ({id(e), *(id(a) for a in e.iterancestors())} & others for e in self.elements)
        return [e for e, found in zip(self.elements, inside, strict=True) if not found]
