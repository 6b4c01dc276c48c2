"""Annotated articles as training needs them: who is meant by which word, and which word tells.

Annotations name entities and quote clauses. Which words of a quote mean an entity is found by its
mentions; which word tells the act is given (`trigger`), or found by expectation maximisation over
all articles: the lemmas that often stand in quotes of a relation are likely to tell it, and so are
words high in the tree of the quote and words that the cards list (cf. Brown and others 1993, model
1).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kg.evaluation.scoring import closeness, normal
from kg.extract.discourse import Chart
from kg.parsing.language import Parse
from kg.parsing.tokens import Token

DESCRIBED = frozenset({"Event", "Agreement", "Group"})
_CLOSE = 0.5  # as in scoring
ROUNDS = 6  # of expectation maximisation; nothing moves after four
_DEEPER = 0.7  # each step down from the top of the quote makes a trigger exp(-0.7) as likely
_LISTED = 6.0  # a word that a card of the relation lists is as many times as likely
_NOMINAL = 0.5  # a noun or adjective is half as likely as a verb
_UNSEEN = 0.002  # added to the share of each lemma
_PRIOR = 5  # statements added to each relation's count
_TELLING = frozenset({"VERB", "NOUN", "ADJ"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One annotated statement.

    Attributes:
        relation: its relation.
        agents, targets, about: identifiers of entities.
        start, end: character offsets of its quote.
        trigger: offset of the word that tells it; -1 if not annotated.
    """

    relation: str
    agents: frozenset[str]
    targets: frozenset[str]
    about: frozenset[str]
    start: int
    end: int
    trigger: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What a careful reader found in an article.

    Attributes:
        name: of the article.
        kinds: class by identifier of each entity.
        names: its name strings.
        told: the statements of the body.
    """

    name: str
    kinds: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    told: Sequence[Told]


def read(path: Path, text: str, body: int) -> Annotation:
    """Return the annotation in a YAML file of an article whose body starts at `body`."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    first = content["article"].get("body_starts")
    body = text.index(first) if first else text.index("\n\n") + 2
    entities = content["entities"] or []
    return Annotation(
        name=path.stem,
        kinds={e["id"]: e["type"] for e in entities},
        names={e["id"]: frozenset({e["name"], *e["mentions"]}) for e in entities},
        told=[
            _told(fields, text, body)
            for fields in content["statements"] or []
            if fields["quote"] in text[body:]
        ],
    )


def _told(fields: Mapping[str, Any], text: str, body: int) -> Told:
    quote = fields["quote"]
    start = text.index(quote, body)
    trigger = -1
    if word := str(fields.get("trigger") or ""):
        found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", quote)
        trigger = start + (found.start() if found else max(0, quote.find(word)))
    return Told(
        relation=fields["relation"],
        agents=frozenset(fields.get("agents") or ()),
        targets=frozenset(fields.get("targets") or ()),
        about=frozenset(fields.get("about") or ()),
        start=start,
        end=start + len(quote),
        trigger=trigger,
    )


# -- who is meant ----------------------------------------------------------------------------------


def aligned(annotation: Annotation, chart: Chart) -> dict[int, str]:
    """Return the annotated entity of each referent, by `id()`, as far as their names agree."""
    written: dict[int, set[str]] = defaultdict(set)
    for place in chart.mentions:
        span = chart.parse.span(place.first, place.last)
        written[id(place.referent)].add(chart.parse.article.text[span.start : span.end])
    pairs = []
    for number, referent in enumerate(chart.referents):
        ours = {normal(n) for n in (*referent.names, *written[id(referent)])} - {""}
        for key, strings in annotation.names.items():
            theirs = {normal(n) for n in strings} - {""}
            if shared := ours & theirs:
                rank = (1 + len(shared) / len(ours | theirs), max(map(len, shared)))
            elif annotation.kinds[key] in DESCRIBED and ours and theirs:
                rank = (closeness(ours, theirs), 0)
                if rank[0] < _CLOSE:
                    continue
            else:
                continue
            pairs.append((-rank[0], -rank[1], key, number))
    found: dict[int, str] = {}
    for *_, key, number in sorted(pairs):
        if number not in found and key not in found.values():
            found[number] = key
    return {id(chart.referents[number]): key for number, key in found.items()}


def heads(annotation: Annotation, parse: Parse) -> dict[int, str]:
    """Return the annotated entity of the head word of each mention, longer mentions first."""
    starts = {start: at for at, start in enumerate(parse.starts)}
    ends = {end: at for at, end in enumerate(parse.ends)}
    text = parse.article.text
    spans = [
        (found.start() - found.end(), found.start(), found.end(), key)
        for key, strings in annotation.names.items()
        for string in strings
        for found in re.finditer(rf"(?<!\w){re.escape(string)}(?!\w)", text)
    ]
    covered: set[int] = set()
    found_heads: dict[int, str] = {}
    for _, start, end, key in sorted(spans):
        first, last = starts.get(start), ends.get(end)
        if first is None or last is None or first > last:
            continue
        cells = set(range(first, last + 1))
        head = parse.doc.top(first, last).i
        if head in found_heads or cells <= covered:
            continue
        found_heads[head] = key
        covered |= cells
    return found_heads


# -- which word tells ------------------------------------------------------------------------------


@dataclass(slots=True)
class Quoted:
    """A statement with the words of its quote that may tell it, each with its chance."""

    told: Told
    chances: dict[int, float]
    lemmas: dict[int, str]
    fixed: bool = False
    prior: dict[int, float] = field(default_factory=dict)


def quoted(
    annotation: Annotation, parse: Parse, listed: Mapping[int, set[str]], named: Iterable[int]
) -> list[Quoted]:
    """Return the statements of an article with their likely triggers, before any counting.

    Args:
        annotation: the annotation.
        parse: the parsed article.
        listed: by token number, the relations whose cards list the word.
        named: token numbers of heads of mentions.
    """
    names = {i for i in named if parse.doc[i].pos_ == "PROPN"}
    found = []
    for told in annotation.told:
        inside = [
            t for t in parse.doc if parse.starts[t.i] < told.end and parse.ends[t.i] > told.start
        ]
        exact = [t for t in inside if parse.starts[t.i] <= told.trigger < parse.ends[t.i]]
        if exact:
            found.append(Quoted(told, {exact[0].i: 1.0}, {}, fixed=True))
            continue
        cells = {t.i for t in inside}
        telling = [t for t in inside if _tells(t, told.relation in listed.get(t.i, ()))]
        telling = [t for t in telling if t.i not in names] or telling
        telling = telling or [t for t in inside if not t.is_punct]
        prior = {
            t.i: math.exp(-_DEEPER * _depth(t, cells))
            * (_LISTED if told.relation in listed.get(t.i, ()) else 1.0)
            * (1.0 if t.pos_ == "VERB" else _NOMINAL)
            for t in telling
        }
        if prior:
            lemmas = {t.i: t.lemma_.lower() for t in telling}
            found.append(Quoted(told, _shares(prior), lemmas, prior=prior))
    return found


def _tells(token: Token, listed: bool) -> bool:
    return token.pos_ in _TELLING or (listed and token.pos_ != "AUX")


def _depth(token: Token, cells: set[int]) -> int:
    depth = 0
    while token.head is not token and token.head.i in cells:
        token, depth = token.head, depth + 1
    return depth


def _shares(weights: Mapping[int, float]) -> dict[int, float]:
    total = sum(weights.values())
    return {key: weight / total for key, weight in weights.items()}


def settle(articles: Sequence[Sequence[Quoted]]) -> list[dict[int, list[Told]]]:
    """Return for each article the statements that each word tells, by token number."""
    every = [one for article in articles for one in article if not one.fixed]
    for _ in range(ROUNDS):
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for one in every:
            for at, chance in one.chances.items():
                counts[one.told.relation][one.lemmas[at]] += chance  # type: ignore[assignment]
        totals = {relation: sum(c.values()) + _PRIOR for relation, c in counts.items()}
        for one in every:
            relation = one.told.relation
            one.chances = _shares(
                {
                    at: prior * (counts[relation][one.lemmas[at]] / totals[relation] + _UNSEEN)
                    for at, prior in one.prior.items()
                }
            )
    return [_settled(article) for article in articles]


def _settled(article: Sequence[Quoted]) -> dict[int, list[Told]]:
    """Give each statement its likeliest word; a word tells one relation, the surest."""
    given: dict[int, str] = {}
    found: dict[int, list[Told]] = defaultdict(list)
    for one in sorted(article, key=lambda q: -max(q.chances.values())):
        ranked = sorted(one.chances, key=lambda at: -one.chances[at])
        free = [at for at in ranked if given.get(at, one.told.relation) == one.told.relation]
        at = (free or ranked)[0]
        given.setdefault(at, one.told.relation)
        if given[at] == one.told.relation:
            found[at].append(one.told)
    return dict(found)
