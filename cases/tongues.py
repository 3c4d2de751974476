"""Pure: which language a text is written in, by its small words, and which surnames are ordinary words there.

English, Spanish, French and German. A surname is an ordinary word in the language of the text alone: Reyes is a name in
an English text, and may be the kings in a Spanish one.
"""

from collections.abc import Iterable

ENGLISH, SPANISH, FRENCH, GERMAN = "en", "es", "fr", "de"
FEWEST = 2  # small words by which a language is told
# What hardly any sentence of a language does without, and the others do not have: folded.
_SMALL: dict[str, frozenset[str]] = {
    ENGLISH: frozenset(
        "the of and to was were is by for with that his her has had not from at he she who".split()  # noqa: SIM905 - a list of words is read as one
    ),
    SPANISH: frozenset(
        "el los las del que y por con una para fue su sus al como ante contra lo sobre esta".split()  # noqa: SIM905 - a list of words is read as one
    ),
    FRENCH: frozenset(
        "le les des du et une est qui dans pour par sur avec au aux ete ce cette son pas devant".split()  # noqa: SIM905 - a list of words is read as one
    ),
    GERMAN: frozenset(
        "der das und den dem ein eine einen ist von mit wurde nicht im zu vor gegen auf hat als".split()  # noqa: SIM905 - a list of words is read as one
    ),
}
# Surnames that are words as well, folded: many of the most frequent are trades, colours, animals and sizes.
ORDINARY: dict[str, frozenset[str]] = {
    SPANISH: frozenset(
        """
        abogado alcalde blanco bravo bueno cabello cabeza calle calvo campo campos cano casas castillo cerro
        cortes crespo cruz cuesta delgado duro espada fiel flores franco fuente fuentes gallo gato gil grande
        guerra guerrero herrero hidalgo iglesia iglesias izquierdo jurado ladron leal leon llano lobo luna
        marques mata mayo mayor mejor merino monte montes moral moreno nieto nieves noble olmo padre palacio
        palacios pardo parra pastor paz pena perro pinto plaza polo pozo prado prieto primo puente puerta quinto
        ramos real redondo rey reyes rico rio rios rivera robles rojo rosa rosales rubio salas santo santos
        sastre segura serrano sierra sol tierra toro torres vaca valiente valle vega vela vera verdugo viejo
        villa zapatero
        """.split()  # noqa: SIM905 - a list of words is read as one
    ),
    FRENCH: frozenset(
        """
        ami avocat barbier beau berger blanc bois bon bonnet boucher boulanger brun carpentier chapelle
        charpentier chevalier comte court cousin couturier dieu droit duc fleur fontaine forestier franc grand
        gras gros guerre jardin jeune joli juge large lion loup maire marchand marechal meunier moulin noir
        paris pasteur petit poirier pont premier prince renard riche rivage roche roi rose roux rue sauvage
        seigneur sergent simple tailleur tonnelier tour vache vallee vert vigne voisin
        """.split()  # noqa: SIM905 - a list of words is read as one
    ),
    GERMAN: frozenset(
        """
        abt adler amt anders arm arzt bach bauer baum becker berg bergmann bischof bock bohne brand braun burg
        burger busch christ dorf dorn eisen engel ernst fass feld fink fischer fleischer forster frei freitag
        freund friede frisch frohlich fromm frost fuchs furst gartner geist gericht glas glaser gold graf gross
        grun gut hahn hammer hart haupt heide heil held herbst herr herzog hirsch hirte hof holz horn hut jager
        jung junge kaiser kalt kaufmann keller kern kirsch klein klug knecht koch konig kopf korn kraft krebs
        kreis krieg krieger kunst kurz lang lehrer lieb lowe mai maler mann markt maurer meister metzger mond
        montag morgen muller munster nagel neu ochs opfer ort papst pfarrer pilz rabe rat rauch recht reich
        reiter richter ring ritter rohr rose rot roth ruhe sattler sauer schafer schatz schlosser schmied
        schneider schon schreiber schreiner schuster schwan schwarz seele sommer sonne sonntag speer spiegel
        stahl stark stein stern stolz strauss sturm tag taube teufel tischler tod vater vogel volk wagner wald
        weber weg weide wein weiss welt wild winter wirt wolf wunder wurst zander zeuge zimmer zimmermann zorn
        """.split()  # noqa: SIM905 - a list of words is read as one
    ),
}
# Second given names, after which a Spanish name has its only surname: of José Luis Pérez, Luis is none.
GIVEN = frozenset(
    """
    alberto alejandro alfonso ana andres angel angeles antonio beatriz carlos carmen concepcion cristina daniel david
    dolores eduardo elena enrique esteban eugenia fernanda fernando francisco gabriel guadalupe ignacio ines isabel
    javier jesus joaquin jorge jose josefa juan julia julio laura leonor lucia luis luisa lourdes manuel manuela marcos
    margarita maria mario martin mercedes miguel nicolas pablo paula pedro pilar rafael ramon raul ricardo roberto
    rocio rosa rosario salvador sergio sofia teresa tomas vicente victor victoria xavier
    """.split()  # noqa: SIM905 - a list of words is read as one
)


def language_of(words: Iterable[str]) -> str:
    """Return the language of folded words; English where it can not be told."""
    counted = list(words)
    found = {tongue: sum(word in small for word in counted) for tongue, small in _SMALL.items()}
    best = max(found, key=lambda tongue: found[tongue])
    return best if found[best] >= FEWEST and found[best] > found[ENGLISH] else ENGLISH


def is_ordinary(surname: str, words: Iterable[str]) -> bool:
    """Whether a folded surname is an ordinary word in the language of these folded words, which is not English."""
    if not any(surname in some for some in ORDINARY.values()):
        return False
    return surname in ORDINARY.get(language_of(words), ())


def first_surname(name: str) -> str:
    """Return the first of two surnames of a folded name, by which alone one is called in Spanish texts.

    Of “maria garcia lopez” it is “garcia”; "" where there is none, or it may be a second given name.
    """
    parts = [part for part in name.split() if len(part) > 1]
    return parts[-2] if len(parts) > 2 and parts[-2] not in GIVEN else ""
