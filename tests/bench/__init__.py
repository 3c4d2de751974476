"""The benchmark programs: the same persons at every run, and verdicts that can go either way."""
