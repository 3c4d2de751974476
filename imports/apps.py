"""The application's entry for Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "imports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Imported files"

    def ready(self) -> None:
        """Take over the files that the program kept before it was started anew."""
        from imports import keeping  # what it needs is there by now

        keeping.take_over()
