"""The PostgreSQL that comes with the package: a database backend which starts, shares, heals and stops its server.

How it works is told in docs/decisions/0003-embedded-server.md.
"""
