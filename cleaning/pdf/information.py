"""What the document information says of title, author and dates, and how far it can be trusted.

Programs fill it with what they have: the name of the file, the login of who saved it, the first
words of a template. What looks like one of these is taken to be unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from cleaning.text import read_line

PROGRAM_TITLE = re.compile(
    r"""^(?:microsoft\s+(?:word|powerpoint|excel|publisher)\b|powerpoint\s+presentation$
    |(?:untitled|document|presentation|slide|layout|print|book|doc|new\ document|unbenannt
       |ohne\ titel|sin\ t[ií]tulo|sans\ titre|diapositiva|folie|pr[äe]sentation|dokument
       |brochure|template|blank|title|scan(?:ned)?|image|full\ page\ photo|about:blank|acrobat
       |cover)\W{0,9}\d{0,9}(?:\s{0,9}of\s{0,9}\d{1,9})?$
    |https?://|file:|[a-z]:\\)""",
    re.VERBOSE | re.IGNORECASE,
)
FILE_NAME = re.compile(
    r"\.(?:docx?|dotx?|odt|rtf|txt|pptx?|odp|xlsx?|ods|pub|indd|qxd|qxp|psd|ai|cdr|tex|dvi|ps|eps"
    r"|pdf|html?|aspx?|php|jpe?g|png|tiff?|pages|key|cwk|wpd|p65|pm\d)$",
    re.IGNORECASE,
)
VERSION = re.compile(
    r"(?:^|[\W_])(?:v\d[\w.]*|final|draft|rev\d*|copy|proof|web|print|\d{4}v\d[\w.]*)(?=$|[\W_])",
    re.IGNORECASE,
)
LEAST_ON_PAGE = 0.7
"""The share of a title's words that must stand on the first pages to confirm it."""
MOST_WORDS = 40

LOGIN = re.compile(r"(?=\S*[\d_@\\/])\S+|[a-z][a-z.-]*")
PROGRAM_AUTHOR = re.compile(
    r"""^(?:user|owner|admin(?:istrator)?|author|default|unknown|anonymous|guest|test|me|home|office
    |pc|laptop|staff|preferred\ customer|valued\ (?:acer\ )?customer|registered\ user|\w*\ ?user
    |hp|dell|acer|lenovo|toshiba|sony|apple|windows|microsoft(?:\ \w+)*|adobe.*|canva|scanner.*
    |python-docx|openpyxl|apache.*|writer|word|the\ author|none|n/a|null|-+|\W*)$""",
    re.VERBOSE | re.IGNORECASE,
)
NO_NAME = re.compile(
    r"""(?:click|read|see|open|view|get|download(?:ed)?|here|this|the|a|our|full|more|now|link|file
    |document|report|pdf|as|in|to|and|version|format|english|welsh|cymraeg|yma|lawrlwytho|print
    |herunterladen|descargar|télécharger|hier|aquí|ici|button|page|\W|\d|[km]b)+""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words of a link that lead to any file, and so name none."""
DATE = re.compile(
    r"D?:?\s*(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?)?)?"
    r"(?:\s*(Z|[+-])(?:(\d\d)'?(?:(\d\d)'?)?)?)?"
)
FIRST_YEAR = 1990
"""PDF is of 1993; earlier dates are those of clocks that were never set."""


def trusted_title(information: Mapping[str, str], first_pages: str, url: str) -> str | None:
    """The title where it is one: in doubt only if its words stand on the first pages.

    A title that is the file's name, or that a program made, is none.
    """
    title = read_line(information.get("Title"))
    if not title or PROGRAM_TITLE.search(title) or FILE_NAME.search(title):
        return None
    words = re.findall(r"[^\W_]+", title.casefold())
    if not any(c.isalpha() for c in title) or len(words) > MOST_WORDS:
        return None
    known = set(re.findall(r"[^\W_]+", first_pages.casefold()))
    is_confirmed = sum(word in known for word in words) >= LEAST_ON_PAGE * len(words)
    if _is_file_name(words, url) or VERSION.search(title) or "_" in title or len(words) < 3:
        return title if is_confirmed and "_" not in title else None
    return title


def _is_file_name(words: list[str], url: str) -> bool:
    name = unquote(urlsplit(url).path).rpartition("/")[2].rpartition(".")[0]
    return re.findall(r"[^\W_]+", name.casefold()) == words


def telling_link_text(text: str | None) -> str | None:
    """The words of a link to a PDF, where they name it: not "here", nor a file's name."""
    line = read_line(text)
    if not line or NO_NAME.fullmatch(line) or FILE_NAME.search(line) or len(line) > 200:
        return None
    return line if " " in line and not line.lower().startswith(("http:", "https:")) else None


def trusted_author(information: Mapping[str, str]) -> str | None:
    """The author as written, or None where it is a login, a program or nobody."""
    author = read_line(information.get("Author"))
    if not author or LOGIN.fullmatch(author) or PROGRAM_AUTHOR.match(author):
        return None
    return author if any(c.isalpha() for c in author) else None


def iso_date(raw: str | None) -> str | None:
    """A date of the information ("D:20140527110939-04'00'", ISO 32000-1, 7.9.4) as ISO 8601.

    As precise as it is written; None for what no calendar has and for clocks that were never set.

    >>> iso_date("D:20140527110939-04'00'")
    '2014-05-27T11:09:39-04:00'
    >>> iso_date("D:2014")
    '2014'
    """
    found = DATE.match((raw or "").strip())
    if not found:
        return None
    year, month, day, hour, minute, second, sign, zone_hour, zone_minute = found.groups()
    try:
        datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), tzinfo=UTC)
    except ValueError:
        return None
    if int(year) < FIRST_YEAR:
        return None
    date = "-".join(part for part in (year, month, day) if part)
    if hour is None:
        return date
    zone = "Z" if sign == "Z" else f"{sign}{zone_hour}:{zone_minute or '00'}" if zone_hour else ""
    return f"{date}T{hour}:{minute}:{second or '00'}{zone}"
