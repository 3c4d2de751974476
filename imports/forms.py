"""The forms of the import screens: bring a file, and say how readers are told of a change."""

from typing import Any

from django import forms

from cases.choices import CorrectionKind
from imports.bringing import mappings


class FileForm(forms.Form):
    """A file, and how its columns are read if it is a table."""

    file = forms.FileField(
        label="File",
        help_text="A docket saved from PACER (HTML or JSON), a table (CSV, XLSX) of any shape, Old Bailey trials "
        "(JSONL), or a TimelineJS sheet (CSV). It is read and not kept.",
        max_length=200,
    )
    mapping = forms.ChoiceField(
        label="Read as",
        required=False,
        help_text="For a table: whose columns these are. If you leave it to the program, and nobody has explained them "
        "yet, you are asked what they are.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mapping"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "What the file shows it to be"), *mappings()]


class CorrectionForm(forms.Form):
    """How readers are told that something they could read was changed. Needed for nothing else."""

    correction_kind = forms.ChoiceField(label="Kind", choices=[("", "—"), *CorrectionKind.choices], required=False)
    correction = forms.CharField(label="One public sentence", max_length=300, required=False)
