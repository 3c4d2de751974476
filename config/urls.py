"""The two doors of the site, the readers' and the editors', and the pages shown when something is wrong."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("desk/", include("desk.signin.urls")),
    path("desk/", admin.site.urls),
    path("", include("public.urls")),
]

handler400 = "public.errors.bad_request"
handler403 = "public.errors.permission_denied"
handler404 = "public.errors.page_not_found"
handler429 = "desk.signin.limits.too_many"  # asked for by allauth
handler500 = "config.unavailable.server_error"
