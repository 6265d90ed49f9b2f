"""The words and shapes that the rules look for, all in lower case.

General words of advertising only: no site, no person, and no sentence of a real comment.
"""

import re
from functools import lru_cache

URL = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"'\])]+", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{2,}")


# Domains that only public bodies and universities can have.
PUBLIC = re.compile(
    r"(?:^|\.)(?:gov|edu|mil|int|nhs\.(?:uk|wales|scot)|(?:gov|llyw|senedd|parliament)\.\w+"
    r"|(?:gov|ac|edu|govt|sch|police)\.[a-z]{2})$"
)


# Reference, standards, archives, broadcasters, publishers on care: all may cite them.
REFERENCE = re.compile(
    r"(?:^|\.)(?:(?:wikipedia|wikimedia|wikidata|wiktionary|wikisource|doi|archive|jstor|orcid|w3"
    r"|ietf|rfc-editor|arxiv|unicode|creativecommons|un|oecd|unesco)\.org|europa\.eu|britannica\.com"
    r"|bbc\.(?:co\.uk|com)|theguardian\.com|dictionary\.com|merriam-webster\.com|geiriadur\.net"
    r"|(?:jrf|nesta|kingsfund|scie|health|nice|involve|coproductionnetwork)\.org\.uk)$"
)


# A blog that cites the post pings with an excerpt, and its link leads to the citing post.
EXCERPT = re.compile(r"\s*\[(?:\.\.\.|…)\]")


def _pattern(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(alternatives)})")


class Phrases:
    """Phrases to find; every one of them contains one of the hints.

    A hint is three letters or more of one word of the phrase; hints stand between bars. Most
    comments hold none, and their words have been met before, so that `hints_of` takes a fraction of
    the time that the patterns take.
    """

    def __init__(self, hints: str, *alternatives: str) -> None:
        self._pattern = _pattern(*alternatives)
        self._bit = 1 << len(_PHRASES)
        _PHRASES.append(self)
        for hint in hints.split("|"):
            _STARTS.setdefault(hint[:3], []).append((hint, self._bit))

    def are_in(self, text: str, hinted: int) -> bool:
        """Whether one of the phrases is in a text in lower case, given the hints of its words."""
        return bool(hinted & self._bit) and self._pattern.search(text) is not None


_PHRASES: list[Phrases] = []
_STARTS: dict[str, list[tuple[str, int]]] = {}
"""Every hint by its first three letters, with the bit of its phrases."""


@lru_cache(maxsize=100_000)
def hints_of(word: str) -> int:
    """Which phrases a word hints at, one bit for each `Phrases`."""
    bits = 0
    for start in range(len(word) - 2):
        for hint, bit in _STARTS.get(word[start : start + 3], ()):
            if word.startswith(hint, start):
                bits |= bit
    return bits


_BUY = r"(?:buy|cheap|cheapest|generic|discount|for sale|online|without (?:an? )?prescription)"
_POTENCY = r"(?:viagra|cialis|levitra|kamagra|tadalafil|sildenafil)"
# People of health projects name their medicines, so a name alone is no offer.
_DRUG = (
    r"(?:viagra|cialis|levitra|kamagra|tadalafil|sildenafil|amoxi\w+|accutane|prednisone|xanax"
    r"|tramadol|propecia|priligy|clomid|lasix|zithromax|\w*chloroquine|valium|ambien|cbd oil"
    r"|steroids?)"
)
DRUG_OFFER = Phrases(
    "viagra|cialis|levitra|kamagra|tadalafil|sildenafil|amoxi|accutane|prednisone|xanax|"
    "tramadol|propecia|priligy|clomid|lasix|zithromax|chloroquine|valium|ambien|cbd|"
    "pharmac|steroid",
    rf"\b{_DRUG}\b.{{0,40}}\b{_BUY}\b",
    rf"\b{_BUY}\b.{{0,40}}\b{_DRUG}\b",
    rf"\b{_POTENCY}\b.{{0,200}}\b{_POTENCY}\b",
    r"\b(?:canadian|cheap|discount|mexican) (?:online )?pharmac(?:y|ies)\b",
)
POTENCY_DRUG = Phrases("viagra|cialis|levitra|kamagra|tadalafil|sildenafil", rf"\b{_POTENCY}\b")
GAMBLING_OFFER = Phrases(
    "casino|poker|betting|slot|gambling|jackpot|judi|togel|bandar|situs|sbobet|baccarat|"
    "bookmaker|agen",
    r"\b(?:online|best|free|live|bonus|slots?) (?:casinos?|poker|betting|slots?|gambling"
    r"|jackpot)\b",
    r"\b(?:casino|betting|gambling) (?:online|bonus|sites?|games?)\b",
    r"\b(?:judi|togel|bandar|situs|sbobet|baccarat|bookmaker|agen bola)\b",
    r"\bslot (?:online|gacor)\b",
)
ADULT_OFFER = Phrases(
    "escort|girl|porn|sex|cam|adult",
    r"\b(?:escorts?|call girls?) (?:in|service|agency|services)\b",
    r"\b(?:free|live|hd|teen|gay) (?:porno?|sex|cams?|webcam)\b",
    r"\bporn(?:o|hub|star)?\b",
    r"\b(?:sex|adult) (?:cams?|chat|dating|toys?|videos?|doll)\b",
    r"\bescorts\b",
)
MAGIC_OFFER = Phrases(
    "spell|herbal|voodoo|witch|illuminati|back|cured",
    r"\bspell ?-?(?:caster|casting)\b",
    r"\b(?:love|black magic|lottery|powerful|magic) spells?\b",
    r"\bherbal (?:doctor|dr|cure|healer)\b",
    r"\b(?:voodoo|witch ?doctor|illuminati)\b",
    r"\bget (?:your|my|his|her) (?:ex|husband|wife|lover|boyfriend|girlfriend)\b.{0,30}\bback\b"
    r"(?! (?:home|to|from|into|on|in|at|up))",
    r"\b(?:got|br(?:ought|ing)) back my (?:ex|husband|wife|lover|boyfriend|girlfriend)\b",
    r"\bcured (?:me|him|her|my \w+) (?:of|from)\b",
)
# Each found anywhere: one pattern over all three would take a time that grows with their product.
HOLY = Phrases("mantra|guru|astrolog|kundalini|tantra|chakra|swami|bhagwan|shakti|vashikaran", "")
HOLY_WORD = re.compile(
    r"mantra|guru|astrolog|kundalini|tantra|chakra|swami|bhagwan|shakti|vashikaran"
)
GOES_ELSEWHERE = re.compile(r"\b(?:for more|visit|contact|call|whatsapp)\b")
PARTNER = re.compile(r"\b(?:husband|wife|boyfriend|girlfriend|marriage|lover|my ex)\b")
REUNION = Phrases(
    "back|reunited|begg|restore",
    r"\b(?:back to me|reunited (?:with|us)|begg(?:ed|ing) (?:me|for)|restored? my)\b",
)
WAY_OF_CONTACT = re.compile(r"\b(?:e-?mail|whatsapp|contact|call)\b")
CRIME_OFFER = Phrases(
    "atm|bank|credit|debit|hack|counterfeit|fake|passport|licen",
    r"\b(?:blank|cloned?|programmed|hacked) (?:blank )?(?:atm|bank|credit|debit)\b",
    r"\bhackers?\b.{0,20}[\w.+-]+@",
    r"\batm (?:blank )?cards?\b.{0,200}\b(?:hack\w*|rich|withdraw\w*)\b",
    r"\b(?:hire|contact|professional|ethical|genuine|legit\w*|certified) (?:an? )?hackers?\b",
    r"\bhack(?:ing|ers?)? (?:services?|into any)\b",
    r"\b(?:fake|counterfeit|registered) (?:passports?|driver'?s? licen[cs]es?|banknotes"
    r"|diplomas?)\b",
    r"\bcounterfeit money\b",
)
LOAN_OFFER = Phrases(
    "loan|cash|make|making|made|earn|binary|forex|bitcoin|rich|crypto|trading|investment",
    r"\b(?:payday|personal|business|urgent|instant|quick|cash) (?:loans?|cash advance)\b",
    r"\bloan (?:offer|lender|company|firm|at)\b",
    r"\b(?:make|earn|making|earning|made|earned) (?:up to |over |about )?(?:money|[$€£] ?\d[\d,.]*"
    r"|\d[\d,.]* ?(?:usd|dollars|euros)) (?:online|daily|weekly|a day|per|every|from home)\b",
    r"\b(?:binary options?|forex (?:trad\w+|broker|signal\w*)|bitcoin (?:mining|investment"
    r"|trading))\b",
    r"\b(?:get|become|got) rich\b",
    r"\b(?:crypto|bitcoin|trading|investment) (?:expert|recovery|platform|manager)\b",
)
WORK_OFFER = Phrases(
    "essay|assignment|dissertation|thesis|homework|coursework|followers|views|likes|"
    "subscribers|seo|backlink|marketing|web|publish|rank|traffic",
    r"\b(?:essay|assignment|dissertation|thesis|homework|coursework) "
    r"(?:writ\w+|help\w*|services?|experts?)\b",
    r"\b(?:buy|get|free|real) (?:\w+ )?(?:instagram|youtube|facebook|tiktok|twitter) "
    r"(?:followers|views|likes|subscribers)\b",
    r"\bseo (?:services?|company|agency|expert|experts|tools?|consultant)\b",
    r"\bbacklinks?\b.{0,80}\b(?:buy|free|quality|services?|ranking|traffic)\b",
    r"\b(?:digital marketing|web ?site|web) (?:company|agency|services|course|courses"
    r"|design company)\b",
    r"\bpublish (?:an? )?(?:guest|sponsored) posts?\b",
    r"\b(?:rank|ranking|traffic) (?:on|in|of|to) (?:google|your (?:web)?site|your blog)\b",
)
FIRM_OFFER = Phrases(
    "best|leading|affordable|professional|cheapest|top|quality",
    r"\b(?:we|our (?:company|firm|store|experts|agency))\b.{0,40}\b(?:best|leading|affordable"
    r"|professional"
    r"|cheapest|top|quality)\b.{0,30}\b(?:services?|company|prices?|rates?|products?|solutions?)\b",
)
BUSINESS_OFFER = Phrases(
    "best|affordable|cheapest|customer|support|toll|packers|clipping|jacket|replica|"
    "wholesale|locksmith|cleaning|limo|rental|estate|plumber|movers|lowest|reasonable|sale|"
    "shipping|order|buy|coupon|promo|discount|download|crack|activation|serial|купить|заказать|"
    "недорого|скидк|казино|доставк",
    r"\bbest .{0,40}\b(?:training|institute|course|courses|services?|company|agency|suppliers?"
    r"|shop)\b.{0,20}\bin \w+",
    r"\b(?:customer (?:care|support|service)|tech(?:nical)? support|toll[ -]?free) "
    r"(?:phone |contact )?(?:number|service|team)?\b.{0,60}\+?\d[\d -]{7,}",
    r"\b(?:packers and movers|clipping path|leather jackets?|replica watch\w*|wholesale|locksmiths?"
    r"|cleaning services?|limo services?|car rental|real estate agent|plumbers? in|movers in)\b",
    r"\b(?:lowest|best|affordable|reasonable|cheapest) (?:prices?|rates?|cost)\b",
    r"\b(?:for sale|free shipping|order now|buy now|coupon codes?"
    r"|promo codes?|discount codes?|free download)\b",
    r"купить|заказать|недорого|скидк\w+|казино|доставк\w+",
    r"\b(?:download|crack(?:ed)?|activation|serial) (?:key|keygen|full version|apk|mod apk)\b",
)
TESTIMONIAL = Phrases(
    "testi|changed|heart|thank|grat|happy|excited",
    r"\bmy (?:testimony|testimonial|life (?:has )?changed|heart is filled with joy)\b",
    r"\bchanged my life\b",
    r"\b(?:testif\w+|testimon\w+)\b.{0,80}\b(?:how|about|of|to)\b",
    r"\b(?:thanks|thank you|grateful|gratitude) to (?:dr|doctor|prophet|chief|priest|lord|god)\b",
    r"\bi (?:was |am )?so (?:happy|excited) (?:to share|because|that)\b.{0,200}\b(?:contact"
    r"|email)\b",
)
CONTACT_THEM = Phrases(
    "him|her|them|number|address|mail|whatsapp|telegram|viber|details|more|apply",
    r"\bapply (?:now|today|here)?\W{0,2}(?:via|by|through|at|to|with)? ?(?:e-?mail|[\w.+-]+@)",
    r"\b(?:contact|e-?mail|reach|text|write|message|call|whatsapp|add)"
    r" (?:him|her|them|this (?:number|address|e-?mail))"
    r" (?:now |today |directly |on )?(?:via|on|at|through|with|by|for|whatsapp)\b",
    r"\b(?:whatsapp|telegram|viber)\b.{0,25}\+?\d[\d ()-]{7,}",
    r"\bdetails on how to (?:get|order|buy)\b",
    r"\bfor more (?:info\w*|details|enquir\w+|inquir\w+)\W{0,3}(?:please )?(?:contact|call|mail"
    r"|email)\b",
)
SEE_THERE = Phrases(
    "info|detail|visit|check|see|browse|surf|here|look|web|click",
    r"\bmore (?:info\w*|details)\W{0,3}(?:please )?(?:visit|click|check|go to|see)\b",
    r"\b(?:visit|check(?: out)?|see|browse) (?:my|our|this) (?:web ?-?(?:site|page|blog)|homepage"
    r"|page"
    r"|blog|store|shop|link)\b",
    r"\b(?:also visit|feel free to (?:visit|surf)|here is my|look at my|my web(?:-| )?(?:site"
    r"|page|blog))",
    r"\bclick (?:here|this link|on the link|the link|on)\b",
    r"\A\W*(?:visit|click|check)\b",
)
MAIL = re.compile(r"[\w.+-]+ ?@ ?[\w-]+\.[a-z.]{2,}")
LINK_MARKUP = re.compile(r"\[/?url\b|\[link=|<a\s+href|\ba href=|</a>|&lt;a href")
PRAISING = re.compile(
    r"^\W*(?:(?:wow|hi|hello|hey|dear|really|thanks?|thank you)\b[\w ]{0,20}\W+)?(?:"
    r"(?:(?:this|it|that)(?: is|'s|’s| was)? )?(?:really |very |an? |such an? |truly |quite )*"
    r"(?:nice|great|good|awesome|amazing|excellent|wonderful|fantastic|informative|useful|helpful"
    r"|superb"
    r"|interesting|beautiful|impressive|valuable)\b"
    r"|thank(?:s| you)(?: so much| a lot| you)? for (?:sharing|the|this|your|providing|posting"
    r"|putting)\b"
    r"|i (?:really |truly |just |am |absolutely )*(?:like|liked|enjoy|enjoyed|love|loved|appreciate"
    r"|happy|glad|impressed|read|found|think|thank)\b"
    r"|(?:your|the|this) (?:\w+ )?(?:article|post|blog|site|website|information|content)\b"
    r"|(?:keep|wow|wohh|hello|greetings|it'?s (?:really|very|nice|great|actually))\b)"
)
GENERIC_WORDS = _pattern(
    r"\b(?:nice|great|good|awesome|amazing|excellent|wonderful|fantastic|informative|useful"
    r"|helpful|superb"
    r"|interesting|beautiful|valuable|this|your|the|such|of) "
    r"(?:\w+ )?(?:post|article|blog|information|info|content|site|website|weblog|share|sharing"
    r"|work)\b",
    r"\bthank(?:s| you)\b.{0,20}\bfor (?:sharing|posting|providing|putting)\b",
    r"\bkeep (?:it up|up|sharing|posting|writing)\b",
)
PROFILE_PATH = re.compile(
    r"/(?:members?|users?|profiles?|forums?|redirect|redir|url)\w*[/.?]"
    r"|[?&](?:url|goto|redirect|u|uid|id|user|member|option|itemid)="
)
# Networks where a person's page is a profile by design; Blogger links each of its users to one.
PROFILE_HOSTS = re.compile(
    r"(?:^|\.)(?:blogspot|wordpress|github|gitlab|twitter|facebook|linkedin|google|youtube"
    r"|instagram"
    r"|stackoverflow|stackexchange|medium|gravatar|flickr|last|blogger|disqus|about|keybase"
    r"|mastodon)\."
)
SOLD_BY_HOST = _pattern(
    r"viagra|cialis|levitra|casino|poker|slots?\d|bet\d|sbobet|togel|porn|escorts?\b|escort(?:s"
    r"|service)",
    r"loans|payday|essay|assignment|dissertation|\bseo|seo(?:company|agency|expert|service)"
    r"|backlink",
    r"replica|jackets?|coupon|cheap|discount|buy(?!\.)|forsale|onsale|(?<!i)deals|webcam|\bdating"
    r"|datingsite",
    r"crypto|bitcoin|forex|locksmith|plumbing|movers|supplement|weightloss|(?<!s)pills|keto|cbd",
    r"insurance|lawyer|attorney|(?<!pa)rentals?|apk\b|hackers?for|spellcast",
)
SOLD_BY_PATH = _pattern(
    r"\b(?:buy|cheap|essay|assignment|casino|escorts?|loans?|viagra|cialis|followers|coupons?"
    r"|jackets?)\b",
    r"/(?:products?|product-?category|shop|store)/",
    r"-(?:for-sale|price|prices|near-me|company|agency|repair)\b|\b(?:packers|wholesale"
    r"|locksmith)-",
)
# Domains that registries give away or sell by the bulk.
CHEAP_TLD = re.compile(
    r"\.(?:tk|ml|ga|cf|gq|icu|top|xyz|pw|fun|click|loan|men|win|bid|biz|us\.org|us\.com)$"
)
MY_SITE = Phrases(
    "web|home|blog|page|site",
    r"\b(?:(?:also|feel free to) (?:visit|surf to|check out) my|(?:here is|look (?:at|into)"
    r"|stop by) my|my)"
    r" (?:web ?-?(?:site|page|blog)|homepage|blog post|page|site|blog)s?\W*(?:::|;|:|$|\n)",
)
ABOUT_THE_SITE = Phrases(
    "weblog|web|owner|load|rss|book",
    r"\b(?:weblog|this web ?-?(?:site|page)|web-site|your web ?site|(?:web ?site|blog) (?:owners?"
    r"|loads?)"
    r"|rss feed|book ?mark(?:ed|ing)?)\b",
)
RUN_TOGETHER = re.compile(r"(?!Ma?c[A-Z])[A-Z][a-z]+[A-Z][a-z]{1,6}")
SOLD_BY_NAME = _pattern(
    r"\b(?:viagra|cialis|casino|poker|escorts?|loans|seo|backlinks?|insurance|lawyers?|attorney"
    r"|jackets?"
    r"|packers|movers|cheap|buy|download|coupons?|software|hosting|marketing|essays?|assignments?"
    r"|diet|loss|dating|rentals?|hotels|apk|packaging|web design|pvt|ltd|data science|repairs?)\b"
    # As a whole name these are a trade; beside others they can be a family's or a charity's name.
    r"|^(?:weight|free|online|best|sale|shop|store|tickets?|courses?|reviews?)$"
    r"|^(?:best|free|online) (?:\w+ )+\w+$|^(?:\w+ )+(?:online|services|training|course|company)$"
)
