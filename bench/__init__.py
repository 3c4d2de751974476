"""Measuring: the search on records as large as they may become, and how many keys an entry takes. No part of the site."""
