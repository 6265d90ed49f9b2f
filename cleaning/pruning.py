"""What no reader of a page sees as its content: code, hidden parts, forms, plugin boxes."""

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import HtmlElement

from cleaning.text import BLOCK_TAGS

# Drawn by nobody, or a second copy of what is drawn.
_UNSEEN_TAGS = frozenset(
    {"script", "style", "template", "head", "title", "desc", "link", "meta", "base", "area", "col"}
    | {"colgroup", "map"}
)
_CONTROLS = frozenset({"button", "input", "select", "textarea", "datalist", "option", "optgroup"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_HIDDEN_CLASSES = frozenset(
    {
        "screen-reader-text",
        "sr-only",
        "visually-hidden",
        "w-condition-invisible",
        "w-dyn-bind-empty",
    }
)
# Boxes that plugins add to the content itself. Each is the outermost element that the plugin
# prints, and none of them ever wraps the content.
_PLUGIN_CLASSES = frozenset(
    {
        # Jetpack and WordPress.com: sharing buttons, related posts, likes, ratings
        *("sharedaddy", "sd-sharing-enabled", "jp-relatedposts", "jp-relatedposts-headline"),
        *("wpl-likebox", "jetpack-likes-widget-wrapper", "wp-block-jetpack-sharing-buttons"),
        *("wp-block-jetpack-related-posts", "wp-block-jetpack-like", "pd-rating", "wpcnt"),
        # AddToAny, AddThis, ShareThis, Shareaholic
        *("addtoany_share_save_container", "addtoany_content", "addtoany_shortcode", "a2a_kit"),
        *("addthis_toolbox", "addthis_inline_share_toolbox", "addthis_button", "at-share-btn"),
        *("sharethis-inline-share-buttons", "sharethis-inline-reaction-buttons"),
        *("shareaholic-canvas", "shareaholic-share-buttons-container"),
        # Super Socializer (heateor), Simple Share Buttons Adder, Scriptless, Social Warfare
        *("heateor_sss_sharing_container", "heateor_sss_sharing_ul", "the_champ_sharing_container"),
        *(
            "ssba",
            "ssba-wrap",
            "ssba-classic-2",
            "ssba-modern-2",
            "ssbp-wrap",
            "scriptlesssocialsharing",
        ),
        *("swp_social_panel", "swp-content-locator", "nc_socialPanel", "nc_socialPanelSide"),
        # Other share bars
        *("essb_links", "mashsb-container", "dpsp-content-wrapper", "simplesocialbuttons"),
        *("wp-socializer", "et_social_inline", "sfsi_Sicons", "sfsiaftrpstwpr", "sfsibeforpstwpr"),
        *(
            "juiz_sps_links",
            "wpsso-buttons",
            "novashare-buttons",
            "wabtn_container",
            "share-buttons",
        ),
        *("post-share-buttons", "social-share-buttons", "fcbk_share", "twttr_button"),
        # Related posts, print buttons
        *("yarpp", "yarpp-related", "crp_related", "rp4wp-related-posts", "wp_rp_wrap"),
        *("related_post", "zem_rp_wrap", "printfriendly"),
        # WordPress itself: links to the other pages of a post that has several
        *("page-links", "post-nav-links"),
        # and the button beside the link to a file, which leads to the same file
        "wp-block-file__button",
    }
)
_PLUGIN_IDS = frozenset({"jp-relatedposts", "wp-toolbar", "wpadminbar"})

# React streams parts of a page in hidden boxes, which a script then moves into place.
_STREAMED = re.compile(r"S:\w+")

# A form with so many characters besides its controls is the frame of a page (ASP.NET, forums whose
# moderators tick posts), not a form to fill in; likewise one with most of the text.
_FRAME_CHARACTERS = 1000
_FRAME_SHARE = 0.5
# A hidden element with so much of the text is a page that a script reveals when it has loaded.
_CURTAIN_SHARE = 0.9


def cut_unseen(tree: HtmlElement) -> None:
    """Cut, in place, what is never content; the text around it stays and is not glued together.

    Cut are comments, processing instructions, scripts, styles, templates, form controls, hidden
    elements and the share, like and related-posts boxes of common plugins. `noscript` goes unless
    it holds most of the text: usually it repeats what a script draws.
    """
    strip_unseen(tree)
    total = text_length(tree)
    for element in list(tree.iterdescendants()):
        is_cut = element.tag in _CONTROLS or is_plugin_box(element)
        if is_cut or (is_hidden(element) and text_length(element) <= _CURTAIN_SHARE * total):
            blank(element)
    for form in list(tree.iterdescendants("form")):
        _cut_form(form, tree)
    _cut_noscript(tree)


def strip_unseen(tree: HtmlElement) -> None:
    """Remove, in place, comments and the elements that are never content, whatever they hold."""
    etree.strip_elements(
        tree, etree.Comment, etree.ProcessingInstruction, *_UNSEEN_TAGS, with_tail=False
    )


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether the markup or a well-known class hides `element`; no style sheet is read."""
    attributes = element.attrib
    if "hidden" in attributes:
        return not _STREAMED.fullmatch(attributes.get("id", ""))
    has_hidden_class = not _HIDDEN_CLASSES.isdisjoint(attributes.get("class", "").split())
    return has_hidden_class or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))


def is_plugin_box(element: HtmlElement) -> bool:
    """Tell whether `element` is a box that a plugin adds to the content."""
    names = element.get("class", "").split()
    return not _PLUGIN_CLASSES.isdisjoint(names) or element.get("id") in _PLUGIN_IDS


def blank(element: HtmlElement) -> None:
    """Empty `element` and leave its border: a block still separates, a span still does not.

    Removing the node instead would copy the text after it into the text before it, which costs
    quadratic time on pages with many such nodes.
    """
    tag = "div" if element.tag in BLOCK_TAGS else "wbr"
    element.clear(keep_tail=True)
    element.tag = tag


def text_length(element: HtmlElement) -> int:
    """Return the number of characters in the text of `element`, without blanks and scripts."""
    unseen = (piece for script in element.iter("script", "style") for piece in script.itertext())
    return _count_characters(element.itertext()) - _count_characters(unseen)


def _count_characters(pieces: Iterable[str]) -> int:
    return sum(len(piece) - piece.count(" ") - piece.count("\n") for piece in pieces)


def _cut_form(form: HtmlElement, tree: HtmlElement) -> None:
    inside = text_length(form)
    if inside > _FRAME_CHARACTERS or inside > _FRAME_SHARE * text_length(tree):
        form.tag = "div"
    else:
        blank(form)


def _cut_noscript(tree: HtmlElement) -> None:
    copies = list(tree.iterdescendants("noscript"))
    inside = sum(text_length(copy) for copy in copies)
    outside = text_length(tree) - inside
    if inside > outside or not outside:
        for copy in copies:
            copy.tag = "div"
    else:
        etree.strip_elements(tree, "noscript", with_tail=False)
