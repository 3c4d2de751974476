"""The application's entry for Django: signals, and what the desk must not show of the sign-in's own tables."""

from django.apps import AppConfig


class SignInConfig(AppConfig):
    name = "desk.signin"
    label = "signin"
    verbose_name = "Sign-in"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models, and what stands on them, can only be imported when every application has been read.
        from allauth.account.models import EmailAddress
        from allauth.mfa.models import Authenticator
        from django.contrib import admin
        from django.contrib.auth.signals import user_logged_in

        from desk.signin import factor, kept

        for table in (EmailAddress, Authenticator):  # it holds the keys of others, which nobody may read
            if admin.site.is_registered(table):
                admin.site.unregister(table)
        user_logged_in.connect(kept.drop_old, dispatch_uid="signin_drop_old")
        factor.listen()
        kept.let_forms_be_shown()
