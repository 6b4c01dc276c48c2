"""Measuring a pipeline: syntax on gold tokens, raw text, names by corpus, speed."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, DocBin

Scores = dict[str, Any]


def load(path: Path, nlp: Language) -> list[Doc]:
    """Return the documents of a `.spacy` file."""
    return list(DocBin().from_disk(path).get_docs(nlp.vocab))


def f1(hits: int, predicted: int, gold: int) -> float:
    """Return the F1 score of counts, zero where nothing was found or sought."""
    return 2 * hits / (predicted + gold) if predicted + gold else 0.0


def on_gold_tokens(nlp: Language, docs: Sequence[Doc]) -> list[Doc]:
    """Return the pipeline's analysis of documents with their gold tokens and spacing."""
    bare = (
        Doc(nlp.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        for doc in docs
    )
    return list(nlp.pipe(bare))


def syntax_scores(nlp: Language, docs: Sequence[Doc]) -> Scores:
    """Return accuracies on gold tokens, punctuation and relation subtypes counted.

    Empty lines are no words; sentences are found by the pipeline, not given.
    """
    right: Counter[str] = Counter()
    words = hits = predicted_sents = gold_sents = 0
    for gold, found in zip(docs, on_gold_tokens(nlp, docs), strict=True):
        for a, b in zip(gold, found, strict=True):
            if a.is_space:
                continue
            words += 1
            head = a.head.i == b.head.i
            right["uas"] += head
            right["las"] += head and a.dep_ == b.dep_
            coarse = a.dep_.split(":")[0] == b.dep_.split(":")[0]
            right["las_without_subtypes"] += head and coarse
            right["xpos"] += a.tag_ == b.tag_
            right["upos"] += a.pos_ == b.pos_
            right["feats"] += str(a.morph) == str(b.morph)
            right["lemma"] += a.lemma_ == b.lemma_
        gold_bounds, found_bounds = _bounds(gold), _bounds(found)
        hits += len(gold_bounds & found_bounds)
        gold_sents += len(gold_bounds)
        predicted_sents += len(found_bounds)
    scores: Scores = {name: count / words for name, count in sorted(right.items())}
    scores["sentence_f1"] = f1(hits, predicted_sents, gold_sents)
    scores["words"] = words
    return scores


def raw_text_scores(nlp: Language, docs: Sequence[Doc]) -> Scores:
    """Return token and sentence F1 of raw text, by character offsets."""
    counts: Counter[str] = Counter()
    for gold, found in zip(docs, nlp.pipe(doc.text for doc in docs), strict=True):
        for name, a, b in (
            ("token", _offsets(gold), _offsets(found)),
            (
                "sentence",
                _bounds(gold),
                _bounds(found),
            ),
        ):
            counts[f"{name}_hits"] += len(a & b)
            counts[f"{name}_gold"] += len(a)
            counts[f"{name}_found"] += len(b)
    return {
        f"{name}_f1": f1(counts[f"{name}_hits"], counts[f"{name}_found"], counts[f"{name}_gold"])
        for name in ("token", "sentence")
    }


def _bounds(doc: Doc) -> set[tuple[int, int]]:
    """Return first and last character of the sentences, white space aside."""
    bounds = set()
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            bounds.add((words[0].idx, words[-1].idx + len(words[-1])))
    return bounds


def _offsets(doc: Doc) -> set[tuple[int, int]]:
    return {(t.idx, t.idx + len(t)) for t in doc if not t.is_space}


def name_scores(nlp: Language, docs: Sequence[Doc], labels: Iterable[str]) -> Scores:
    """Return precision, recall and F1 of whole names by label and over all labels.

    Where `labels` do not tell kinds of places apart, all that are found count as LOC.
    """
    wanted = sorted(labels)
    places = {} if "GPE" in wanted else {"GPE": "LOC", "FAC": "LOC"}
    hits: Counter[str] = Counter()
    gold_count: Counter[str] = Counter()
    found_count: Counter[str] = Counter()
    for gold, found in zip(docs, on_gold_tokens(nlp, docs), strict=True):
        a = {(e.start, e.end, e.label_) for e in gold.ents if e.label_ in wanted}
        named = ((e.start, e.end, places.get(e.label_, e.label_)) for e in found.ents)
        b = {name for name in named if name[2] in wanted}
        for counter, spans in ((hits, a & b), (gold_count, a), (found_count, b)):
            counter.update(label for _, _, label in spans)
    result: Scores = {}
    for label in [*wanted, "all"]:
        keys = wanted if label == "all" else [label]
        h, g, p = (sum(c[k] for k in keys) for c in (hits, gold_count, found_count))
        if g:
            result[label] = {
                "precision": h / p if p else 0.0,
                "recall": h / g,
                "f1": f1(h, p, g),
                "names": g,
            }
    return result


def words_per_second(nlp: Language, texts: Sequence[str]) -> float:
    """Return words per second of processor time on one thread, best of two runs."""
    best = 0.0
    for _ in range(2):
        start = time.process_time()
        words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
        best = max(best, words / (time.process_time() - start))
    return best


def evaluate(nlp: Language, data: Path, parts: Iterable[str] = ("dev", "test")) -> Scores:
    """Return all scores of a pipeline on the converted corpora."""
    scores: Scores = {"syntax": {}, "raw_text": {}, "names": {}, "genres": {}}
    for part in parts:
        for corpus in ("ewt", "ewt_joined", "gum"):
            path = data / f"{corpus}-{part}.spacy"
            if path.exists():
                docs = load(path, nlp)
                scores["syntax"][f"{corpus}-{part}"] = syntax_scores(nlp, docs)
                scores["raw_text"][f"{corpus}-{part}"] = raw_text_scores(nlp, docs)
            genres = data / f"{corpus}-{part}.genres.json"
            if genres.exists():
                kinds = json.loads(genres.read_text(encoding="utf-8"))
                for kind in sorted(set(kinds)):
                    some = [doc for doc, its in zip(docs, kinds, strict=True) if its == kind]
                    scores["genres"][f"{corpus}-{part}-{kind}"] = syntax_scores(nlp, some)
        for path in sorted(data.glob(f"names-*-{part}.spacy")):
            docs = load(path, nlp)
            key = path.stem.removeprefix("names-")
            labels = {e.label_ for doc in docs for e in doc.ents}
            scores["names"][key] = name_scores(nlp, docs, labels)
    return scores


def speed(nlp: Language, data: Path) -> float:
    """Return words per second of a pipeline on the development texts."""
    texts = [doc.text for name in ("ewt", "gum") for doc in load(data / f"{name}-dev.spacy", nlp)]
    return words_per_second(nlp, texts)
