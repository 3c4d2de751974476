"""Reading what editors wrote, in the state that people were in on that day: words that say more than the acts.

Pure, as the law is: no Django, no database, no clock. It reads English. It never forbids: a person decides.
"""

from cases.language.check import Finding, check, words_of
from cases.language.said import Said, Told, said_of

__all__ = ["Finding", "Said", "Told", "check", "said_of", "words_of"]
