"""The fixed words of the people application: kinds of party, kinds of name, visibility, who is not to be named."""

from django.db import models


class PartyKind(models.TextChoices):
    """What sort of party a person in law is [ECF]."""

    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organisation"
    GOVERNMENT_BODY = "government_body", "Government body"
    PSEUDONYM = "pseudonym", "Pseudonym"


class NameKind(models.TextChoices):
    """How another name relates to the published one."""

    ALIAS = "alias", "Also known as"
    FULL = "full", "Full name"
    FORMER = "former", "Former name"
    TRANSLITERATION = "transliteration", "Transliteration"


class Visibility(models.TextChoices):
    """How far a published record may be shown."""

    PUBLIC = "public", "Public"
    NOINDEX = "noindex", "Public, but not for search engines"
    NAME_WITHHELD = "name_withheld", "Name withheld"
    SEALED = "sealed", "Sealed"


# Whose name readers may be told, and whose not: the one place where this is said.
NAMED = (Visibility.PUBLIC, Visibility.NOINDEX)
HIDDEN = (Visibility.NAME_WITHHELD, Visibility.SEALED)


class NotNamed(models.TextChoices):
    """Why somebody is not to be named in public, in no text either."""

    MINOR = "minor", "A minor"
    VICTIM = "victim", "A victim who is not to be named"
    COURT_ORDER = "court_order", "A court ordered it"
    OTHER = "other", "Another reason"
