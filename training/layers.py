"""Names beside syntax: the name layers of the treebanks, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence

from training.conllu import Sentence
from training.names import NameSentence

Marks = dict[str, list[str]]  # BIO tags by sentence identifier


def bio(sentence: NameSentence) -> list[str]:
    """Return the names of a sentence as BIO tags."""
    marks = ["O"] * len(sentence.words)
    for span in sentence.spans:
        marks[span.start] = f"B-{span.label}"
        marks[span.start + 1 : span.end] = [f"I-{span.label}"] * (span.end - span.start - 1)
    return marks


def marks_of(sentences: Sequence[Sentence], names: Sequence[NameSentence]) -> Marks:
    """Return the name tags of a treebank's sentences; both are in the same order.

    Sentences that the layer of names leaves out are missing.

    Raises:
        ValueError: the names are of other sentences.
    """
    found: Marks = {}
    at = 0
    for sentence in sentences:
        words = tuple(word.form for word in sentence.words)
        if at < len(names) and names[at].words == words:
            found[sentence.sent_id] = bio(names[at])
            at += 1
    if at != len(names):
        raise ValueError(f"names do not follow the treebank from {names[at].words[:8]} on")
    return found
