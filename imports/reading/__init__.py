"""Readers of dockets and tables: pure Python, no Django, no database, no clock."""
