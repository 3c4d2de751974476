"""Encrypts the secrets of second factors that were set up before; ``desk.signin.ciphers`` keeps reading what it wrote."""

from django.db import migrations

from desk.signin import ciphers


def encrypt_all(apps, schema_editor):
    change_all(
        apps, lambda text: text if text.startswith(ciphers.MARK) else ciphers.encrypt(text, purpose=ciphers.FACTORS)
    )


def decrypt_all(apps, schema_editor):
    change_all(apps, lambda text: ciphers.decrypt(text, purpose=ciphers.FACTORS))


def change_all(apps, change):
    for factor in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn"):
        factor.data = ciphers.each_secret(factor.data, change)
        factor.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("signin", "0003_known_addresses"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [migrations.RunPython(encrypt_all, decrypt_all)]
