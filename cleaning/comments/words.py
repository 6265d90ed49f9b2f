"""The words that themes write around comments, in the languages that turn up on the web.

Only what stands around a text is looked at with these: buttons ("Reply", "Antworten", "Ateb"), the
verbs behind a name ("says:", "schrieb am") and dates. A list of words is never complete, so the
general reader also takes for a button what repeats in most comments of a page.
"""

import re

_BUTTON_WORDS = (
    # English
    r"(?:re)?reply(?: to [^.,:!?]{1,30})?|reply ?delete|respond|quote|flag",
    r"report(?: (?:abuse|comment|this))?",
    r"edit(?: comment)?|delete(?: comment)?|remove|likes?(?: this)?|unlike|dislike|share|upvote",
    r"vote(?: up| down)?|downvote|perma(?:nent )?link(?: to [^.,:!?]{1,30})?|(?:direct )?link",
    r"cancel reply|log ?in to (?:reply|comment)[^.]{0,60}",
    r"sign in to .{0,60}|read more|show more|see more|load more|hide",
    r"liked by.{0,60}|\d{1,9} (?:likes?|replies|reply|votes?|points?|person|people)",
    r"replies|loading\.{0,3}|edited|says|said|wrote|writes",
    # German
    r"antwort(?:en)?(?: auf [^.,:!?]{1,30})?|auf [^.,:!?]{1,30} antworten|zitieren|zitat|melden",
    r"bearbeiten|löschen",
    r"gefällt(?: mir| \d+ mal)?|teilen|sagt(?:e)?|schreibt|schrieb|meint(?:e)?|kommentiert(?:e)?",
    # French
    r"répondre(?: à [^.,:!?]{1,30})?|citer|signaler(?: .{1,20})?|modifier|supprimer|effacer",
    r"j'aime|j’aime",
    r"partager|lien permanent|dit|a dit|écrit|a écrit",
    # Spanish, Portuguese, Catalan, Galician
    r"responde?r?(?: a [^.,:!?]{1,30})?|contestar|citar|editar|eliminar|borrar|denunciar|reportar",
    r"me gusta",
    r"compartir|enlace(?: permanente)?|dice|dijo|ha dicho|escribió|excluir|apagar|curtir|gostei",
    r"compartilhar|partilhar|diz|disse|escreveu|respon|respostas?|respuestas?|diu|ha dit|m'agrada",
    # Italian, Romanian
    r"rispondi(?: a [^.,:!?]{1,30})?|cita|elimina|modifica|segnala|mi piace|condividi",
    r"scrive|ha scritto",
    r"ha detto|răspunde(?:ți)?|spune|a spus|șterge",
    # Welsh, Irish
    r"ateb(?:ion)?|ymateb|golygu|dileu|rhannu|hoffi|dyfynnu|dolen(?: barhaol)?|meddai|dywedodd",
    r"ysgrifennodd|freagair|freagra|scrios|roinn|dúirt",
    # Dutch, Scandinavian, Finnish
    r"beantwoorden|antwoord(?:en)?|reageer|reageren|reactie|verwijderen|bewerken|delen",
    r"vind ik leuk",
    r"zegt|zei|schreef|svara?|besvar|slett|slet|rediger|redigera|ta bort|radera",
    r"rapportera|gilla|del",
    r"siger|sagde|sier|sa|säger|skrev|skriver|vastaa|poista|muokkaa|kirjoitti|sanoo",
    # Slavic, Hungarian, Baltic, Greek, Turkish
    r"odpowiedz|usuń|edytuj|zgłoś|pisze|mówi|napisał\(?a?\)?|odpovědět|odpovedať|smazat|upravit|napsal",
    r"odgovori|izbriši|uredi|kaže|válasz|törlés|szerkesztés|írta|atsakyti|atbildēt|vasta|απάντηση",
    r"διαγραφή|ο/η|λέει|cevapla|yanıtla|sil|düzenle|dedi ki|diyor ki|ответить|удалить|цитировать",
    r"пожаловаться|говорит|пишет|написал|відповісти|видалити|отговор",
    # Arabic, Hebrew, Asian languages
    r"الرد|رد|حذف|يقول|השב|הגב|מחק|אומר|返信(?:する)?|削除|引用|通報|より|回复|回覆|回應|删除|刪除|说道?|說|举报",
    r"답글|삭제|신고|좋아요|trả lời|xóa|viết|balas|hapus|padam|berkata|mengatakan",
)
_BUTTON = re.compile(
    rf"[\W\d_]{{0,60}}(?:{'|'.join(_BUTTON_WORDS)})(?:\s{{0,9}}(?:\(\d{{1,9}}\)|\d{{1,9}}|on|am|le|el|il|ar|op|den|sa|by))?[\W_]*",
    re.IGNORECASE,
)
_REPLY = re.compile(
    r"[\W_]*(?:reply(?: to [^.,:!?]{1,30})?|replydelete|respond|quote|antworten|antwort|zitieren"
    r"|auf [^.,:!?]{1,30} antworten"
    r"|répondre(?: à [^.,:!?]{1,30})?|responder(?: a [^.,:!?]{1,30})?|contestar"
    r"|rispondi|ateb|ymateb|beantwoorden|reageer"
    r"|antwoorden|svara?|besvar|vastaa|odpowiedz|odpovědět|odgovori|válasz|cevapla|yanıtla|ответить"
    r"|відповісти|απάντηση|الرد|השב|返信(?:する)?|回复|回覆|답글|trả lời|balas)[\W_]*",
    re.IGNORECASE,
)
_PINGBACK = re.compile(r"\W*(?:pingback|trackback|ping)s?\b", re.IGNORECASE)
_AUTHOR_BADGE = re.compile(
    r"\W*(?:(?:post |article )?author|op|autor(?:in)?|auteur(?:e|rice)?|autore|autora|awdur|údar"
    r"|verfasser(?:in)?|schrijver|forfatter|författare)\W*",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"\W*(?:(?:this |the )?(?:comment|post|reply|message) (?:has been |was |is |)"
    r"(?:deleted|removed)"
    r"|(?:deleted|removed)(?: by .{1,40})?$|\[(?:deleted|removed)\]"
    r"|(?:dieser |der )?kommentar (?:wurde|ist) .{0,40}(?:gelöscht|entfernt)"
    r"|(?:ce )?commentaire (?:a été )?(?:supprimé|effacé)|(?:este )?comentario (?:ha sido|fue) "
    r"(?:eliminado|borrado)|(?:el autor|un administrador del blog) ha eliminado esta entrada"
    r"|(?:este )?comentário foi (?:removido|excluído)"
    r"|(?:questo )?commento è stato (?:eliminato|rimosso)"
    r"|(?:dilëwyd|dilewyd|tynnwyd) (?:y |)sylw|"
    r"mae'?r sylw (?:hwn )?wedi(?:'i| ei) (?:dileu|ddileu))",
    re.IGNORECASE,
)
_FIRST_EMOJI = "\u2600"  # below are arrows, lines and shapes, of which buttons are made
_LONGEST_DELETED = 120  # characters; more is a text that only begins like that
_SAYS = (
    r"says|said|wrote|writes|commented|replied|sagt|sagte|schrieb|schreibt|meint|kommentierte"
    r"|dit|a dit|écrit|a écrit|dice|dijo|escribió|ha dicho|ha detto|ha scritto|scrive|disse|diz"
    r"|escreveu|meddai|dywedodd|ysgrifennodd|zegt|zei|schreef|säger|skrev|siger|pisze|napisał"
)
_AFTER_NAME = re.compile(
    rf"\s{{0,9}}(?:[,(|·•–—-]\s{{0,9}})?(?:(?<!\w)(?:{_SAYS})\b)?(?:\s{{1,9}}(?-i:on|am|le|el|il|ar|op|den|um|at))?"
    r"(?:\.{2,3})?[\s…:,(|·•–—>»-]{0,40}$",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"^\W*(?:(?:added|posted|written|published|submitted|comment(?:ed)?|reply|replied|asked|answered"
    r"|said|ychwanegwyd|cyhoeddwyd|geschrieben|verfasst|kommentiert|posté|écrit|publié|publicado"
    r"|escrito|enviado|scritto|inviato|geplaatst|skrevet|skrivet|napisane) "
    r"(?:by|gan|von|par|por|da|door|af|av|przez)|by|par|gan|door)\b:?\s+",
    re.IGNORECASE,
)
_SAYING = re.compile(
    rf"\b(?:{_SAYS})\b|\b(?:added|comment(?:ed)?|answered|replied|ychwanegwyd) (?:by|gan)\b", re.I
)

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"[^\W\d_]{3,12}\.?"
_OF = r"(?:[\s.,]{1,4}(?:of|de|del|o|o['’]r|d['’])?\s{0,4}|\W)"
_TH = r"(?:st|nd|rd|th|er|º|ª|\.|af|ail|il|ydd|fed|eg|ed|ain)?"
_DAY = (
    rf"\b{_YEAR}-\d\d-\d\d\b|\b{_YEAR}[./]\d{{1,2}}[./]\d{{1,2}}\b"
    rf"|\b\d{{1,2}}(?P<sign>[./-])\s?\d{{1,2}}(?P=sign)\s?(?:{_YEAR}|\d\d)\b"
    rf"|\b\d{{1,2}}{_TH}{_OF}{_MONTH}{_OF}{_YEAR}\b|\b{_MONTH}\s{{1,4}}\d{{1,2}}{_TH},?\s{{1,4}}{_YEAR}\b"
    rf"|\b{_YEAR}年\s?\d{{1,2}}月\s?\d{{1,2}}日"
)
_CLOCK = r"\d{1,2}\s?[:.h]\s?\d\d(?::\d\d)?(?:\s?(?:[ap]\.?\s?m\b\.?|uhr\b|y[bhp]\b|h\b))?"
_BETWEEN = r"(?:\s|[,|/@·•–—-]|\b(?:at|um|à|a las|às|as|alle|om|kl|o|am|on|le|el|the)\b\.?){0,6}"
_DATE = re.compile(
    rf"(?P<first>{_CLOCK}{_BETWEEN})?(?P<day>{_DAY})(?P<then>{_BETWEEN}{_CLOCK})?", re.IGNORECASE
)
_CLOCK_ALONE = re.compile(rf"\s*{_BETWEEN}({_CLOCK})\W*", re.IGNORECASE)
_AGO = re.compile(
    r"\b(?:\d{1,9}|an?|one)\s{1,4}(?:\w{1,20}\s{1,4})?(?:ago|geleden|sedan|siden|sitten|temu|fa|zpět"
    r"|atrás|önce|yn ôl)\b"
    r"|\b(?:vor|il y a|hace|há|cu|acum|för|pred|před|πριν)\s{1,4}"
    r"(?:\d{1,9}|ein\w{0,9}|une?|una?|um)\s{1,4}\w+"
    r"|\d{1,9}\s{0,4}(?:年|か月|个月|日|天|時間|小时|小時|分钟?|秒)前"
    r"|\b(?:yesterday|gestern|hier|ayer|ddoe|ieri)\b,? "
    rf"(?:at |um |à |a las |alle )?{_CLOCK}",
    re.IGNORECASE,
)


def is_button(text: str) -> bool:
    """Whether a short line is a button or a word of the theme, and not something that was said.

    >>> is_button("↳ ReplyDelete"), is_button("Reply to me by Friday, please. I need it.")
    (True, False)
    """
    return len(text) <= 60 and (_BUTTON.fullmatch(text) is not None or is_sign(text))


def is_sign(text: str) -> bool:
    """Whether there is nothing but numbers and punctuation in a line ("#12", "|"): no emoji."""
    return not any(letter.isalpha() or letter >= _FIRST_EMOJI for letter in text)


def is_reply_button(text: str) -> bool:
    return len(text) <= 60 and _REPLY.fullmatch(text) is not None


def is_pingback_label(text: str) -> bool:
    return _PINGBACK.match(text) is not None


def is_author_badge(text: str) -> bool:
    """Whether a line says that the writer of the page wrote this too ("Autor")."""
    return _AUTHOR_BADGE.fullmatch(text) is not None


def is_removal_notice(text: str) -> bool:
    """Whether a text only says that a comment was there."""
    return len(text) <= _LONGEST_DELETED and _DELETED.match(text) is not None


def find_date(text: str) -> tuple[int, int] | None:
    """Where a day, with its clock time if there is one, stands in a line; relative ones too.

    >>> line = "Ann wrote on 3 May 2019 at 10:30 am:"
    >>> line[slice(*find_date(line))]
    '3 May 2019 at 10:30 am'
    """
    found = _DATE.search(text) or _AGO.search(text)
    return found.span() if found else None


def is_relative_date(text: str) -> bool:
    return _DATE.search(text) is None and _AGO.search(text) is not None


def read_clock(text: str) -> str | None:
    """A line that is a clock time and nothing else ("at 9:41"): the time as written."""
    found = _CLOCK_ALONE.fullmatch(text)
    return found.group(1) if found else None


def read_name(text: str) -> str | None:
    """A name without what the theme says around it ("Posted by Ann", "Ann schrieb am").

    >>> read_name("Added by Ann Example on"), read_name("says:")
    ('Ann Example', None)
    """
    name = _AFTER_NAME.sub("", _BEFORE_NAME.sub("", text)).lstrip(" ,;:|·•").rstrip(" ,;:|·•–—-»«>")
    return name if name and _has_letter(name) and not is_button(name) else None


def is_saying(text: str) -> bool:
    """Whether a line says that somebody says something ("sagt:", "Added by")."""
    return len(text) <= 90 and _SAYING.search(text) is not None


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))
