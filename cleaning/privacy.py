"""Keep commenters private: pseudonyms for names, placeholders for mail addresses and numbers."""

import hashlib
import hmac
import re
from bisect import bisect_left
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from cleaning.text import normalise_text

EMAIL = "[email]"
PHONE = "[phone]"

# Where a number without country code is dialled from.
_REGIONS = ("GB", "IE")
# Digits with no more between them than a number or its extension may have; fewer are no number.
_DIGITS = re.compile(r"\d(?:\D{0,16}\d){5,}")
# Characters: what is looked at before and behind them, and how a long run of them is cut.
_AROUND, _PIECE, _OVERLAP = 24, 300, 100
# Longest international number (ITU-T E.164), and the shortest subscriber number with area code.
_MOST_DIGITS, _FEWEST_DIGITS = 15, 10

# A name before the at sign, so that @handles stay; a last part of letters, so that "pip@1.2" does.
# What repeats has an end, that of the standards (RFC 5321, 4.5.3.1; RFC 1035, 2.3.4): without one,
# a long run of letters would be read anew from each of them.
_LOCAL, _LABEL = r"[\w.+-]{1,64}", r"[\w-]{1,63}"
_MAIL = re.compile(
    r"(?<![\w@./])[\w.+%'’-]{0,63}[\w+%-]@"
    r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,16}[^\W\d_]{2,63}(?![\w@])"
    rf"|\b{_LOCAL} ?[\[({{<] ?at ?[\])}}>] ?{_LABEL}"
    rf"(?:(?: ?[\[({{<] ?dot ?[\])}}>] ?|\.){_LABEL}){{1,16}}\b"
    rf"|\b{_LOCAL} AT {_LABEL}(?: DOT {_LABEL}){{1,16}}\b"
    rf"|\b{_LOCAL} at {_LABEL}(?: dot {_LABEL}){{0,16}}"
    r" dot (?:com|org|net|co|uk|wales|cymru|info|io|edu|eu)\b"
)
_MAIL_IN_SCHEME = re.compile(r"(?<=mailto:)[^\s?&\"'<>]{1,64}@[^\s?&\"'<>]{1,255}")

# In addresses of links: "?mail=ann%40example.org", "https://wa.me/447700900123", "tel:+44…".
_MAIL_QUOTED = re.compile(r"(?<![\w%])[\w.+-]{1,64}%40(?:[\w-]{1,63}\.){1,16}[^\W\d_]{2,63}", re.I)
_PHONE_IN_LINK = re.compile(
    r"(?:(?<=//wa\.me/)|(?<=[?&]phone=)|(?<=;phone=)|(?<=\btel:)|(?<=\bsms:))(?:\+|%2B|00)?\d"
    r"(?:[\d().-]|%20){6,18}",
    re.IGNORECASE,
)

# Digits that are no telephone number, whatever phonenumbers thinks of them.
_OTHER_NUMBERS = re.compile(
    r"(?:https?://|www\.)(?!wa\.me/|api\.whatsapp)\S+"
    r"|\b10\.\d{4,9}/\S+"
    r"|\b(?:ISBN|ISSN|ISNI|ORCID|PMID|UPRN|IBAN)(?:-1[03])?:? ?[\dXx][\dXx -]*"
    r"|\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b"
    r"|[£$€¥] ?\d[\d,. ]*\d|\b(?:GBP|EUR|USD|NGN) ?\d[\d,. ]*"
    r"|\b\d{1,3}(?:,\d{3})+\b|\b\d+\.\d{3,}\b"
    r"|\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?|\b\d\d?[./-]\d\d?[./-]\d{4}\b"
    r"|\b(?:charity|company|registration|registered|reference|grant|award|account|order|ref|rhif)"
    r"(?: (?:number|no|nr|elusen|cwmni))*[.:]* ?#?[A-Z]{0,3}\d[\d -]*",
    re.IGNORECASE,
)
# "WhatsApp 447700900123": announced as a number, but without the plus that would tell the country.
_ANNOUNCED = re.compile(
    r"\b(?:whats ?app|call|text|tel|telephone|phone|mobile|mob|ffôn|ffoniwch|viber|telegram|sms)\b"
    r"[^\d\n]{0,20}(?P<number>\(?\d[\d ().-]{7,18}\d)",
    re.IGNORECASE,
)


class Pseudonyms:
    """Names for commenters that cannot be traced back without the key.

    `key` is the secret of the installation: whoever has it can test whether a name belongs to a
    pseudonym, and with another key all pseudonyms change. An empty key raises ValueError.
    """

    def __init__(self, key: bytes) -> None:
        if not key:
            raise ValueError("an empty key would let anyone recompute the pseudonyms")
        self._key = key

    def name(self, source: str, author: str) -> str:
        """Return the pseudonym of `author` on `source`, such as "commenter-4f2a91c07b".

        The same name on one source gets the same pseudonym, however it is spaced or capitalised;
        on another source it gets another one, so that nobody is followed from site to site.
        """
        plain = " ".join(normalise_text(author).casefold().split())
        message = f"{source}\0{plain}".encode()
        return f"commenter-{hmac.new(self._key, message, hashlib.sha256).hexdigest()[:10]}"


def mask_contacts(text: str) -> str:
    """Return `text` with "[email]" and "[phone]" for addresses and telephone numbers.

    Numbers are looked for as dialled in the United Kingdom and Ireland, and from anywhere with
    "+". Addresses spelt "name [at] example [dot] org" count too. Dates, sums of money, ISBN, DOI,
    ORCID, registration numbers, web addresses and @handles stay.

    >>> mask_contacts("Ring 020 7946 0018 or write to ann@example.org by 2019-07-03.")
    'Ring [phone] or write to [email] by 2019-07-03.'
    """
    text = _MAIL.sub(EMAIL, _MAIL_QUOTED.sub(EMAIL, _MAIL_IN_SCHEME.sub(EMAIL, text)))
    text = _PHONE_IN_LINK.sub(PHONE, text)
    kept: list[str] = []
    cut = len(text)
    for start, end in sorted(_phone_spans(text), reverse=True):
        if end <= cut:
            kept += [text[end:cut], PHONE]
            cut = start
    return "".join([text[:cut], *reversed(kept)])


def mask_address(url: str) -> str:
    """Return a link's address without the contacts in it; who logs in with it is left out.

    >>> mask_address("https://ann:secret@forms.example/?mail=ann%40example.org")
    'https://forms.example/?mail=[email]'
    """
    scheme, slashes, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    return mask_contacts(f"{scheme}{slashes}{place.rpartition('@')[2]}{slash}{path}")


def _phone_spans(text: str) -> Iterator[tuple[int, int]]:
    others = [found.span() for found in _OTHER_NUMBERS.finditer(text)]
    begins = [start for start, _ in others]
    for start, end in _candidate_spans(text):
        before = bisect_left(begins, end)
        if not before or others[before - 1][1] <= start:
            yield start, end


def _candidate_spans(text: str) -> Iterator[tuple[int, int]]:
    for place, part in _number_places(text):
        for start, end in _dialled_spans(part):
            yield place + start, place + end
    for announced in _ANNOUNCED.finditer(text):
        if _FEWEST_DIGITS <= _count_digits(announced["number"]) <= _MOST_DIGITS:
            yield announced.span("number")


def _number_places(text: str) -> Iterator[tuple[int, str]]:
    """Where in a text telephone numbers can be: the places, with a little of what is around them.

    phonenumbers takes more than linear time for a long text, so it is shown short ones only. One
    that goes on with digits for longer than any number is shown in pieces that overlap.
    """
    for found in _DIGITS.finditer(text):
        start, end = max(0, found.start() - _AROUND), min(len(text), found.end() + _AROUND)
        for place in range(start, max(start + 1, end - _AROUND), _PIECE):
            yield place, text[place : min(end, place + _PIECE + _OVERLAP)]


def _dialled_spans(text: str) -> Iterator[tuple[int, int]]:
    for region in _REGIONS:
        for found in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
            yield found.start, found.end
    # Numbers kept free for fiction, and mistyped ones, are not valid but look like what they are.
    for found in PhoneNumberMatcher(text, _REGIONS[0], leniency=Leniency.POSSIBLE):
        is_dialled = found.raw_string.lstrip("(").startswith(("0", "+"))
        if is_dialled and _FEWEST_DIGITS <= _count_digits(found.raw_string) <= _MOST_DIGITS:
            yield found.start, found.end


def _count_digits(text: str) -> int:
    return sum(map(str.isdigit, text))
