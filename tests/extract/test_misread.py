"""Who is a person and who is not: pairs, people taken for places, offices without a name."""

from __future__ import annotations

import built
import pytest

from kg.records import Article, Entity, Extraction

pytestmark = pytest.mark.model
PEOPLE = {"Person", "Official", "Analyst", "Journalist"}


def read(text: str, published: str = "2025-05-14") -> Extraction:
    return built.reader().extract(Article(id="people", text=text, published=published))


def people(found: Extraction) -> set[str]:
    return {e.name for e in found.entities if e.kind in PEOPLE}


def parties(found: Extraction) -> set[Entity]:
    return {e for s in found.statements for e in (*s.agents, *s.targets, *s.attributed_to)}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The Ruiz-Vega talks ended in Lima.", set()),
        ("The Ruiz-Vega coalition collapsed in May.", set()),
        (
            "The Ruiz-Vega talks ended. President Eva Ruiz met the general Tomas Vega.",
            {"Eva Ruiz", "Tomas Vega"},
        ),
        (
            "Eva Ruiz met Tomas Vega in Lima. The Ruiz-Vega meeting lasted two hours.",
            {"Eva Ruiz", "Tomas Vega"},
        ),
        ("Eva Ruiz met Tomas Vega in Lima. Ruiz-Vega won.", {"Eva Ruiz", "Tomas Vega"}),
        ("Observers praised the Okoro-Banda-Mensah summit.", set()),
        ("Maria Ruiz-Vega praised Peru. Ruiz-Vega then left.", {"Maria Ruiz-Vega"}),
        ("Jean-Luc Durand praised Peru.", {"Jean-Luc Durand"}),
    ],
)
def test_a_pair_is_two_people_or_nobody(text: str, named: set[str]) -> None:
    assert people(read(text)) == named


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("North Korean leader Kim Jong Un left. The guards stood near Kim Jong Un.", "Kim Jong Un"),
        ("They handed it to Ban Ki-moon.", "Ban Ki-moon"),
        ("Recep Tayyip Erdogan visited Ankara.", "Recep Tayyip Erdoğan"),
        ("Minister Jean-Luc Le Fur left. Le Fur accused Chile of theft.", "Jean-Luc Le Fur"),
        ("The minister Ana Salta left. Salta accused Chile of theft.", "Ana Salta"),
    ],
)
def test_a_full_name_or_the_tail_of_one_is_no_place(text: str, name: str) -> None:
    found = read(text)
    assert people(found) == {name}
    words = {*name.split()}
    assert not [e for e in found.entities if e.kind not in PEOPLE and words & {*e.name.split()}]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Recep Tayyip Erdogan visited Ankara. Erdoğan met Eva Ruiz.", "Recep Tayyip Erdoğan"),
        ("Recep Tayyip Erdoğan visited Ankara. Erdogan met Eva Ruiz.", "Recep Tayyip Erdoğan"),
        ("The minister José Núñez visited Peru. Nunez met Eva Ruiz.", "José Núñez"),
        ("The minister Jose Nunez visited Peru. Núñez met Eva Ruiz.", "Jose Nunez"),
        ("Turkish President Erdogan met Eva Ruiz.", "Recep Tayyip Erdoğan"),
    ],
)
def test_names_agree_without_their_accents(text: str, who: str) -> None:
    found = read(text)
    assert people(found) == {who, "Eva Ruiz"}
    assert any(s.relation == "meets" and s.agents[0].name == who for s in found.statements)


@pytest.mark.parametrize(
    ("text", "published", "who"),
    [
        ("The U.S. President met the king of Tonga.", "2022-05-14", {"Joe Biden"}),
        ("The US president praised Peru.", "2018-05-14", {"Donald Trump"}),
        ("US President said on Monday that Peru had attacked Chile.", "2018-05", {"Donald Trump"}),
        ("The president of the United States praised Peru.", "2010-05-14", {"Barack Obama"}),
        ("US President Ana Li praised Peru. The US President left.", "2018-05-14", {"Ana Li"}),
        ("The incoming US president praised Peru.", "2018-05-14", set()),
        ("The next US president will visit Peru.", "2018-05-14", set()),
        ("The incoming president will visit Lima.", "2018-05-14", set()),
        ("The president-elect will visit Lima.", "2018-05-14", set()),
        ("The former US president praised Peru.", "2018-05-14", set()),
        ("Eva Ruiz ran for president of the United States.", "2018-05-14", {"Eva Ruiz"}),
    ],
)
def test_a_sole_office_is_its_holder_by_text_and_date_or_nobody(
    text: str, published: str, who: set[str]
) -> None:
    found = read(text, published)
    named = people(found) - {"king", "king of Tonga"}
    assert {name for name in named if "Tonga" not in name and "Tupou" not in name} == who
    assert all(e.name in who for e in parties(found) if e.kind in PEOPLE and "Tupou" not in e.name)


def test_who_is_in_office_is_no_organisation() -> None:
    text = "Assad attacked Idlib. Norway accused Assad of killing civilians."
    found = read(text, "2016-05-14")
    assert {e.kind for e in found.entities if e.name == "Assad"} == {"Person"}
