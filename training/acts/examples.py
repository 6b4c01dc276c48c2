"""Examples for the scorers: the inputs of an article, and what should be decided."""

from __future__ import annotations

import hashlib
import pickle
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.evaluation.gold import read as read_article
from kg.extract.coreference.references import References
from kg.extract.learned.alphabet import Alphabet
from kg.extract.learned.inputs import Inputs, Numbers, Words, pronoun
from kg.extract.learned.paths import ascent, path
from kg.extract.reading import Reading
from kg.parsing.encoder.windows import windows
from kg.pipeline import Pipeline
from training.acts.annotations import Annotation, Told, aligned, heads, quoted, read, settle
from training.package import network_of

CLASSES = (
    "Country", "Place", "Official", "Analyst", "Person", "GovernmentBody",
    "IntergovernmentalOrganization", "MediaOutlet", "Organization", "ArmedGroup", "Event",
    "Agreement", "Group",
)  # fmt: skip
LEAST = 4  # occurrences from which on a path has a number of its own
_SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
_OBJECTS = frozenset({"obj", "iobj", "nsubj:pass"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The roles at a trigger.

    Attributes:
        trigger: token number.
        relation: position in the alphabet.
        heads: token numbers of the phrases.
        columns: as in `Pairs`.
        agent, target, about: positions in `heads` of the right phrases.
        aimed: whether the statement has a target at all.
    """

    trigger: int
    relation: int
    heads: Numbers
    columns: Numbers
    agent: list[int]
    target: list[int]
    about: list[int]
    aimed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One article.

    Attributes:
        name: of the article.
        texts: its words.
        spans: first word and end of each window of the encoder.
        words: the columns of its words.
        acts: relations (positions in the alphabet) that each word tells, by token number.
        roles: the roles at the telling words.
        kinds: class (position in `CLASSES`, or their number for none) of heads of phrases.
        tried: whether a word may be a trigger.
    """

    name: str
    texts: list[str]
    spans: list[tuple[int, int]]
    words: Words
    acts: dict[int, list[int]]
    roles: list[Role]
    kinds: dict[int, int]
    tried: Numbers


class Source:
    """An article that was read, with its annotation."""

    def __init__(self, file: Path, reader: Pipeline) -> None:
        article, _ = read_article(file)
        self.reader = reader
        self.parse = reader.language.parse(article)
        self.reading: Reading = reader.extractor.reading(self.parse)
        self.references: References = self.reading.matcher.slots.references
        self.annotation: Annotation = read(file, article.text, article.body)
        self.heads = heads(self.annotation, self.parse)
        self.listed: dict[int, set[str]] = {}
        for at, tried in self.reading.matched.readings.items():
            self.listed[at] = {m.frame.relation for m in tried.misses}
            self.listed[at] |= {d.relation.name for d in tried.drafts}
        self.quoted = quoted(self.annotation, self.parse, self.listed, self.heads)

    def inputs(self, alphabet: Alphabet) -> Inputs:
        """Return the inputs of the article."""
        reading = self.reading
        return Inputs(alphabet, self.references, reading.quoted, reading.matched, reading.ruled)


def alphabet(sources: Sequence[Source], told: Sequence[dict[int, list[Told]]]) -> Alphabet:
    """Return the values that occur in the articles; rare paths are left out."""
    blank = Alphabet((), (), (), (), (), ())
    paths: Counter[str] = Counter()
    deps: set[str] = set()
    pos: set[str] = set()
    pronouns: set[str] = set()
    kinds: set[str] = set(CLASSES)
    for source, acts in zip(sources, told, strict=True):
        inputs = source.inputs(blank)
        doc = source.reading.chart.doc
        deps |= {t.dep_ for t in doc}
        pos |= {t.pos_ for t in doc}
        pronouns |= {pronoun(t) for t in doc} - {""}
        kinds |= {r.kind for r in source.reading.chart.referents}
        for at in {*acts, *source.reading.matched.readings}:
            trigger = doc[at]
            above = ascent(trigger)
            steps = {token.i: step for step, token in enumerate(above)}
            for phrase in inputs.phrases.get(source.reading.chart.sentence[at], ()):
                paths[path(phrase, above, steps).text] += 1
    relations = sorted(sources[0].reader.extractor.ontology.relations)
    return Alphabet(
        relations=relations,
        pos=sorted(pos),
        deps=sorted(deps),
        kinds=sorted(kinds),
        pronouns=sorted(pronouns),
        paths=sorted(p for p, times in paths.items() if times >= LEAST),
    )


def example(source: Source, told: dict[int, list[Told]], alphabet: Alphabet) -> Example:
    """Return the example of an article."""
    inputs = source.inputs(alphabet)
    doc = source.reading.chart.doc
    numbers = {name: at for at, name in enumerate(alphabet.relations)}
    known = aligned(source.annotation, source.reading.chart)
    meant: dict[int, set[str]] = {}
    for at, references in inputs.meanings.items():
        meant[at] = {known[id(r.referent)] for r in references if id(r.referent) in known}
    for at, key in source.heads.items():
        meant.setdefault(at, set()).add(key)
    meant |= _pronouns(source, told, meant, inputs)
    roles = []
    for at, statements in told.items():
        pairs = inputs.pairs(doc[at])
        for statement in statements:
            where = {
                role: [
                    n for n, phrase in enumerate(pairs.phrases)
                    if meant.get(phrase.i, set()) & getattr(statement, role)
                ]
                for role in ("agents", "targets", "about")
            }  # fmt: skip
            roles.append(
                Role(
                    trigger=at,
                    relation=numbers[statement.relation],
                    heads=np.array([p.i for p in pairs.phrases], dtype=np.int64),
                    columns=pairs.columns,
                    agent=where["agents"],
                    target=where["targets"],
                    about=where["about"],
                    aimed=bool(statement.targets),
                )
            )
    classes = {name: at for at, name in enumerate(CLASSES)}
    kinds = {
        phrase.i: classes[source.annotation.kinds[source.heads[phrase.i]]]
        if phrase.i in source.heads
        else len(CLASSES)
        for phrases in inputs.phrases.values()
        for phrase in phrases
        if phrase.pos_ != "PRON"
    }
    return Example(
        name=source.annotation.name,
        texts=[t.text for t in doc],
        spans=_spans(source),
        words=inputs.words,
        acts={at: [numbers[s.relation] for s in ss] for at, ss in told.items()},
        roles=roles,
        kinds=kinds,
        tried=np.array([inputs.may_trigger(t) for t in doc], dtype=np.int64),
    )


def _pronouns(
    source: Source, told: dict[int, list[Told]], meant: dict[int, set[str]], inputs: Inputs
) -> dict[int, set[str]]:
    """Return the entities of pronouns that must fill a role because nothing else does."""
    found: dict[int, set[str]] = {}
    chart = source.reading.chart
    for at, statements in told.items():
        trigger = chart.doc[at]
        phrases = inputs.phrases.get(chart.sentence[at], ())
        named = set().union(*(meant.get(p.i, set()) for p in phrases if p.pos_ != "PRON"), ())
        verb = trigger
        subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
        while not subjects and verb.dep_ in {"xcomp", "conj", "advcl", "ccomp"}:
            verb = verb.head
            subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
        owners = [c for c in trigger.children if c.dep_ == "nmod:poss"]
        objects = [c for c in trigger.children if c.dep_ in _OBJECTS or c.dep_ == "obl"]
        for statement in statements:
            for wanted, options in (
                (statement.agents, owners or subjects),
                (statement.targets, objects),
            ):
                if wanted and not wanted & named:
                    for option in options:
                        if option.tag_ in {"PRP", "PRP$"}:
                            found.setdefault(option.i, set()).update(wanted)
    return found


def _spans(source: Source) -> list[tuple[int, int]]:
    """Return the windows in which the encoder reads the article."""
    coder = network_of(source.reader.language.parser.nlp).coder  # type: ignore[attr-defined]
    parse, spans, first = source.parse, [], 0
    while first < len(parse.doc):
        end = first
        while end < len(parse.doc) and parse.paragraph[end] == parse.paragraph[first]:
            end += 1
        texts = [t.text for t in parse.doc[first:end]]
        lengths = [coder.length(text) for text in texts]
        spans += [(first + a, first + z) for a, z in windows(texts, lengths, [None] * len(texts))]
        first = end
    return spans


def parted(name: str) -> str:
    """Return the part of an article: `held` (a fifth, only reported), `choose` or `train`."""
    number = int(hashlib.sha256(name.encode()).hexdigest(), 16)
    if number % 5 == 0:
        return "held"
    return "choose" if number // 5 % 5 == 0 else "train"


def prepare(files: Iterable[Path], reader: Pipeline, target: Path) -> None:
    """Read annotated articles and write their examples and the alphabet to a file."""
    sources = [Source(file, reader) for file in files]
    told = settle([source.quoted for source in sources])
    learned = [
        number for number, source in enumerate(sources) if parted(source.annotation.name) == "train"
    ]
    letters = alphabet([sources[n] for n in learned], [told[n] for n in learned])
    found = [example(source, acts, letters) for source, acts in zip(sources, told, strict=True)]
    target.write_bytes(pickle.dumps((letters, found)))
