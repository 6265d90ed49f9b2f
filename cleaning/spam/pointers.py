"""What sends the reader elsewhere: to a person, to a site, to the writer's own.

Sayings in lower case, each with the words that it cannot do without; no site and no person.
"""

import re

from .hints import Phrases, Saying

GOES_ELSEWHERE = Phrases(
    Saying(r"\b(?:for more|visit|contact|call|whatsapp)\b", "more|visit|contact|call|whatsapp")
)
WAY_OF_CONTACT = re.compile(r"\b(?:e-?mail|whatsapp|contact|call)\b")
CONTACT_THEM = Phrases(
    Saying(
        r"\bapply (?:now|today|here)?\W{0,2}(?:via|by|through|at|to|with)? ?(?:e-?mail"
        r"|[\w.+-]+@)",
        "apply",
    ),
    Saying(
        r"\b(?:contact|e-?mail|reach|text|write|message|call|whatsapp|add)"
        r" (?:him|her|them|this (?:number|address|e-?mail))"
        r" (?:now |today |directly |on )?(?:via|on|at|through|with|by|for|whatsapp)\b",
        "contact|email|mail|reach|text|write|message|call|whatsapp|add",
        "him|her|them|number|address|email|mail",
        "via|on|at|through|with|by|for|whatsapp",
    ),
    Saying(r"\b(?:whatsapp|telegram|viber)\b.{0,25}\+?\d[\d ()-]{7,}", "whatsapp|telegram|viber"),
    Saying(r"\bdetails on how to (?:get|order|buy)\b", "details", "how"),
    Saying(
        r"\bfor more (?:info\w*|details|enquir\w+|inquir\w+)\W{0,3}(?:please )?(?:contact|call"
        r"|mail|email)\b",
        "more",
        "contact|call|mail|email",
        literal="for more ",
    ),
)
SEE_THERE = Phrases(
    Saying(
        r"\bmore (?:info\w*|details)\W{0,3}(?:please )?(?:visit|click|check|go to|see)\b",
        "more",
        "visit|click|check|go|see",
        literal="more ",
    ),
    Saying(
        r"\b(?:visit|check(?: out)?|see|browse) (?:my|our|this) (?:web ?-?(?:site|page|blog)"
        r"|homepage|page|blog|store|shop|link)\b",
        "visit|check|see|browse",
        "my|our|this",
        "web|website|webpage|webblog|homepage|page|blog|store|shop|link",
    ),
    Saying(r"\balso visit", "also", literal="also visit"),
    Saying(r"\bfeel free to (?:visit|surf)", "feel", "free", literal="feel free to "),
    Saying(r"\bhere is my", "here", "is", literal="here is my"),
    Saying(r"\blook at my", "look", "at", literal="look at my"),
    Saying(r"\bmy web(?:-| )?(?:site|page|blog)", "my", literal="my web"),
    Saying(r"\bclick (?:here|this link|on the link|the link|on)\b", "click"),
    Saying(r"\A\W*(?:visit|click|check)\b", "visit|click|check"),
)
MY_SITE = Phrases(
    Saying(
        r"\bmy (?:web ?-?(?:site|page|blog)|homepage|blog post|page|site|blog)s?"
        r"\W*(?:::|;|:|$|\n)",
        "my",
        "web|website|websites|webpage|webpages|webblog|webblogs|homepage|homepages|page|pages|site"
        "|sites|blog|blogs",
        literal="my ",
    ),
)
ABOUT_THE_SITE = Phrases(
    Saying(r"\bweblog\b", "weblog"),
    Saying(r"\bthis web ?-?(?:site|page)\b", "this", literal="this web"),
    Saying(r"\bweb-site\b", "web", "site"),
    Saying(r"\byour web ?site\b", "your", literal="your web"),
    Saying(
        r"\b(?:web ?site|blog) (?:owners?|loads?)\b", "owner|owners|load|loads", "website|site|blog"
    ),
    Saying(r"\brss feed\b", "rss", literal="rss feed"),
    Saying(
        r"\bbook ?mark(?:ed|ing)?\b",
        "bookmark|bookmarked|bookmarking|mark|marked|marking",
        literal="book",
    ),
)
