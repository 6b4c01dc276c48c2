"""Name sentences as running text: joined, restyled and tokenised by the pipeline."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from training.names import NameSentence


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """Text with names as character offsets and labels."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def mark(sentence: NameSentence) -> MarkedText:
    """Return the sentence as text with the offsets of its names."""
    text = ""
    starts: list[int] = []
    ends: list[int] = []
    for word, space in zip(sentence.words, sentence.spaces, strict=True):
        starts.append(len(text))
        text += word
        ends.append(len(text))
        text += " " * space
    spans = tuple((starts[s.start], ends[s.end - 1], s.label) for s in sentence.spans)
    return MarkedText(text=text.rstrip(), spans=spans)


def join(parts: Sequence[MarkedText], separators: Sequence[str]) -> MarkedText:
    """Return the parts as one text; `separators` stand after each part but the last."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    for part, separator in zip(parts, [*separators, ""], strict=True):
        spans.extend((s + len(text), e + len(text), label) for s, e, label in part.spans)
        text += part.text + separator
    return MarkedText(text=text, spans=tuple(spans))


def curly_text(text: str) -> str:
    """Return the text with typographic quotes; no offset changes."""
    result: list[str] = []
    for index, char in enumerate(text):
        opening = index == 0 or text[index - 1] in " \n([—"
        if char == '"':
            result.append("“" if opening else "”")
        elif char == "'":
            result.append("‘" if opening else "’")
        else:
            result.append(char)
    return "".join(result)


def restyle_text(marked: MarkedText, rng: random.Random) -> MarkedText:
    """Return the text in some house style or, rarely, in another case; offsets hold."""
    text = marked.text
    if rng.random() < 0.5:
        text = curly_text(text)
    case = rng.random()
    if case < 0.03:
        text = text.lower()
    elif case < 0.08:
        text = text.upper()
    if len(text) != len(marked.text):
        return marked
    return MarkedText(text=text, spans=marked.spans)


def to_doc(nlp: Language, marked: MarkedText) -> Doc:
    """Return the text as a document of the pipeline's own tokens with the names set."""
    doc = nlp.make_doc(marked.text)
    spans = [
        doc.char_span(start, end, label=label, alignment_mode="expand")
        for start, end, label in marked.spans
    ]
    doc.set_ents(filter_spans([span for span in spans if span is not None]))
    return doc


def passages(
    sentences: Iterable[NameSentence], rng: random.Random, *, restyled: bool
) -> Iterator[MarkedText]:
    """Yield passages of up to twelve sentences of one group, as running text."""
    run: list[MarkedText] = []
    group = ""
    size = rng.randint(1, 12)

    def close() -> MarkedText:
        gaps = [rng.choices([" ", "\n\n", "\n"], [85, 10, 5])[0] for _ in run[1:]]
        return join([restyle_text(part, rng) if restyled else part for part in run], gaps)

    for sentence in sentences:
        if run and (sentence.group != group or len(run) >= size):
            yield close()
            run, size = [], rng.randint(1, 12)
        group = sentence.group
        run.append(mark(sentence))
    if run:
        yield close()
