"""A table whose columns somebody is saying: kept for an hour at most, for nobody else, and gone once it is read."""

from cases.uploads import Uploads, drop, plain_name

TOO_OLD = "This file was read already, was brought more than an hour ago, or not by you. Choose it again."
_UPLOADS = Uploads("imports", too_old=TOO_OLD)
keep, kept, take_over, sweep = _UPLOADS.keep, _UPLOADS.kept, _UPLOADS.take_over, _UPLOADS.sweep

__all__ = ["TOO_OLD", "drop", "keep", "kept", "plain_name", "sweep", "take_over"]
