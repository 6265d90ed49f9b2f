"""Sentences of our own in the five languages of the sources, for tests of language.

Of meetings, minutes, notices, recipes and reports; with names, numbers and foreign words, as the
sites have them.
"""

SENTENCES: dict[str, tuple[str, ...]] = {
    "en": (
        "Last spring twelve neighbours sat down with the bus company and redrew the timetable.",
        "Nobody was paid to be there, and everybody had something to say.",
        "The minutes of the meeting in Llanberis are pinned up beside the door of the hall.",
        "Please bring your own cup, and tell Gwen if you cannot eat nuts.",
        "What counts is not the number of workshops but who is still around a year later.",
        "The council's draft was eleven pages long and did not mention carers once.",
        "We asked thirty people over seventy what would make the surgery easier to reach.",
        "Funding runs until March; after that the group will have to stand on its own feet.",
        "She began as a volunteer in the kitchen and now chairs the whole partnership.",
        "Chop the leeks, soften them in butter and add the stock only when they are glassy.",
        "There will be a second session on Zoom for those who work during the day.",
        "Trust grew slowly, mostly over tea, and was lost twice through careless e-mails.",
        "In the appendix you will find the questions, the consent form and a short glossary.",
        "My brother Rhodri fixed the roof of the shed before the rain came back.",
        "The evaluation compares four valleys, two of which had no service at all before 2015.",
        "If you have never written a bid, start with the part about what could go wrong.",
        "Everyone agreed that the old leaflet had been written for nobody in particular.",
        "The library opens at ten on Saturdays, and the lift has been working since June.",
    ),
    "cy": (
        "Y gwanwyn diwethaf eisteddodd deuddeg o gymdogion gyda'r cwmni bysiau i lunio'r amserlen.",
        "Nid oedd neb yn cael ei dalu am fod yno, ac roedd gan bawb rywbeth i'w ddweud.",
        "Mae cofnodion y cyfarfod yn Llanberis wedi'u gosod wrth ddrws y neuadd.",
        "Dewch â'ch cwpan eich hun, a dywedwch wrth Gwen os na allwch fwyta cnau.",
        "Nid nifer y gweithdai sy'n cyfrif ond pwy sy'n dal i ddod ymhen blwyddyn.",
        "Roedd drafft y cyngor yn un ar ddeg tudalen heb sôn unwaith am ofalwyr.",
        "Gofynnon ni i dri deg o bobl dros eu saith deg sut i wneud y feddygfa'n haws.",
        "Mae'r arian yn para tan fis Mawrth; wedyn bydd rhaid i'r grŵp sefyll ar ei draed ei hun.",
        "Dechreuodd hi fel gwirfoddolwraig yn y gegin a hi sy'n cadeirio'r bartneriaeth.",
        "Torrwch y cennin yn fân, eu meddalu mewn menyn ac ychwanegu'r stoc yn araf bach.",
        "Bydd ail sesiwn ar Zoom i'r rhai sy'n gweithio yn ystod y dydd.",
        "Tyfodd ymddiriedaeth yn araf, dros baned gan amlaf, ac fe'i collwyd ddwywaith.",
        "Yn yr atodiad fe welwch y cwestiynau, y ffurflen ganiatâd a geirfa fer.",
        "Trwsiodd fy mrawd Rhodri do'r sied cyn i'r glaw ddod yn ei ôl.",
        "Mae'r gwerthusiad yn cymharu pedwar cwm, dau ohonynt heb unrhyw wasanaeth cyn 2015.",
        "Os nad ydych erioed wedi ysgrifennu cais, dechreuwch gyda'r hyn a allai fynd o'i le.",
        "Cytunodd pawb fod yr hen daflen wedi'i hysgrifennu heb feddwl am neb yn arbennig.",
        "Mae'r llyfrgell yn agor am ddeg ar ddydd Sadwrn, ac mae'r lifft yn gweithio eto.",
    ),
    "es": (
        "La primavera pasada doce vecinas se sentaron con la empresa de autobuses.",
        "Nadie cobraba por estar allí y todo el mundo tenía algo que decir.",
        "El acta de la reunión de Llanberis está colgada junto a la puerta del salón.",
        "Traigan su propia taza y avisen a Gwen si no pueden comer nueces.",
        "Lo que cuenta no es el número de talleres, sino quién sigue viniendo un año después.",
        "El borrador del ayuntamiento tenía once páginas y no nombraba a las cuidadoras.",
        "Preguntamos a treinta mayores de setenta años cómo llegar mejor al centro de salud.",
        "El dinero alcanza hasta marzo; después el grupo tendrá que sostenerse por sí mismo.",
        "Ella empezó de voluntaria en la cocina y hoy preside toda la asociación.",
        "Piquen los puerros, ablándenlos en mantequilla y añadan el caldo poco a poco.",
        "Habrá una segunda sesión por Zoom para quienes trabajan durante el día.",
        "La confianza creció despacio, casi siempre con un café, y se perdió dos veces.",
        "En el anexo están las preguntas, la hoja de consentimiento y un glosario breve.",
        "Mi hermano Rodrigo arregló el techo del cobertizo antes de que volviera la lluvia.",
        "La evaluación compara cuatro valles, dos de ellos sin servicio alguno antes de 2015.",
        "Si nunca han escrito una solicitud, empiecen por aquello que podría salir mal.",
        "Todas estuvieron de acuerdo en que el viejo folleto no estaba escrito para nadie.",
        "La biblioteca abre a las diez los sábados, y el ascensor funciona desde junio.",
    ),
    "de": (
        "Im letzten Frühling setzten sich zwölf Nachbarn mit dem Busunternehmen an den Fahrplan.",
        "Niemand wurde dafür bezahlt, und jeder hatte etwas zu sagen.",
        "Das Protokoll der Sitzung in Llanberis hängt neben der Tür des Saals.",
        "Bitte bringt eine eigene Tasse mit und sagt Gwen, wenn ihr keine Nüsse vertragt.",
        "Es zählt nicht, wie viele Workshops es gab, sondern wer nach einem Jahr noch kommt.",
        "Der Entwurf des Rates war elf Seiten lang und nannte die Pflegenden kein einziges Mal.",
        "Wir fragten dreißig Leute über siebzig, wie die Praxis leichter zu erreichen wäre.",
        "Das Geld reicht bis März; danach muss die Gruppe auf eigenen Füßen stehen.",
        "Sie fing als Freiwillige in der Küche an und leitet heute den ganzen Verein.",
        "Den Lauch fein schneiden, in Butter dünsten und erst dann die Brühe zugeben.",
        "Für alle, die tagsüber arbeiten, gibt es ein zweites Treffen über Zoom.",
        "Vertrauen wuchs langsam, meist beim Tee, und ging zweimal durch Unachtsamkeit verloren.",
        "Im Anhang stehen die Fragen, die Einwilligung und ein kurzes Verzeichnis der Begriffe.",
        "Mein Bruder Rhodri hat das Dach des Schuppens geflickt, bevor der Regen zurückkam.",
        "Die Auswertung vergleicht vier Täler, von denen zwei vor 2015 gar kein Angebot hatten.",
        "Wer noch nie einen Antrag geschrieben hat, beginnt mit dem, was schiefgehen kann.",
        "Alle waren sich einig, dass das alte Faltblatt für niemanden geschrieben war.",
        "Die Bücherei öffnet samstags um zehn, und der Aufzug fährt seit Juni wieder.",
    ),
    "fr": (
        "Au printemps dernier, douze voisins se sont assis avec la compagnie de bus.",
        "Personne n'était payé pour être là, et chacun avait quelque chose à dire.",
        "Le compte rendu de la réunion de Llanberis est affiché près de la porte de la salle.",
        "Apportez votre tasse et prévenez Gwen si vous ne pouvez pas manger de noix.",
        "Ce qui compte n'est pas le nombre d'ateliers, mais qui vient encore un an plus tard.",
        "Le projet du conseil faisait onze pages et ne citait pas une seule fois les aidants.",
        "Nous avons demandé à trente personnes de plus de soixante-dix ans comment venir.",
        "L'argent suffit jusqu'en mars; ensuite le groupe devra tenir tout seul.",
        "Elle a commencé comme bénévole à la cuisine et préside aujourd'hui toute l'association.",
        "Émincez les poireaux, faites-les fondre dans le beurre et ajoutez le bouillon peu à peu.",
        "Il y aura une deuxième séance sur Zoom pour ceux qui travaillent en journée.",
        "La confiance a grandi lentement, souvent autour d'un thé, et s'est perdue deux fois.",
        "En annexe se trouvent les questions, le formulaire de consentement et un petit lexique.",
        "Mon frère Rhodri a réparé le toit de la remise avant le retour de la pluie.",
        "L'évaluation compare quatre vallées, dont deux n'avaient aucun service avant 2015.",
        "Si vous n'avez jamais rédigé de dossier, commencez par ce qui pourrait mal tourner.",
        "Tous étaient d'accord: l'ancien dépliant n'avait été écrit pour personne.",
        "La bibliothèque ouvre à dix heures le samedi, et l'ascenseur marche depuis juin.",
    ),
}


def documents(code: str, number: int = 100) -> list[str]:
    """Return `number` different texts of more than 200 characters from the sentences of `code`.

    Each takes 3 to 6 sentences, from another start and in another step; every second breaks them
    into paragraphs.
    """
    pool = SENTENCES[code]
    steps = [step for step in range(1, len(pool)) if len(pool) % step or step == 1]
    texts = []
    for place in range(number):
        step, start = steps[place // len(pool) % len(steps)], place % len(pool)
        chosen = [pool[(start + step * turn) % len(pool)] for turn in range(3 + place % 4)]
        while len(" ".join(chosen)) <= 200:
            chosen.append(pool[(start + step * len(chosen)) % len(pool)])
        texts.append(("\n\n" if place % 2 else " ").join(chosen))
    return texts
