"""How editors write the record: the admin site at /desk/."""
