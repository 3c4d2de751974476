"""Measuring the search on records as large as they may become. Nothing here is part of the site."""
