"""The law: pure rules that turn dated acts into status. No Django, no database, no clock."""
