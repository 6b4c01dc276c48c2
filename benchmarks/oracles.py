"""Score the pipeline on annotated articles with parts of the reading made right.

    python -m benchmarks.oracles FOLDER     NAME.yaml beside NAME.txt, as in tests/gold

Which part of the reading costs most? Each row lets the annotation decide one part, the rest being
as it is: which word tells which act (`triggers`), which phrases of its sentence fill the roles
(`roles`), who is meant by a phrase (`identity`), and combinations. A role stays wrong where the
right entity is not in the sentence of the act. Gold trees do not exist for these articles, so the
parse has no row.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from kg import pipeline
from kg.evaluation.gold import paths
from kg.evaluation.gold import read as read_gold
from kg.evaluation.scoring import compare, figures
from kg.extract.acts.filling import Filling
from kg.extract.coreference.references import Reference
from kg.extract.learned.deciding import Decider
from kg.extract.learned.inputs import Floats, Inputs, Pairs
from kg.extract.learned.network import Fit, Scorers
from kg.parsing.language import Parse
from kg.parsing.tokens import Token
from kg.pipeline import Pipeline
from kg.rdf import canonical
from training.acts.annotations import Annotation, Told, aligned, heads, quoted, read, settle

ROWS = ("", "identity", "triggers", "roles", "triggers+roles", "identity+triggers",
        "identity+triggers+roles")  # fmt: skip


class Oracle(Decider):
    """A decider that asks the annotation for some of its decisions."""

    def __init__(
        self,
        scorers: Scorers,
        inputs: Inputs,
        filling: Filling,
        *,
        right: frozenset[str],
        annotation: Annotation,
        told: Mapping[int, Sequence[Told]],
        parse: Parse,
    ) -> None:
        super().__init__(scorers, inputs, filling)
        self.right = right
        self.told = told
        self.known = aligned(annotation, self.chart)
        self.heads = heads(annotation, parse)
        self.referents = {self.known[id(r)]: r for r in self.chart.referents if id(r) in self.known}
        self.names = list(scorers.alphabet.relations)
        if "triggers" in right:
            self.probabilities = np.zeros_like(self.probabilities)
            self.probabilities[:, scorers.none] = 1
            for at, statements in told.items():
                self.probabilities[at] = 0
                self.probabilities[at, self.names.index(statements[0].relation)] = 1

    def one(self, phrase: Token) -> Sequence[Reference]:
        """Return who is meant by a phrase."""
        right = self.referents.get(self.heads.get(phrase.i, ""))
        if "identity" in self.right and right is not None:
            return (Reference(head=phrase, referent=right),)
        return super().one(phrase)

    def fit(self, pairs: Pairs, relation: int) -> Fit:
        """Return certainty where the annotation has a statement of the relation at the trigger."""
        told = [t for t in self.told.get(pairs.trigger.i, ()) if self._is(t, relation)]
        if "roles" not in self.right or not told:
            return super().fit(pairs, relation)

        def column(role: str) -> Floats:
            wanted = frozenset().union(*(getattr(t, role) for t in told))
            return np.array(
                [bool(self._meant(p) & wanted) for p in pairs.phrases] + [False], dtype=np.float32
            )

        return Fit(agent=column("agents"), target=column("targets"), about=column("about")[:-1])

    def _is(self, told: Told, relation: int) -> bool:
        return told.relation == self.names[relation]

    def _meant(self, phrase: Token) -> set[str]:
        found = self.inputs.meanings.get(phrase.i, ())
        meant = {self.known[id(r.referent)] for r in found if id(r.referent) in self.known}
        return meant | {self.heads[phrase.i]} if phrase.i in self.heads else meant


class Scored:
    """An annotated article, parsed."""

    def __init__(self, file: Path, reader: Pipeline) -> None:
        self.article, self.gold = read_gold(file)
        self.parse = reader.language.parse(self.article)
        self.annotation = read(file, self.article.text, self.article.body)
        reading = reader.extractor.reading(self.parse)
        listed = {
            at: {m.frame.relation for m in tried.misses} | {d.relation.name for d in tried.drafts}
            for at, tried in reading.matched.readings.items()
        }
        self.quoted = quoted(
            self.annotation, self.parse, listed, heads(self.annotation, self.parse)
        )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    reader = pipeline.load()
    if reader.extractor.scorers is None:
        raise SystemExit("the pipeline has no scorers")
    articles = [Scored(file, reader) for file in paths(options.folder)]
    told = settle([article.quoted for article in articles])
    print(f"{'made right':28}strict  anchor")
    for row in ROWS:
        total: Counter[str] = Counter()
        for article, statements in zip(articles, told, strict=True):
            total.update(_counts(reader, article, statements, frozenset(row.split("+"))))
        found = figures(total)
        strict, anchor = found["statement_strict_F1"], found["statement_anchor_F1"]
        print(f"{row or 'nothing':28}{strict:.3f}   {anchor:.3f}")


def _counts(
    reader: Pipeline, article: Scored, told: Mapping[int, Sequence[Told]], right: frozenset[str]
) -> Mapping[str, int]:
    def decider(scorers: Scorers, inputs: Inputs, filling: Filling) -> Decider:
        return Oracle(
            scorers, inputs, filling, right=right, annotation=article.annotation, told=told,
            parse=article.parse,
        )  # fmt: skip

    extractor = reader.extractor
    usual, extractor.decider = extractor.decider, decider
    try:
        extraction = extractor.extract(article.parse)
    finally:
        extractor.decider = usual
    return compare(article.gold, canonical(extraction), extractor.ontology).counts


if __name__ == "__main__":
    main()
