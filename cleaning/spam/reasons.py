"""Why a comment looks like spam, in words for the reader of the quarantine table."""

from collections.abc import Sequence

DRUGS = "it advertises medicines"
DRUG_NAMED = "it names a medicine that spam is known for"
GAMBLING = "it advertises gambling"
ADULT = "it advertises sexual services"
MAGIC = "it offers spells, healers or miracle cures"
REUNION = "it tells how someone brought a lost partner back, and how to reach them"
DEVOTION = "it preaches a guru and sends the reader elsewhere for more"
CRIME = "it offers hacking, cloned cards or forged papers"
LOANS = "it offers loans or quick money"
ORDERED_WORK = "it offers essays, followers or search engine ranking"
SERVICES = "it advertises a business"
TESTIMONY = "it tells how an offer changed a life"
CONTACT_OFFER = "it asks the reader to contact someone for more"
SEE_MORE = "it asks the reader to visit a place that it does not explain"
REPEATED_MAIL = "it says the same mail address twice"
MARKUP = "it holds link markup of another kind of site"
MANY_LINKS = "it holds many links to other sites"
MOSTLY_LINKS = "little but links is left of it"
BARE_LINK = "it is a bare link"
SHORT = "it is very short"
PRAISE = "it praises without saying what"
PRAISE_WITH_LINK = "it praises without saying what, and links to another site"
DEEP_AUTHOR_URL = "the author's name links deep into another site"
PROFILE_AUTHOR_URL = "the author's name links to a profile on an unrelated site"
AUTHOR_SELLS = "the author's name is an advertisement"
AUTHOR_IS_LINK = "the author's name is a link"
HOST_SELLS = "a link leads to a site that is named after what it sells"
PATH_SELLS = "a link leads to a page that is named after what it sells"
CHEAP_DOMAIN = "a link leads to a kind of domain that is given away or sold very cheaply"
LINK = "it links to another site"
OWN_SITE = "it points to the writer's own site"
SITE_TALK = "it speaks to the site as such, not to what was written"
LOOK_ALIKES = "it writes its words with letters of another alphabet that look alike"
AUTHOR_IS_PHRASE = "the author's name is a phrase in lower case"
AUTHOR_IS_RUN_TOGETHER = "the author's name is two words run together"


def words_of_adverts(words: Sequence[str]) -> str:
    """The reason that words give; they are words that comments of several sites share."""
    return f"its words are those of adverts: {', '.join(repr(word) for word in words)}"


def like_adverts() -> str:
    """The reason where no single word of the text stands out."""
    return "its author's name, links and word parts are like those of adverts"
