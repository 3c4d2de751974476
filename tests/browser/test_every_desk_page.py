"""Every screen of the desk, on any screen, light and dark: for everybody, no wider than it, nothing refused."""

import pytest

from tests.browser.axe import faults
from tests.browser.watching import Window

pytestmark = pytest.mark.browser

SCREENS = [
    "/desk/",
    "/desk/cases/case/",
    "/desk/cases/case/4/change/",
    "/desk/cases/case/4/history/",
    "/desk/cases/case/4/seal/",
    "/desk/cases/case/4/enter/hearing/",
    "/desk/cases/case/table/",
    "/desk/cases/charge/1/delete/",
    "/desk/cases/correction/",
    "/desk/cases/event/",
    "/desk/cases/event/5/change/",
    "/desk/cases/source/add/",
    "/desk/ruling/?case=4",
    "/desk/cases/event/5/history/",
    "/desk/history/deleted/",
    "/desk/history/cases.event/1/restore/",
    "/desk/past/cases/1/",
    "/desk/past/matters/1/",
    "/desk/past/people/1/",
    "/desk/names/",
    "/desk/people/person/1/change/",
    "/desk/people/person/1/merge/",
    "/desk/people/person/1/merge/2/",
    "/desk/imports/batch/",
    "/desk/imports/batch/add/",
    "/desk/imports/mapping/",
    "/desk/imports/mapping/add/",
    "/desk/imports/mapping/toml/",
    "/desk/auth/user/",
    "/desk/second-factor/",
    "/desk/password_change/",
]


@pytest.mark.parametrize("address", SCREENS)
def test_a_screen_of_the_desk_is_for_everybody_on_any_screen(administrator: Window, address: str) -> None:
    with administrator.page() as page:
        assert page.goto(address).status == 200
        assert faults(page) == {}
