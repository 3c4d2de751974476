"""Entry: a form that was sent, so that sending it again (a double click, a retry) does nothing."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One form that was sent and written: its key, and the address to which its answer led, or that answer, whole."""

    key = models.UUIDField(primary_key=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    led_to = models.TextField()
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return self.led_to
