"""Names in annotated articles: the entities of an article found again in its text.

An article is `NAME.txt` (title, source, date, an empty line, body) beside `NAME.yaml`, whose
entities list the names that the text uses for them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from spacy.language import Language

from training.harmonise import EVENT_WORDS, NameSpan, harmonise
from training.names import Known, NameSentence

LABELS = {
    "Country": "LOC", "Place": "LOC", "Official": "PER", "Analyst": "PER", "Person": "PER",
    "GovernmentBody": "ORG", "IntergovernmentalOrganization": "ORG", "MediaOutlet": "ORG",
    "Organization": "ORG", "ArmedGroup": "ORG", "Event": "EVENT",
}  # fmt: skip
_LONGEST = 150  # words of one sentence of names; a longer paragraph is cut


def held_out(name: str) -> bool:
    """Return whether an article is one of the fifth that nothing is learnt from."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 == 0


def read_articles(
    folder: Path, nlp: Language, known: Known, *, held: bool
) -> Iterator[NameSentence]:
    """Yield the paragraphs of the articles that are held out, or of the others."""
    for path in sorted(folder.glob("*.yaml")):
        if held_out(path.stem) == held:
            facts = yaml.safe_load(path.read_text(encoding="utf-8"))
            body = path.with_suffix(".txt").read_text(encoding="utf-8").partition("\n\n")[2]
            names = _names(facts)
            for paragraph in body.split("\n"):
                yield from _sentences(path.stem, " ".join(paragraph.split()), names, nlp, known)


def _names(facts: dict[str, Any]) -> dict[str, str]:
    """Return label by name; a name of two entities keeps the first."""
    found: dict[str, str] = {}
    for entity in facts.get("entities") or []:
        label = LABELS.get(entity.get("type", ""))
        for text in [entity.get("name"), *(entity.get("mentions") or [])]:
            name = " ".join(str(text or "").split())
            if label and _is_name(name, label):
                found.setdefault(name, label)
    return found


def _is_name(text: str, label: str) -> bool:
    words = text.split()
    proper = bool(words) and words[-1][:1].isupper()
    if label == "EVENT":
        return proper and len(words) > 1 and bool({w.lower() for w in words} & EVENT_WORDS)
    return proper


def _sentences(
    group: str, text: str, names: dict[str, str], nlp: Language, known: Known
) -> Iterator[NameSentence]:
    doc = nlp.make_doc(text)
    spans: list[NameSpan] = []
    taken: set[int] = set()
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            span = doc.char_span(match.start(), match.end())
            if span is not None and not taken & set(range(span.start, span.end)):
                taken |= set(range(span.start, span.end))
                spans.append(NameSpan(start=span.start, end=span.end, label=names[name]))
    for first in range(0, len(doc), _LONGEST):
        part = doc[first : first + _LONGEST]
        words = [token.text for token in part]
        inside = [
            NameSpan(start=s.start - first, end=s.end - first, label=s.label)
            for s in spans
            if first <= s.start and s.end <= first + len(part)
        ]
        yield NameSentence(
            group=group,
            words=tuple(words),
            spaces=tuple(bool(token.whitespace_) for token in part),
            spans=tuple(harmonise(words, inside, known)),
        )
