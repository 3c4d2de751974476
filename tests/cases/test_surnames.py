"""Which words of a text are somebody's surname, and which only look like it."""

import pytest

from cases.guard.naming import Named, how_named
from cases.guard.still import plain_of
from cases.surnames import Said, said, surname_of
from people.models import Person
from people.names import tokens


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
        # What is an ordinary word depends on the language of the text.
        ("The jury heard Reyes and Richter of the court.", "Ana Reyes", Said.SURELY),
        ("The jury heard Reyes and Richter of the court.", "Ada Richter", Said.SURELY),
        ("El juicio contra los Reyes de la droga", "Ana Reyes", Said.PERHAPS),
        ("El juicio fue contra la señora Reyes.", "Ana Reyes", Said.SURELY),
        ("Der Richter hat das Urteil verkündet.", "Ada Richter", Said.PERHAPS),
        ("Das Urteil gegen Frau Richter ist rechtskräftig.", "Ada Richter", Said.SURELY),
        ("Le Petit Palais et les voisins du tribunal", "Luc Petit", Said.PERHAPS),
        ("Le procès de M. Aubry est ouvert.", "Luc Aubry", Said.SURELY),
    ],
)
def test_a_surname_is_a_word_that_is_written_as_a_name(text: str, name: str, found: Said) -> None:
    assert said(text, surname_of(name)) is found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("El testimonio de García fue el último del juicio.", "María García López", Named.SURNAME),
        ("The testimony of Garcia was the last of the day.", "María García López", Named.NOT),
        ("El testimonio de Luis fue el último del juicio.", "José Luis Pérez", Named.NOT),
        ("L’affaire d’Aubry est close.", "Luc Aubry", Named.SURNAME),
        ("Le procès d'Émile Petit", "Émile Petit", Named.WHOLE),
        ("Angela D’Angelo was heard.", "Angela D'Angelo", Named.WHOLE),
    ],
)
def test_how_other_languages_call_somebody(text: str, name: str, found: Named) -> None:
    somebody = Person.objects.create(slug="somebody", name=name)
    assert how_named(somebody, text, frozenset()) is found


@pytest.mark.parametrize("mark", ["'", "’", "‘", "`", "‛", "′", "ʻ", "ʹ", "´", "“", "–"])
def test_the_quick_look_for_names_divides_words_as_the_fold_does(mark: str) -> None:
    for text in (f"Ka{mark}ahumanu pleaded", f"KA{mark}AHUMANU", f"“Ka{mark}ahumanu”", f"Ann{mark}s"):
        assert [word for word in tokens(text) if word not in plain_of(text)] == []
