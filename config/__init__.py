"""The wiring: settings, addresses, the database, and how the site is started. No rule of the record lives here."""
