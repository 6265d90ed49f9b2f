"""What adverts say: sayings in lower case, each with the words that it cannot do without.

General words of advertising only: no site, no person, and no sentence of a real comment.
"""

import re

from .hints import BEYOND_ASCII, Phrases, Saying

_BUY = r"(?:buy|cheap|cheapest|generic|discount|for sale|online|without (?:an? )?prescription)"
_BUY_HINTS = "buy|cheap|cheapest|generic|discount|sale|online|without"
_POTENCY_HINTS = "viagra|cialis|levitra|kamagra|tadalafil|sildenafil"
_POTENCY = rf"(?:{_POTENCY_HINTS})"
# People of health projects name their medicines, so a name alone is no offer.
_DRUG_HINTS = (
    f"{_POTENCY_HINTS}|accutane|prednisone|xanax|tramadol|propecia|priligy|clomid|lasix|zithromax"
    "|valium|ambien|steroid|steroids|cbd"
)
_DRUG = rf"(?:{_DRUG_HINTS} oil)"
_OPEN_DRUGS = {"amoxi": r"amoxi\w+", "chloroquine": r"\w*chloroquine"}
DRUG_OFFER = Phrases(
    Saying(rf"\b{_DRUG}\b.{{0,40}}\b{_BUY}\b", _DRUG_HINTS, _BUY_HINTS),
    Saying(rf"\b{_BUY}\b.{{0,40}}\b{_DRUG}\b", _DRUG_HINTS, _BUY_HINTS),
    *(
        Saying(pattern, _BUY_HINTS, literal=part)
        for part, drug in _OPEN_DRUGS.items()
        for pattern in (rf"\b{drug}\b.{{0,40}}\b{_BUY}\b", rf"\b{_BUY}\b.{{0,40}}\b{drug}\b")
    ),
    Saying(rf"\b{_POTENCY}\b.{{0,200}}\b{_POTENCY}\b", _POTENCY_HINTS),
    Saying(
        r"\b(?:canadian|cheap|discount|mexican) (?:online )?pharmac(?:y|ies)\b",
        "pharmacy|pharmacies",
    ),
)
POTENCY_DRUG = Phrases(Saying(rf"\b{_POTENCY}\b", _POTENCY_HINTS))
GAMBLING_OFFER = Phrases(
    Saying(
        r"\b(?:online|best|free|live|bonus|slots?) (?:casinos?|poker|betting|slots?|gambling"
        r"|jackpot)\b",
        "casino|casinos|poker|betting|slot|slots|gambling|jackpot",
        "online|best|free|live|bonus|slot|slots",
    ),
    Saying(
        r"\b(?:casino|betting|gambling) (?:online|bonus|sites?|games?)\b",
        "casino|betting|gambling",
        "online|bonus|site|sites|game|games",
    ),
    Saying(
        r"\b(?:judi|togel|bandar|situs|sbobet|baccarat|bookmaker|agen bola)\b",
        "judi|togel|bandar|situs|sbobet|baccarat|bookmaker|agen",
    ),
    Saying(r"\bslot (?:online|gacor)\b", "slot"),
)
ADULT_OFFER = Phrases(
    Saying(
        r"\b(?:escorts?|call girls?) (?:in|service|agency|services)\b", "escort|escorts|girl|girls"
    ),
    Saying(
        r"\b(?:free|live|hd|teen|gay) (?:porno?|sex|cams?|webcam)\b",
        "porn|porno|sex|cam|cams|webcam",
    ),
    Saying(r"\bporn(?:o|hub|star)?\b", "porn|porno|pornhub|pornstar"),
    Saying(r"\b(?:sex|adult) (?:cams?|chat|dating|toys?|videos?|doll)\b", "sex|adult"),
    Saying(r"\bescorts\b", "escort|escorts|girl|girls"),
)
_LOVED = "ex|husband|wife|lover|boyfriend|girlfriend"
MAGIC_OFFER = Phrases(
    Saying(r"\bspell ?-?(?:caster|casting)\b", "spell|spellcaster|spellcasting"),
    Saying(r"\b(?:love|black magic|lottery|powerful|magic) spells?\b", "spell|spells"),
    Saying(r"\bherbal (?:doctor|dr|cure|healer)\b", "herbal"),
    Saying(r"\b(?:voodoo|witch ?doctor|illuminati)\b", "voodoo|witch|witchdoctor|illuminati"),
    Saying(
        r"\bget (?:your|my|his|her) (?:ex|husband|wife|lover|boyfriend|girlfriend)\b.{0,30}"
        r"\bback\b(?! (?:home|to|from|into|on|in|at|up))",
        _LOVED,
        "back",
    ),
    Saying(
        r"\b(?:got|br(?:ought|ing)) back my (?:ex|husband|wife|lover|boyfriend|girlfriend)\b",
        _LOVED,
        "back",
    ),
    Saying(r"\bcured (?:me|him|her|my \w+) (?:of|from)\b", "cured"),
)
# Each found anywhere: one pattern over all three would take a time that grows with their product.
HOLY_WORD = re.compile(
    r"mantra|guru|astrolog|kundalini|tantra|chakra|swami|bhagwan|shakti|vashikaran"
)
PARTNER = re.compile(r"\b(?:husband|wife|boyfriend|girlfriend|marriage|lover|my ex)\b")
REUNION = Phrases(
    Saying(r"\bback to me\b", "back", "me", literal="back to me"),
    Saying(r"\breunited (?:with|us)\b", "reunited"),
    Saying(r"\bbegg(?:ed|ing) (?:me|for)\b", "begged|begging"),
    Saying(r"\brestored? my\b", "restore|restored"),
)
CRIME_OFFER = Phrases(
    Saying(
        r"\b(?:blank|cloned?|programmed|hacked) (?:blank )?(?:atm|bank|credit|debit)\b",
        "blank|clone|cloned|programmed|hacked",
        "atm|bank|credit|debit",
    ),
    Saying(r"\bhackers?\b.{0,20}[\w.+-]{1,64}@", "hacker|hackers"),
    Saying(r"\batm (?:blank )?cards?\b.{0,200}\b(?:hack\w*|rich|withdraw\w*)\b", "atm"),
    Saying(
        r"\b(?:hire|contact|professional|ethical|genuine|legit\w*|certified) (?:an? )?hackers?\b",
        "hacker|hackers",
    ),
    Saying(r"\bhack(?:ing|ers?)? (?:services?|into any)\b", "hack|hacking|hacker|hackers"),
    Saying(
        r"\b(?:fake|counterfeit|registered) (?:passports?|driver'?s? licen[cs]es?|banknotes"
        r"|diplomas?)\b",
        "fake|counterfeit|registered",
        "passport|passports|driver|drivers|banknotes|diploma|diplomas",
    ),
    Saying(r"\bcounterfeit money\b", "counterfeit"),
)
LOAN_OFFER = Phrases(
    Saying(
        r"\b(?:payday|personal|business|urgent|instant|quick|cash) (?:loans?|cash advance)\b",
        "loan|loans|advance",
    ),
    Saying(r"\bloan (?:offer|lender|company|firm|at)\b", "loan"),
    Saying(
        r"\b(?:make|earn|making|earning|made|earned) (?:up to |over |about )?(?:money|[$€£] ?"
        r"\d[\d,.]*|\d[\d,.]* ?(?:usd|dollars|euros)) (?:online|daily|weekly|a day|per|every"
        r"|from home)\b",
        "make|earn|making|earning|made|earned",
        "online|daily|weekly|day|per|every|home",
    ),
    Saying(
        r"\b(?:binary options?|forex (?:trad\w+|broker|signal\w*)|bitcoin (?:mining|investment"
        r"|trading))\b",
        "binary|forex|bitcoin",
    ),
    Saying(r"\b(?:get|become|got) rich\b", "rich"),
    Saying(
        r"\b(?:crypto|bitcoin|trading|investment) (?:expert|recovery|platform|manager)\b",
        "crypto|bitcoin|trading|investment",
    ),
)
WORK_OFFER = Phrases(
    Saying(
        r"\b(?:essay|assignment|dissertation|thesis|homework|coursework) "
        r"(?:writ\w+|help\w*|services?|experts?)\b",
        "essay|assignment|dissertation|thesis|homework|coursework",
    ),
    Saying(
        r"\b(?:buy|get|free|real) (?:\w+ )?(?:instagram|youtube|facebook|tiktok|twitter) "
        r"(?:followers|views|likes|subscribers)\b",
        "instagram|youtube|facebook|tiktok|twitter",
        "followers|views|likes|subscribers",
    ),
    Saying(r"\bseo (?:services?|company|agency|expert|experts|tools?|consultant)\b", "seo"),
    Saying(
        r"\bbacklinks?\b.{0,80}\b(?:buy|free|quality|services?|ranking|traffic)\b",
        "backlink|backlinks",
    ),
    Saying(
        r"\b(?:digital marketing|web ?site|web) (?:company|agency|services|course|courses"
        r"|design company)\b",
        "web|website|site|marketing",
        "company|agency|services|course|courses",
    ),
    Saying(r"\bpublish (?:an? )?(?:guest|sponsored) posts?\b", "publish"),
    Saying(
        r"\b(?:rank|ranking|traffic) (?:on|in|of|to) (?:google|your (?:web)?site|your blog)\b",
        "rank|ranking|traffic",
    ),
)
FIRM_OFFER = Phrases(
    Saying(
        r"\b(?:we|our (?:company|firm|store|experts|agency))\b.{0,40}\b(?:best|leading|affordable"
        r"|professional|cheapest|top|quality)\b.{0,30}\b(?:services?|company|prices?|rates?"
        r"|products?|solutions?)\b",
        "best|leading|affordable|professional|cheapest|top|quality",
        "service|services|company|price|prices|rate|rates|product|products|solution|solutions",
        "we|our",
    ),
)
BUSINESS_OFFER = Phrases(
    Saying(
        r"\bbest .{0,40}\b(?:training|institute|course|courses|services?|company|agency"
        r"|suppliers?|shop)\b.{0,20}\bin \w+",
        "best",
        "training|institute|course|courses|service|services|company|agency|supplier|suppliers|shop",
        "in",
    ),
    Saying(
        r"\b(?:customer (?:care|support|service)|tech(?:nical)? support|toll[ -]?free) "
        r"(?:phone |contact )?(?:number|service|team)?\b.{0,60}\+?\d[\d -]{7,}",
        "customer|tech|technical|toll|tollfree",
        "care|support|service|free|tollfree",
    ),
    Saying(
        r"\b(?:packers and movers|clipping path|leather jackets?|replica watch\w*|wholesale"
        r"|locksmiths?|cleaning services?|limo services?|car rental|real estate agent"
        r"|plumbers? in|movers in)\b",
        "packers|clipping|leather|replica|wholesale|locksmith|locksmiths|cleaning|limo|rental"
        "|estate|plumber|plumbers|movers",
    ),
    Saying(
        r"\b(?:lowest|best|affordable|reasonable|cheapest) (?:prices?|rates?|cost)\b",
        "lowest|best|affordable|reasonable|cheapest",
        "price|prices|rate|rates|cost",
    ),
    Saying(r"\bfor sale\b", "sale", literal="for sale"),
    Saying(r"\bfree (?:shipping|download)\b", "free", "shipping|download"),
    Saying(r"\b(?:order|buy) now\b", "order|buy", "now"),
    Saying(r"\b(?:coupon|promo|discount) codes?\b", "coupon|promo|discount", "code|codes"),
    Saying(
        r"купить|заказать|недорого|скидк\w+|казино|доставк\w+",
        BEYOND_ASCII,
    ),
    Saying(
        r"\b(?:download|crack(?:ed)?|activation|serial) (?:key|keygen|full version|apk|mod apk)\b",
        "download|crack|cracked|activation|serial",
        "key|keygen|version|apk",
    ),
)
TESTIMONIAL = Phrases(
    Saying(r"\bmy (?:testimony|testimonial)\b", "testimony|testimonial"),
    Saying(r"\bmy life (?:has )?changed\b", "changed", "life", literal="my life"),
    Saying(r"\bmy heart is filled with joy\b", "heart", "joy"),
    Saying(r"\bchanged my life\b", "changed", "life", literal="changed my life"),
    Saying(
        r"\b(?:testif\w+|testimon\w+)\b.{0,80}\b(?:how|about|of|to)\b",
        "how|about|of|to",
        literal="testi",
    ),
    Saying(
        r"\b(?:thanks|thank you|grateful|gratitude) to (?:dr|doctor|prophet|chief|priest|lord"
        r"|god)\b",
        "dr|doctor|prophet|chief|priest|lord|god",
        "thank|thanks|grateful|gratitude",
        literal=" to ",
    ),
    Saying(
        r"\bi (?:was |am )?so (?:happy|excited) (?:to share|because|that)\b.{0,200}\b(?:contact"
        r"|email)\b",
        "happy|excited",
        "contact|email",
    ),
)
