"""The words and shapes that the rules look for, all in lower case.

General words of advertising only: no site, no person, and no sentence of a real comment.
"""

import re

URL = re.compile(r"((?:https?://|\bwww\.)[^\s<>\"'\])]+)")
WEB_ADDRESS = re.compile(r"(https?://[^\s<>\"'\])]+)")


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


MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+ ?@ ?[\w-]+\.[a-z.]{2,}")
# There is a mail address where there is this; to find all of it takes longer.
MAIL_SIGN = re.compile(r"[\w.+-] ?@ ?[\w-]+\.[a-z.]{2,}")
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
# Hosts where the pages of very many people stand side by side, or that only lead on.
SHARED_HOSTS = re.compile(
    r"(?:(?:m|mobile|docs|drive|maps|plus|play|support|gist|open|en|de|fr|uk)\.)?(?:(?:youtube|facebook|twitter|x|instagram|linkedin|google|github|medium"
    r"|wordpress|blogger|reddit|pinterest|tiktok|vimeo|soundcloud|spotify|amazon|apple|microsoft"
    r"|paypal|stackoverflow|flickr|slideshare|dropbox|eventbrite|surveymonkey|tumblr)\.com"
    r"|youtu\.be|google\.co\.uk|amazon\.co\.uk|goo\.gl|bit\.ly|t\.co|tinyurl\.com|ow\.ly"
    r"|gofundme\.com|change\.org|zoom\.us|forms\.gle|ted\.com|issuu\.com)"
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
# Of two alphabets in one word, letters that look alike: Greek, Cyrillic, Armenian, Cherokee, N'Ko,
# Roman numerals. Chinese, Japanese, Korean and Thai stand beside Latin letters without a blank.
_ALIKE = r"[\u0370-\u03ff\u0400-\u058f\u07c0-\u07ff\u13a0-\u13ff\u2160-\u217f\uab70-\uabbf]"
LOOK_ALIKES = re.compile(rf"[a-z]{_ALIKE}|{_ALIKE}[a-z]")
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
