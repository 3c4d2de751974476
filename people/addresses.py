"""Addresses never change hands: every one that readers could ever open is remembered, with the row that had it.

The triggers here write and ask ``UsedAddress``, so that no form, loader or bulk write passes it by. The row that had
an address may have it again, so what was deleted can be restored.
"""

import pgtrigger
from django.db import models

TAKEN_FOR_EVER = (
    "This address belonged to another page that readers could open. It is never given to a different one, "
    "not even after that page was withdrawn or deleted. Choose another."
)
ADDRESS_RULE = "address_belonged_to_another"


class UsedAddress(models.Model):
    """The last part of an address that was public once: of what kind of page, and the row it belonged to."""

    noun = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)
    owner = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "used addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["noun", "slug"], name="usedaddress_once", violation_error_message=TAKEN_FOR_EVER
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noun}: {self.slug}"


def is_taken(noun: str, slug: str, *, owner: int | None) -> bool:
    """Return whether readers know the address as that of a row other than ``owner`` (None: of a new one)."""
    return UsedAddress.objects.filter(noun=noun, slug=slug).exclude(owner=owner or 0).exists()


def was_public(noun: str, slug: str) -> bool:
    """Return whether readers could open a page at this address, now or once."""
    return UsedAddress.objects.filter(noun=noun, slug=slug).exists()


def address_triggers(noun: str, *, columns: tuple[str, ...], public: str) -> list[pgtrigger.Trigger]:
    """Return the triggers that remember the addresses of a model's rows, and refuse those of others.

    ``public`` is the condition in SQL, on ``NEW``, under which readers can open the page; ``columns`` are what it
    looks at.
    """
    return [
        pgtrigger.Trigger(
            name="address_is_free",
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("slug"),
            when=pgtrigger.Before,
            func=f"""
                IF EXISTS (
                    SELECT 1 FROM people_usedaddress u
                    WHERE u.noun = '{noun}' AND u.slug = NEW.slug AND u.owner <> NEW.id
                ) THEN
                    RAISE EXCEPTION 'This address belonged to another page.'
                        USING ERRCODE = 'check_violation', CONSTRAINT = '{ADDRESS_RULE}';
                END IF;
                RETURN NEW;
            """,  # noqa: S608 - every name in it is the model's own
        ),
        pgtrigger.Trigger(
            name="remember_address",
            operation=pgtrigger.Insert | pgtrigger.UpdateOf("slug", *columns),
            when=pgtrigger.After,
            func=f"""
                IF {public} THEN
                    INSERT INTO people_usedaddress (noun, slug, owner) VALUES ('{noun}', NEW.slug, NEW.id)
                    ON CONFLICT (noun, slug) DO NOTHING;
                END IF;
                RETURN NULL;
            """,  # noqa: S608 - every name in it is the model's own
        ),
    ]
