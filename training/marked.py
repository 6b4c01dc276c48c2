"""Texts with marked names: restyled, and tokenised by the pipeline."""

from __future__ import annotations

import random
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedText:
    """Text with names as character offsets and labels."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


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
