"""What a page about a case or a matter shows, built once for the public and for the desk's preview.

Everything comes from a loaded dossier and a day; nothing here asks the database, knows a request or a clock.
"""

from cases.pages.asking import AsOfForm, TimelineForm
from cases.pages.case import CasePage, case_page
from cases.pages.matter import MatterPage, matter_page

__all__ = ["AsOfForm", "CasePage", "MatterPage", "TimelineForm", "case_page", "matter_page"]
