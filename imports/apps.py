"""The application's entry for Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "imports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Imported files"

    def ready(self) -> None:
        """Take over the files that the program kept before it was started anew."""
        from cases.editing.veiling import also_forgets  # what these need is there by now
        from imports import forgetting, keeping

        also_forgets(forgetting.forget)

        keeping.take_over()
