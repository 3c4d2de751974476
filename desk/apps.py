"""The application's entry for Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "Editors' desk"

    def ready(self) -> None:
        """Take over the files of previews that the program kept before it was started anew."""
        from desk.tables.screens import UPLOADS  # what it needs is there by now

        UPLOADS.take_over()
