"""Entering a ruling on one screen: what was decided, by whom, what it did to each charge, and what says so."""
