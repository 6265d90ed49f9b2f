"""The three forms of a Blogger feed: Atom, the same as JSON (`alt=json`), and RSS (`alt=rss`)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

ATOM = "http://www.w3.org/2005/Atom"
SEARCH = "http://a9.com/-/spec/opensearchrss/1.0/"
GD = "http://schemas.google.com/g/2005"
THR = "http://purl.org/syndication/thread/1.0"
BLOGGER_NS = "http://schemas.google.com/blogger/2008"
_PREFIXES = {ATOM: "", SEARCH: "openSearch", GD: "gd", THR: "thr", BLOGGER_NS: "blogger"}
_MANY = frozenset({"entry", "link", "author", "category", "gd$extendedProperty"})
_WITHOUT_TEXT = frozenset({"link", "category", "gd$extendedProperty", "thr$in-reply-to"})

for _address, _prefix in _PREFIXES.items():
    ET.register_namespace(_prefix, _address)


def add(parent: ET.Element, space: str, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Append `<tag>` of the namespace `space`."""
    element = ET.SubElement(parent, f"{{{space}}}{tag}", attributes)
    element.text = text or None
    return element


def link(
    parent: ET.Element,
    rel: str,
    href: str,
    kind: str = "application/atom+xml",
    title: str | None = None,
) -> None:
    """Append an Atom link."""
    element = add(parent, ATOM, "link", rel=rel, type=kind, href=href)
    if title is not None:
        element.set("title", title)


def to_atom(feed: ET.Element) -> str:
    """The feed as Atom."""
    return "<?xml version='1.0' encoding='UTF-8'?>" + ET.tostring(feed, encoding="unicode")


def to_json(feed: ET.Element) -> dict[str, Any]:
    """The feed as `alt=json` gives it: text in `$t`, prefixes with `$`."""
    return {"version": "1.0", "encoding": "UTF-8", "feed": _json(feed)}


def to_rss(feed: ET.Element) -> str:
    """The feed as `alt=rss` gives it."""
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    for name in ("title", "subtitle"):
        target = ET.SubElement(channel, "description" if name == "subtitle" else name)
        target.text = feed.findtext(f"{{{ATOM}}}{name}")
    for entry in feed.iter(f"{{{ATOM}}}entry"):
        item = ET.SubElement(channel, "item")
        guid = ET.SubElement(item, "guid", isPermaLink="false")
        guid.text = entry.findtext(f"{{{ATOM}}}id")
        for name, target_name in (("title", "title"), ("content", "description")):
            ET.SubElement(item, target_name).text = entry.findtext(f"{{{ATOM}}}{name}")
        ET.SubElement(item, "pubDate").text = _rfc822(entry.findtext(f"{{{ATOM}}}published"))
        for page in entry.findall(f"{{{ATOM}}}link[@rel='alternate']"):
            ET.SubElement(item, "link").text = page.get("href")
        total = entry.findtext(f"{{{THR}}}total")
        if total is not None:
            ET.SubElement(item, f"{{{THR}}}total").text = total
    return '<?xml version="1.0" encoding="UTF-8"?>' + ET.tostring(rss, encoding="unicode")


def _rfc822(iso: str | None) -> str:
    return format_datetime(datetime.fromisoformat(iso or "").astimezone(UTC))


def _json(element: ET.Element) -> dict[str, Any]:
    value: dict[str, Any] = dict(element.attrib)
    for child in element:
        name = _json_name(child.tag)
        if name in _MANY:
            value.setdefault(name, []).append(_json(child))
        else:
            value[name] = _json(child)
    if len(element) == 0 and _json_name(element.tag) not in _WITHOUT_TEXT:
        value["$t"] = element.text or ""
    return value


def _json_name(tag: str) -> str:
    space, _, name = tag.removeprefix("{").rpartition("}")
    prefix = _PREFIXES[space]
    return f"{prefix}${name}" if prefix else name
