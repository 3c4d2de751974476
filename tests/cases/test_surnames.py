"""Which words of a text are somebody's surname, and which only look like it."""

import pytest

from cases.surnames import Said, said, surname_of


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("The court heard Quint.", "Zoë Quint", Said.SURELY),
        ("QUINT’S LAWYER SPOKE", "Zoë Quint", Said.SURELY),
        ("The quint was heard.", "Zoë Quint", Said.PERHAPS),
        ("state-v-quint", "Zoë Quint", Said.SURELY),
        ("Quinton was heard.", "Zoë Quint", Said.NO),
        ("Ms. Gutiérrez–Reed spoke.", "Hannah Gutierrez-Reed", Said.SURELY),
        ("The dela Cruz and the de la Cruz families", "José de la Cruz", Said.SURELY),
        ("O’Neil spoke.", "Tess O'Neil", Said.SURELY),
        # Short ones, where they are written as a name.
        ("It named Ng as a witness.", "Mary Ng", Said.SURELY),
        ("Wu’s trial ended.", "Yi Wu", Said.SURELY),
        ("a weight of 5 ng", "Mary Ng", Said.PERHAPS),
        ("people-v-ng", "Mary Ng", Said.PERHAPS),
        # Ordinary words, where a title says so.
        ("He said so.", "Jun He", Said.PERHAPS),
        ("Ms. He said so.", "Jun He", Said.SURELY),
        ("Young people v. Young", "Ida Young", Said.SURELY),
        ("The young man and the Supreme Court", "Ida Court", Said.PERHAPS),
    ],
)
def test_a_surname_is_a_word_that_is_written_as_a_name(text: str, name: str, found: Said) -> None:
    assert said(text, surname_of(name)) is found
