"""The desk's screens, one family of nouns a file. Importing this registers them all."""

from desk.admin import acts, cases, charges, corrections, courts, defendants, matters, people, sources, users

__all__ = ["acts", "cases", "charges", "corrections", "courts", "defendants", "matters", "people", "sources", "users"]
