"""Who: persons, organisations and government bodies, their names, and how a name is found."""
