"""Django's stock admin on our models: plain ModelAdmins with plain inlines, nothing of ours, to be measured against."""

from django.contrib import admin
from django.urls import include, path

from cases import models
from people.models import Person

stock = admin.AdminSite(name="stock")


class Outcomes(admin.StackedInline):
    model = models.Outcome
    extra = 1
    exclude = ("merged_into",)  # no entry here has it, and each Tab past it would be counted


class Sentence(admin.StackedInline):
    model = models.SentencePart
    extra = 1


class Charges(admin.StackedInline):
    model = models.Charge
    fk_name = "created_by"
    extra = 1


class Citations(admin.StackedInline):
    model = models.Citation
    extra = 1


class Acts(admin.ModelAdmin):
    """The change form with four nested sets of rows, in the order in which Tab has the least to pass."""

    inlines = [Outcomes, Citations, Sentence, Charges]


stock.register(models.Event, Acts)
for model in (
    models.Case, models.Charge, models.Court, models.Defendant, models.Disposition, models.Jurisdiction, models.Matter,
    models.Source, Person,
):  # fmt: skip
    stock.register(model)

urlpatterns = [path("stock/", stock.urls), path("", include("config.urls"))]
handler400 = "public.errors.bad_request"
handler403 = "public.errors.permission_denied"
handler404 = "public.errors.page_not_found"
handler500 = "config.unavailable.server_error"
