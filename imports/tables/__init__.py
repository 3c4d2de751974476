"""The desk's way to say what a table's columns are: the answers, the TOML they become, its forms and screens."""
