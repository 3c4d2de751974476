"""The field's known mistakes: which words say more than which acts, why, and what to write instead."""

import re
from dataclasses import dataclass

from cases.language.said import Said


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that need something to have been said; without it they say too much.

    ``needs`` is any one of these; empty: the words are never right. ``otherwise`` tells more where something else was
    said, the first that fits. "Not", "if", "could" and the like just before the words take them back.
    """

    code: str
    pattern: re.Pattern[str]
    needs: frozenset[Said]
    why: str
    instead: str
    otherwise: tuple[tuple[Said, str, str], ...] = ()


def _rule(
    code: str,
    *patterns: str,
    needs: set[Said],
    why: str,
    instead: str,
    otherwise: tuple[tuple[Said, str, str], ...] = (),
) -> Rule:
    return Rule(code, re.compile("|".join(patterns), re.IGNORECASE), frozenset(needs), why, instead, otherwise)


_BE = r"(?:(?:was|were|is|are|be|been|being|gets?|got|has|have|had)\s+){0,2}"
_FEW = r"(?:[\w’'-]+\s+){0,3}?"
_PLEAD = r"(?:plead(?:s|ed|ing)?|pled)"
_PLEADED = r"(?<!plead )(?<!pleads )(?<!pleaded )(?<!pleading )(?<!pled )"
_CALLED = r"(?<!alleged )(?<!accused )(?<!suspected )(?<!supposed )"
_CASE = r"(?:charges?|counts?|case|indictment|complaint|prosecution|suit|lawsuit)"
_AGAINST = r"(?:\s+against\s+(?:[\w’'-]+\s+){0,3}?[\w’'-]+)?"
_RESULT = r"(?:conviction|verdict|sentence|dismissal)s?"

RULES = (
    _rule(
        "label",
        rf"{_CALLED}\b(?:killers?|rapists?|thieves|thief|fraudsters?|felons?|offenders?|perpetrators?|culprits?|"
        r"arsonists?|abusers?|molesters?|pa?edophiles?|embezzlers?|robbers?|burglars?|gunm[ae]n|swindlers?|"
        r"con\s?m[ae]n|criminals)\b",
        needs={Said.CONVICTED},
        why="It calls somebody guilty whom no act had convicted by then.",
        instead="“the accused”, “charged with …”",
    ),
    _rule(
        "murderer",
        rf"{_CALLED}\bmurder(?:ers?|ess)\b",
        r"\bmurdered\b",
        needs={Said.CONVICTED_OF_MURDER},
        why="No act had convicted anybody of murder by then.",
        instead="“charged with …”, “killed”, in the words of the charge",
        otherwise=((Said.CONVICTED, "The conviction is of another offence than murder.", "the words of the charge"),),
    ),
    _rule(
        "murder_charge",
        r"\bmurder\s+(?:charges?|counts?|trial|case|suspects?|rap)\b",
        r"\bcharged with\s+(?:[\w-]+\s+){0,2}murder\b",
        needs={Said.CHARGED_WITH_MURDER},
        why="No charge of murder is in the record by then.",
        instead="the words of the charge: “involuntary manslaughter”",
    ),
    _rule(
        "innocent",
        r"\b(?:found|finds?|declare[ds]?|ruled|prove[dns]?|pronounced)\s+(?:\w+\s+){0,2}?(?:to be\s+)?innocent\b",
        needs=set(),
        why="No court finds anybody innocent: a verdict is “not guilty”, and a dismissal is neither.",
        instead="“found not guilty”, “acquitted”, “the charge was dismissed”",
    ),
    _rule(
        "pleaded_innocent",
        rf"\b{_PLEAD}\s+innocent\b",
        needs=set(),
        why="There is no such plea.",
        instead="“pleaded not guilty”",
    ),
    _rule(
        "cleared",
        r"\b(?:exonerat(?:ed|es|ion)|vindicat(?:ed|es|ion))\b",
        r"\bcleared\s+(?:of|by|in|his|her|their|on)\b",
        r"\bclear(?:s|ed)\s+(?:\w+\s+){1,2}?of\b",
        r"\binnocence\s+(?:was\s+|is\s+)?(?:proved|proven|established)\b",
        needs=set(),
        why="It says that somebody did not do it. An acquittal says that it was not proved, a dismissal neither.",
        instead="“acquitted”, “found not guilty”, “the charge was dismissed”",
    ),
    _rule(
        "pleaded_guilty",
        rf"\b{_PLEAD}\s+(?:(?!not\b)\w+\s+)?guilty\b",
        r"(?<!not )(?<!not-)\bguilty\s+pleas?\b",
        r"\b(?:admit(?:s|ted)|confess(?:es|ed))\s+(?:\w+\s+)?guilt\b",
        needs={Said.GUILTY_PLEA},
        why="No act records a plea of guilty by then.",
        instead="what was pleaded, or “agreed to plead …”",
        otherwise=(
            (Said.NO_CONTEST, "The plea was no contest. It admits nothing.", "“pleaded no contest”"),
            (Said.ALFORD, "It was an Alford plea. It admits nothing.", "“entered an Alford plea”"),
            (Said.GUILTY_VERDICT, "The guilt was found at trial, and not pleaded.", "“was found guilty”"),
        ),
    ),
    _rule(
        "pleaded_no_contest",
        rf"\b{_PLEAD}\s+(?:\w+\s+)?(?:no contest|nolo contendere)\b",
        needs={Said.NO_CONTEST},
        why="No act records a plea of no contest by then.",
        instead="what was pleaded",
        otherwise=((Said.GUILTY_PLEA, "The plea was guilty.", "“pleaded guilty”"),),
    ),
    _rule(
        "confessed",
        r"\bconfess(?:es|ed|ion|ions)\b(?!\s+(?:\w+\s+)?guilt)",
        r"\badmit(?:s|ted)\s+(?:to\s+)?(?:killing|shooting|stealing|murdering|raping|"
        r"the\s+(?:crime|offence|offense|murder|theft|fraud|killing))\b",
        needs={Said.GUILTY_PLEA},
        why="No plea of guilty is in the record by then.",
        instead="“said that …”, in their own words, with the source",
    ),
    _rule(
        "convicted",
        r"\bconvict(?:ed|s)\b",
        r"\bconvictions?\b",
        needs={Said.CONVICTED},
        why="No act had convicted them by then.",
        instead="“charged with …”",
        otherwise=(
            (Said.ACQUITTED, "The charge ended in an acquittal.", "“acquitted”"),
            (Said.DISMISSED, "The charge was dismissed.", "“the charge was dismissed”"),
            (Said.GUILTY_VERDICT, "There was a verdict of guilty, and no judgment by then.", "“found guilty”"),
            (Said.SUED, "Nobody is convicted in a civil case.", "“found liable”"),
        ),
    ),
    _rule(
        "found_guilty",
        rf"{_PLEADED}(?<!not )(?<!or )\bguilty\s+(?:of|on)\b",
        r"\bguilty\s+verdicts?\b",
        r"\bfound\s+guilty\b",
        r"\bverdicts?\s+of\s+guilty\b",
        needs={Said.GUILTY_VERDICT, Said.CONVICTED},
        why="No verdict or judgment of guilty is in the record by then.",
        instead="“charged with …”",
        otherwise=(
            (Said.ACQUITTED, "The verdict was not guilty.", "“found not guilty”"),
            (Said.DISMISSED, "The charge was dismissed.", "“the charge was dismissed”"),
            (Said.SUED, "Nobody is found guilty in a civil case.", "“found liable”"),
        ),
    ),
    _rule(
        "acquitted",
        r"\bacquit(?:ted|s)\b",
        r"(?<!judgment of )(?<!judgement of )(?<!motion for )\bacquittals?\b",
        rf"{_PLEADED}\bnot\s+guilty\s+(?:of|on|verdicts?)\b",
        r"\bfound\s+not\s+guilty\b",
        r"\bverdicts?\s+of\s+not\s+guilty\b",
        needs={Said.ACQUITTED},
        why="No act had acquitted anybody by then.",
        instead="what the act did: “dismissed”, “ended in a mistrial”",
        otherwise=(
            (Said.DISMISSED, "A dismissal is no acquittal: nobody was found not guilty.", "“the charge was dismissed”"),
            (Said.SUED, "Nobody is acquitted in a civil case.", "“found not liable”, “the suit was dismissed”"),
        ),
    ),
    _rule(
        "charged",
        r"\bcharged\s+(?:with|in|over|for|as)\b",
        r"\bfac(?:es|ed|ing)\s+(?:\w+\s+){0,3}?(?:charges|counts?)\b",
        r"\b(?:is|was|were|are)\s+charged\b",
        needs={Said.CHARGED},
        why="No charge is in the record by then.",
        instead="“under investigation”, “accused by …”, with who says so",
        otherwise=((Said.SUED, "A civil suit charges nobody.", "“sued over …”, “the suit claims that …”"),),
    ),
    _rule(
        "indicted",
        r"\bindict(?:ed|s)\b",
        needs={Said.INDICTED},
        why="No indictment is in the record by then.",
        instead="“charged”",
        otherwise=((Said.CHARGED, "The charge was not brought by an indictment.", "“charged”, by which document"),),
    ),
    _rule(
        "dismissed",
        rf"\b{_CASE}{_AGAINST}\s+{_BE}(?:dismissed|thrown out|tossed)\b",
        rf"\bdismiss(?:es|ed)\s+(?:the\s+|all\s+|both\s+)?{_CASE}\b",
        needs={Said.DISMISSED},
        why="No dismissal is in the record by then.",
        instead="what the act did",
        otherwise=((Said.ACQUITTED, "It was an acquittal, which says more than a dismissal.", "“acquitted”"),),
    ),
    _rule(
        "dropped",
        rf"\b{_CASE}{_AGAINST}\s+{_BE}dropped\b",
        rf"\bdrop(?:s|ped)\s+(?:the\s+|all\s+|its\s+|their\s+)?{_CASE}\b",
        needs={Said.DROPPED},
        why="Only the prosecution drops a charge, and no act of it is in the record by then.",
        instead="what the act did",
        otherwise=(
            (Said.DISMISSED_BY_COURT, "The court dismissed it; the prosecution did not drop it.", "“dismissed”"),
        ),
    ),
    _rule(
        "with_prejudice",
        r"\b(?:dismiss\w*|charges?|case|counts?)\b[^.;]{0,40}\bwith\s+prejudice\b",
        needs={Said.WITH_PREJUDICE},
        why="No act dismissed anything with prejudice by then.",
        instead="“dismissed”, as the order says",
        otherwise=((Said.WITHOUT_PREJUDICE, "It was without prejudice.", "“dismissed without prejudice”"),),
    ),
    _rule(
        "without_prejudice",
        r"\b(?:dismiss\w*|charges?|case|counts?)\b[^.;]{0,40}\bwithout\s+prejudice\b",
        needs={Said.WITHOUT_PREJUDICE},
        why="No act dismissed anything without prejudice by then.",
        instead="“dismissed”, as the order says",
        otherwise=((Said.WITH_PREJUDICE, "It was with prejudice.", "“dismissed with prejudice”"),),
    ),
    _rule(
        "sentenced",
        r"\bsentenced\b",
        needs={Said.SENTENCED},
        why="No sentence is in the record by then.",
        instead="“could be sentenced to …”, with who says so",
        otherwise=((Said.SUED, "Nobody is sentenced in a civil case.", "“ordered to pay …”"),),
    ),
    _rule(
        "jailed",
        r"\b(?:jailed|imprisoned|behind bars|sent to (?:prison|jail))\b",
        needs={Said.SENTENCED, Said.DETAINED},
        why="No act put anybody in custody by then.",
        instead="what the court ordered",
    ),
    _rule(
        "appeal_denied",
        rf"(?<!pending )(?<!to )\bappeals?\s+{_BE}(?:denied|rejected|lost|refused|turned down|fails?|failed)\b",
        rf"\b(?:den(?:y|ies|ied)|reject(?:s|ed)|loses?|lost|refuse[sd])\s+{_FEW}(?<!pending )appeals?\b"
        r"(?!\s+(?:court|bond|to)\b)",
        needs={Said.APPEAL_LOST},
        why="No court of appeal had decided against anybody by then. A trial court denies a motion.",
        instead="“motion denied”, and which motion",
        otherwise=(
            (Said.APPEAL_ENDED, "The appeal was not decided: it was withdrawn or dismissed.", "“appeal withdrawn”"),
        ),
    ),
    _rule(
        "overturned",
        rf"\b{_RESULT}\s+(?:\w+\s+){{0,2}}?(?:overturned|quashed|reversed|vacated|thrown out|set aside)\b",
        rf"\b(?:overturn(?:s|ed)|quash(?:es|ed)|revers(?:es|ed)|vacat(?:es|ed))\s+(?:[\w’'-]+\s+){{0,3}}?{_RESULT}\b",
        needs={Said.UNDONE},
        why="No act undid a decision by then.",
        instead="what the act did",
    ),
    _rule(
        "liable",
        r"\b(?:found|held|ruled)\s+(?:\w+\s+)?liable\b",
        needs={Said.LIABLE},
        why="No judgment or verdict says so by then. A settlement does not either.",
        instead="“sued over …”, “settled”",
    ),
)
