"""The entry for Django that makes our own site, with its preview, the admin site."""

from django.contrib.admin.apps import AdminConfig


class SiteConfig(AdminConfig):
    """Django's admin with ``DeskSite`` as its site; it stands in INSTALLED_APPS in the admin's place."""

    default_site = "desk.site.DeskSite"
