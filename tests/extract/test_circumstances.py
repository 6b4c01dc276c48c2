"""Whose word, date, place and office a sentence tells, read by the bundled pipeline."""

from __future__ import annotations

import built
import pytest
from notation import Case, cases, check

from kg.evaluation.acts import line
from kg.records import Article, Extraction

pytestmark = pytest.mark.model


def extracted(text: str, **header: str) -> Extraction:
    """Return what is found in a text."""
    return built.reader().extract(Article(id="article", text=text, **header))


OFFICIAL = """\
President Ana Quispe met President Olav Lien of Norway today.

The President thanked President Lien. The Vice President praised Norway.
"""


def test_bare_title_is_of_the_publisher_and_nobody_beside_it() -> None:
    found = list(map(line, extracted(OFFICIAL, outlet="Government of Peru").statements))
    assert "Ana Quispe meets Olav Lien" in found
    assert not any(told.startswith("Olav Lien") for told in found)
    assert not any("supports Norway" in told for told in found if "Quispe" in told)


@cases(
    """
    Ana Quispe, the adviser of Peru, announced outside the White House that Norway had agreed \
    to meet Ghana.
      Norway agrees ... | says Ana Quispe | ...
      Norway meets Ghana | planned | says Ana Quispe | ...
    """
)
def test_that_clause_belongs_to_the_verb_of_saying(case: Case) -> None:
    check(case)


@cases(
    """
    Ana Quispe criticised Chile, while Norway visited Ghana.
      Norway visits Ghana
    Peru issued a statement supporting Chile.
      Peru supports Chile
    """
)
def test_contrast_and_documents_are_no_speech_of_their_own(case: Case) -> None:
    check(case)


@cases(
    """
    Rebels blew up a bridge in Tacna.
      Rebels attacks ... | in Tacna
      !
    Militants bombed a railway leading into Tacna.
      Militants attacks ... | in Tacna
      !
    Kenya fired rockets at targets near Kismayo.
      Kenya attacks ... | in Kismayo
      !
    Students protested at a school in Chad.
      Students protests ... | in Chad
      !
    """
)
def test_what_is_acted_on_may_be_known_by_where_it_is(case: Case) -> None:
    check(case)


@cases(
    """
    Ana Quispe hit a record high in Tokyo.
      !
    """
)
def test_a_high_in_a_city_is_not_attacked(case: Case) -> None:
    check(case)


@cases(
    """
    Ana Quispe, in remarks to andesnoticias.pe, praised Chile.
      Ana Quispe supports Chile | via andesnoticias.pe
    Speaking on al-Nahda TV, Ana Quispe praised Chile.
      Ana Quispe supports Chile | via al-Nahda TV
    BBC's Juan Perez said Chile had attacked Peru.
      Juan Perez commentsOn | about Chile + Peru | via BBC
      Chile attacks Peru | says Juan Perez | via BBC
    """
)
def test_outlet_is_the_source(case: Case) -> None:
    check(case)


@cases(
    """
    On Tuesday Ana Quispe attended the summit, urging Chile to wait.
      Ana Quispe attends summit | on 2025-05-13
      Ana Quispe urges Chile | on 2025-05-13
    """
)
def test_participle_has_the_date_of_its_verb(case: Case) -> None:
    check(case)


@cases(
    """
    Ana Quispe praised Chile on Tuesday during her visit to Norway.
      Ana Quispe supports Chile | on 2025-05-13
      Ana Quispe visits Norway | on 2025-05-13
    """
)
def test_what_goes_on_meanwhile_has_the_same_date(case: Case) -> None:
    check(case)


@cases(
    """
    Ana Quispe praised the first visit of Chile since 2019.
      Ana Quispe supports | about first visit of Chile
    """
)
def test_counting_from_a_year_dates_nothing(case: Case) -> None:
    check(case)


def test_weekday_ends_a_name() -> None:
    text = "Ana Quispe told journalists at the White House on Monday that Peru would wait."
    found = extracted(text)
    assert "White House" in {e.name for e in found.entities}


def test_dash_of_a_list_is_no_title() -> None:
    text = (
        "-   Elena Ruiz, Nominee for Assistant Attorney General Civil Division, Department of "
        "Justice -   Ana Stone, Nominee for Assistant Secretary for Rural Affairs, Department of "
        "Labor"
    )
    found = extracted(text)
    assert "Nominee" in {p.title for p in found.positions}
    assert "-" not in {p.title for p in found.positions}


def positions(text: str, **header: str) -> set[tuple[str, str, str]]:
    """Return holder, title and owner of each office that a text tells."""
    found = extracted(text, **header)
    return {(p.holder.name, p.title, p.of.name if p.of else "") for p in found.positions}


def test_a_counterpart_has_the_same_office_in_the_other_country() -> None:
    told = positions(
        "Foreign Minister Ana Quispe of Peru met her Chilean counterpart, Rosa Lagos, in Lima. "
        "Then Rosa Lagos criticised Togo."
    )
    assert ("Rosa Lagos", "Foreign Minister", "Chile") in told


def test_the_united_states_have_no_ministers() -> None:
    text = "Foreign Minister Juan Quispe criticised Togo. Secretary Ana Fox praised Mali."
    told = positions(text, outlet="US State Department")
    assert not any(owner == "United States" for name, _, owner in told if name == "Juan Quispe")


@cases(
    """
    Rosa Quispe praised Togo. Quispe criticised Mali. Juan Quispe went home. Then Quispe \
    praised Chad.
      Rosa Quispe supports Chad
    """
)
def test_of_two_namesakes_it_is_the_one_spoken_of_more(case: Case) -> None:
    check(case)


def test_a_style_belongs_to_the_name() -> None:
    found = extracted("Queen Margaret of Denmark praised Togo.")
    assert "Queen Margaret" in {e.name for e in found.entities}


def test_the_quote_ends_where_another_clause_stands_in_contrast() -> None:
    text = "While Peru praised Togo in June, Chile attacked Mali."
    found = extracted(text)
    (attack,) = [s for s in found.statements if s.relation == "attacks"]
    assert found.article.quote(attack.evidence.span) == "Chile attacked Mali"
