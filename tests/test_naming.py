"""Names in a sentence: their number and their article."""

from __future__ import annotations

import pytest

from kg import ontology as ontologies
from kg.records import Entity
from kg.telling.naming import article, plural

ONTOLOGY = ontologies.load()
NORWAY = Entity(id="country/NO", kind="Country", name="Norway")
PERU = Entity(id="country/PE", kind="Country", name="Peru")


@pytest.mark.parametrize(
    ("kind", "name", "several", "the"),
    [
        ("Country", "United States", False, True),
        ("Country", "Philippines", False, False),
        ("Country", "Czech Republic", False, True),
        ("IntergovernmentalOrganization", "United Nations", False, True),
        ("IntergovernmentalOrganization", "African Union", False, True),
        ("MediaOutlet", "Reuters", False, False),
        ("GovernmentBody", "Police Service of Northern Ireland", False, True),
        ("GovernmentBody", "Ministry of Foreign Affairs", False, True),
        ("GovernmentBody", "Kenyan Armed Forces", True, True),
        ("GovernmentBody", "police", True, False),
        ("GovernmentBody", "army", False, True),
        ("Organization", "Doctors Without Borders", False, False),
        ("Organization", "aid agencies", True, False),
        ("ArmedGroup", "Hamas", False, False),
        ("ArmedGroup", "rebels in the hills", True, False),
        ("Official", "Ana Quispe", False, False),
        ("Group", "U.S. officials", True, False),
        ("Group", "protesters", True, False),
        ("Group", "the two sides", True, False),
        ("Group", "European leaders", True, False),
        ("Group", "officials familiar with the plan", True, False),
        ("Group", "a number of senators", True, False),
        ("Group", "a group of lawyers", False, False),
        ("Group", "team of pilots", False, True),
        ("Group", "half of the voters", True, False),
        ("Group", "the displaced", True, False),
        ("Group", "pro-government militiamen", True, False),
        ("ArmedGroup", "Ansar al-Bahr", False, False),
        ("Organization", "United Fjords", False, False),
        ("Group", "local people", True, False),
        ("Group", "Yemenis", True, False),
        ("Group", "international community", False, True),
        ("Group", "her family", False, False),
        ("Group", "anyone wearing a mask", False, False),
        ("Group", "Chilean and Peruvian miners", True, False),
        ("Group", "40,000 Bolivians", True, False),
        ("Meeting", "talks in Lima", True, False),
        ("Meeting", "fisheries summit", False, True),
        ("Meeting", "Oslo Peace Conference", False, True),
        ("Meeting", "mayor’s visit", False, False),
        ("Election", "2024 elections", True, True),
        ("Conflict", "humanitarian crisis", False, True),
        ("Agreement", "Lima Agreement", False, True),
        ("Agreement", "a new law", False, False),
        ("Agreement", "Resolution 12", False, False),
        ("Place", "Lima", False, False),
    ],
)
def test_number_and_article_of_names(kind: str, name: str, several: bool, the: bool) -> None:
    entity = Entity(id="x/y", kind=kind, name=name)
    assert plural((entity,), ONTOLOGY) == several
    assert article(entity, ONTOLOGY) == ("the " if the else "")


def test_several_entities_are_plural_and_none_are_not() -> None:
    assert plural((NORWAY, PERU), ONTOLOGY)
    assert not plural((), ONTOLOGY)
