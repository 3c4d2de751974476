"""The demonstration record: a readable data file, entered through the same verbs an editor's form uses."""

from cases.demonstration.entering import Entered, enter_record
from cases.demonstration.reading import BadRecord

__all__ = ["BadRecord", "Entered", "enter_record"]
