"""Score the PLOVER gold standard records: who does what to whom, in single sentences.

    python -m benchmarks.plover FOLDER     FOLDER holds PLOVER_GSR_CAMEO.txt

The records are by the Open Event Data Alliance (CC BY-SA 4.0). Each sentence is given alone, and
what is compared are the records that `.plover.jsonl` exports have. A record counts where it names a
pair: a source and a recipient, or, for reciprocal events without a recipient, two sources. An actor
is right when a gold actor's text shares a word with its names; direction counts. Gold texts are
whole phrases ("a spokesman for the ministry"), so that a second row counts the words for what our
actors belong to as well.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from pathlib import Path
from typing import Any

from kg import ontology, pipeline
from kg.export import plover
from kg.gazetteer import Gazetteer
from kg.records import Article

FILE = "PLOVER_GSR_CAMEO.txt"
PETRARCH = (0.506, 0.336)
"""Pair and triple F1 of UniversalPetrarch: default dictionary, UD parses of LAS .80."""

RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
"""Classes of 2016 under the names they have had since."""

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"[A-Za-z]\.(?:[A-Za-z]\.)+|\w+|[^\w\s]")
_EMPTY = frozenset("a an and at by for from in of on s the to with".split())

Words = frozenset[str]
Pair = tuple[Words, Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: its class (empty for none) and the pairs of actors that it may be read as."""

    category: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of one comparison, with precision, recall and their harmonic mean from 0 to 1."""

    hits: int
    gold: int
    found: int

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the gold events that was found."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = self.gold + self.found
        return 2 * self.hits / total if total else 0.0


def words(text: str) -> Words:
    """Return the words of an actor's name that can tell it from others, in lower case."""
    return frozenset(_WORD.findall(text.replace(".", "").lower())) - _EMPTY


def read(folder: Path) -> dict[str, list[Event]]:
    """Return the gold events by sentence, in the order of the file.

    The file's errata are met so: records are kept by position, since one id occurs twice; classes
    have their present names; country codes, some of them wrong, are not read; recipients that are
    no list are none.
    """
    records = json.loads((folder / FILE).read_text(encoding="utf-8"))
    found: dict[str, list[Event]] = {}
    for record in records:
        if record.get("text"):
            found.setdefault(record["text"], []).append(_event(record))
    return found


def _event(record: dict[str, object]) -> Event:
    sources, targets = _actors(record.get("source")), _actors(record.get("target"))
    pairs = product(sources, targets) if targets else permutations(sources, 2)
    category = str(record["event"])
    return Event(category=RENAMED.get(category, category), pairs=tuple(pairs))


def _actors(value: object) -> list[Words]:
    actors = value if isinstance(value, list) else []
    return [found for actor in actors if (found := words(actor["actorText"]))]


def events(records: Iterable[Mapping[str, Any]], *, affiliations: bool = False) -> Iterator[Event]:
    """Yield the events of the records that the export writes for a sentence, each event once.

    Args:
        records: the records of one sentence.
        affiliations: whether the words for what an actor belongs to are among its own.
    """
    fields = ("names", "affiliation") if affiliations else ("names",)
    seen = set()
    for record in records:
        actors, recipients = (_named(record[role], fields) for role in ("actor", "recipient"))
        pairs = product(actors, recipients) if recipients else permutations(actors, 2)
        (category,) = record["event"]
        event = Event(category=category, pairs=tuple(pairs))
        if event.pairs and event not in seen:
            seen.add(event)
            yield event


def _named(actors: Iterable[Mapping[str, list[str]]], fields: Sequence[str]) -> list[Words]:
    return [words(" ".join(name for f in fields for name in actor[f])) for actor in actors]


def first_two(sentence: str, gazetteer: Gazetteer) -> list[Event]:
    """Return the floor: the first two countries named, by name or adjective, as one pair."""
    tokens = _TOKEN.findall(sentence)
    countries: dict[str, Words] = {}
    position = 0
    while position < len(tokens):
        found = gazetteer.longest(tokens, position)
        length, matches = found or (1, ())
        country = next((m.entry.id for m in matches if m.entry.kind == "Country"), "")
        if country:
            name = " ".join(tokens[position : position + length])
            countries.setdefault(country, words(name))
        position += length
    pair = tuple(countries.values())[:2]
    return [Event(category="", pairs=((pair[0], pair[1]),))] if len(pair) == 2 else []


def compare(
    gold: Iterable[Sequence[Event]], found: Iterable[Sequence[Event]], *, by_category: bool = False
) -> Score:
    """Return how many events are found, sentence by sentence; each counts once on either side."""
    hits = wanted = given = 0
    for right, ours in zip(gold, found, strict=True):
        paired = [e for e in right if e.pairs]
        left = list(dict.fromkeys(e if by_category else _bare(e) for e in ours))
        wanted, given = wanted + len(paired), given + len(left)
        for event in paired:
            same = (e for e in left if not by_category or e.category == event.category)
            match = next((e for e in same if _agree(event, e)), None)
            if match is not None:
                left.remove(match)
                hits += 1
    return Score(hits=hits, gold=wanted, found=given)


def _bare(event: Event) -> Event:
    return Event(category="", pairs=event.pairs)


def _agree(right: Event, ours: Event) -> bool:
    return any(a & c and b & d for (a, b), (c, d) in product(right.pairs, ours.pairs))


def main() -> None:
    """Print the scores as a table."""
    parser = argparse.ArgumentParser(description="Score the PLOVER gold standard records.")
    parser.add_argument("folder", type=Path, help=f"holds {FILE}")
    parser.add_argument("--model", help="a spaCy pipeline by name or path")
    parser.add_argument("--errors", action="store_true", help="print the sentences that go wrong")
    options = parser.parse_args()
    gold = read(options.folder)
    gazetteer, known = Gazetteer.load(), ontology.load()
    articles = (Article(id=f"s{n}", text=text) for n, text in enumerate(gold))
    records = [
        list(plover.records(extraction, known, gazetteer))
        for extraction in pipeline.load(options.model).extract_many(articles)
    ]
    ours = [list(events(found)) for found in records]
    wider = [list(events(found, affiliations=True)) for found in records]
    floor = [first_two(text, gazetteer) for text in gold]
    if options.errors:
        for (text, right), left in zip(gold.items(), ours, strict=True):
            if compare([right], [left], by_category=True).f1 < 1 and (left or right):
                print(f"{text}\n  gold  {_told(right)}\n  ours  {_told(left)}\n")
    print(f"{len(gold)} sentences, {sum(bool(e.pairs) for g in gold.values() for e in g)} pairs")
    print(f"{'':32}   P     R     pair F1  triple F1")
    for name, found in (("kg", ours), ("kg, affiliations counted", wider)):
        triples = compare(gold.values(), found, by_category=True)
        print(_row(name, compare(gold.values(), found)) + f"{triples.f1:9.3f}")
    print(_row("first two countries named", compare(gold.values(), floor)) + "        -")
    print(f"{'UniversalPetrarch (published)':32}   -     -   {PETRARCH[0]:8.3f}{PETRARCH[1]:9.3f}")


def _row(name: str, score: Score) -> str:
    return f"{name:32} {score.precision:.3f} {score.recall:.3f} {score.f1:8.3f}"


def _told(found: Iterable[Event]) -> str:
    parts = []
    for event in found:
        ends = event.pairs[0] if event.pairs else ()
        parts.append(" > ".join([event.category, *(" ".join(sorted(end)) for end in ends)]))
    return " | ".join(parts) or "nothing"


if __name__ == "__main__":
    main()
