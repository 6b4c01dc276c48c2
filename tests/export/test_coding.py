"""Which events the PLOVER export tells of a sentence, and whom they are done by and to."""

from __future__ import annotations

import built
import pytest

from kg import ontology as ontologies
from kg.export.plover import records
from kg.gazetteer import Gazetteer
from kg.records import Article

pytestmark = pytest.mark.model


def coded(text: str) -> list[dict[str, object]]:
    """Return the records of a text."""
    found = built.reader().extract(Article(id="article", text=text))
    return list(records(found, ontologies.load(), Gazetteer.load()))


def told(text: str) -> list[str]:
    """Return the events of a text as "actors CATEGORY recipients"."""
    return [
        " ".join(
            (
                " + ".join(sorted(a["entity_text"] for a in r["actor"])),
                *r["event"],
                " + ".join(sorted(a["entity_text"] for a in r["recipient"])),
            )
        ).strip()
        for r in coded(text)
    ]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        # whom an act is about, and where it is, where nobody is its target
        ("Norway rejected the plan of Chile.", ["Norway REJECT Chile"]),
        ("Chilean miners staged a protest in Antofagasta.", ["Chilean miners PROTEST Antofagasta"]),
        # events and agreements are no recipients
        ("Norway hosted a summit on fish.", ["Norway CONSULT"]),
        ("Chile ratified the treaty.", ["Chile SUPPORT"]),
        # an actor's own forces are none either
        ("Chile deployed troops in Patagonia.", ["Chile MOBILIZE Patagonia"]),
        # a place without a name gives way to those that are named with it
        ("Militants attacked a hostel for Danish nurses.", ["Militants ASSAULT Danish nurses"]),
        ("Militants attacked an army base.", ["Militants ASSAULT army base"]),
        # parties of mutual acts
        ("Chile and Peru met in Oslo.", ["Chile + Peru CONSULT"]),
        ("Chile met Peru.", ["Chile + Peru CONSULT"]),
        # what is denied or only possible
        ("Chile did not attack Peru.", []),
        ("Chile may attack Peru.", []),
        # attempts at force are events
        ("Chile tried to attack Peru.", ["Chile ASSAULT Peru"]),
        ("Rebels attempted to kidnap Ana Quispe.", ["Rebels COERCE Ana Quispe"]),
        ("Peru tried to support Chile.", []),
        # to warn of something is no threat; to warn somebody, or to threaten, is one
        ("Chile warned of floods in Bolivia.", []),
        ("Chile warned that Bolivia faced a famine.", []),
        ("Chile warned Bolivia of a harsh answer.", ["Chile THREATEN Bolivia"]),
        ("Chile threatened to close the border.", ["Chile THREATEN"]),
        # those who must act by somebody's word
        ("Norway said that Chile must pay for the damage.", ["Norway REQUEST Chile"]),
        ("Norway said its navy must be paid.", []),
        ("Norway said Chile was right.", []),
        # the request that is rejected is no second event; one beside it is
        ("Chile rejected a Norwegian request to wait.", ["Chile REJECT Norway"]),
        (
            "Chile rejected the plan, and Peru asked Norway to wait.",
            ["Chile REJECT", "Peru REQUEST Norway"],
        ),
    ],
)
def test_events(text: str, events: list[str]) -> None:
    assert told(text) == events


def belongs(text: str) -> tuple[str, list[str]]:
    """Return the country code and the affiliations of the first actor of a text."""
    actor = coded(text)[0]["actor"][0]
    return actor["code"], actor["affiliation"]


@pytest.mark.parametrize(
    ("text", "code", "affiliation"),
    [
        ("Peruvian farmers accused Chile of fraud.", "PER", ["Peruvian"]),
        ("Rebels in Chad attacked Libya.", "TCD", ["Chad"]),
        ("Three fighters of Hezbollah met Iran.", "LBN", ["Hezbollah"]),
        ("Activists from Nigeria accused Chad of fraud.", "NGA", ["Nigeria"]),
        ("Rebels attacked Chad.", "", []),
        ("The Norwegian mediator Olav Lien praised Chile.", "NOR", ["Norwegian"]),
    ],
)
def test_affiliations(text: str, code: str, affiliation: list[str]) -> None:
    assert belongs(text) == (code, affiliation)
