"""Readers of the name corpora: each gives sentences of words with harmonised names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.conllu import Sentence, Word
from training.conllu import read as read_conllu
from training.harmonise import NameSpan, harmonise, label_misc

Known = frozenset[tuple[str, ...]]

_CROSSNER = {
    "politician": "PER",
    "person": "PER",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "country": "LOC",
    "location": "LOC",
    "election": "EVENT",
    "event": "EVENT",
}
_PLAIN = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
_GUM = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"}
_NO_SPACE_BEFORE = frozenset(". , ; : ! ? ) ] } % 's n't 'll 're 've 'd 'm ’s ’ ' ...".split())
_NO_SPACE_AFTER = frozenset("( [ { $ £ € #".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSentence:
    """A sentence with names; `spaces` tells which words are followed by a space."""

    group: str
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    spans: tuple[NameSpan, ...]


def spacing(words: Sequence[str]) -> tuple[bool, ...]:
    """Return likely spacing for words whose text is lost, as an editor would set them."""
    result: list[bool] = []
    open_quote = False
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else ""
        space = following not in _NO_SPACE_BEFORE and word not in _NO_SPACE_AFTER
        if word in {'"', "``", "“"} and not open_quote:
            open_quote, space = True, False
        elif word in {'"', "''", "”"}:
            open_quote = False
        if following in {'"', "''", "”"} and open_quote:
            space = False
        result.append(space)
    return tuple(result)


def _from_tags(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield spans of IOB1, IOB2 or bare inside tags."""
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        mark, _, name = tag.partition("-")
        if label and (mark in {"O", "B"} or name != label):
            yield start, index, label
            label = ""
        if not label and mark in {"B", "I"} and name:
            start, label = index, name


def _sentence(
    group: str,
    words: Sequence[str],
    spaces: Sequence[bool],
    spans: list[NameSpan],
    known: Known,
) -> NameSentence:
    return NameSentence(
        group=group,
        words=tuple(words),
        spaces=tuple(spaces),
        spans=tuple(harmonise(words, spans, known)),
    )


def _labelled(
    words: Sequence[str], tags: Sequence[str], names: dict[str, str], known: Known
) -> list[NameSpan]:
    spans = []
    for start, end, label in _from_tags(tags):
        wanted = names.get(label) or label_misc(words[start:end], known)
        if wanted:
            spans.append(NameSpan(start=start, end=end, label=wanted))
    return spans


def _blocks(path: Path) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split()
        if cells:
            block.append(cells)
        elif block:
            yield block
            block = []
    if block:
        yield block


def read_columns(path: Path, known: Known, *, crossner: bool) -> Iterator[NameSentence]:
    """Yield sentences of a two-column file: CrossNER (IOB2) or Wikigold (bare inside tags)."""
    for number, block in enumerate(_blocks(path)):
        if block[0][0] == "-DOCSTART-":
            continue
        words = [cells[0] for cells in block]
        tags = [cells[-1] for cells in block]
        spans = _labelled(words, tags, _CROSSNER if crossner else _PLAIN, known)
        group = f"{path.stem}-{number // 8}"
        yield _sentence(group, words, spacing(words), spans, known)


def read_uner(treebank: Path, layer: Path, known: Known) -> Iterator[NameSentence]:
    """Yield EWT sentences with UNER names; sentences whose words differ are left out."""
    tags: dict[str, list[tuple[str, str]]] = {}
    current: list[tuple[str, str]] = []
    for line in layer.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id"):
            current = tags.setdefault(line.partition("=")[2].strip(), [])
        elif line[:1].isdigit():
            cells = line.split("\t")
            current.append((cells[1], cells[2]))
    for sentence in read_conllu(treebank):
        rows = tags.get(sentence.sent_id, [])
        if len(rows) != len(sentence.words):
            continue
        words = [word.form for word in sentence.words]
        spans = _labelled(words, [tag for _, tag in rows], _PLAIN, known)
        spaces = [word.space for word in sentence.words]
        yield _sentence(sentence.document, words, spaces, spans, known)


def read_uner_as_is(layer: Path) -> Iterator[NameSentence]:
    """Yield UNER sentences with PER, ORG and LOC just as annotated, for scoring."""
    text, group = "", ""
    words: list[str] = []
    tags: list[str] = []
    for line in [*layer.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newdoc id"):
            group = line.partition("=")[2].strip()
        elif line.startswith("# text"):
            text = line.partition("=")[2].strip()
        elif line[:1].isdigit():
            cells = line.split("\t")
            words.append(cells[1])
            tags.append(cells[2])
        elif words and not line:
            spans = [
                NameSpan(start=start, end=end, label=label)
                for start, end, label in _from_tags(tags)
                if label in _PLAIN
            ]
            yield NameSentence(
                group=group,
                words=tuple(words),
                spaces=_spaces_in(words, text),
                spans=tuple(spans),
            )
            words, tags = [], []


def _spaces_in(words: Sequence[str], text: str) -> tuple[bool, ...]:
    """Return which words are followed by a space in the text they were cut from."""
    at = 0
    result: list[bool] = []
    for word in words:
        found = text.find(word, at)
        if found >= 0:
            at = found + len(word)
        result.append(found < 0 or text[at : at + 1].isspace())
    return tuple(result)


def read_redocred(path: Path, known: Known) -> Iterator[NameSentence]:
    """Yield the sentences of Re-DocRED documents; other names than ours are left out."""
    for number, document in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        found: dict[int, list[NameSpan]] = {}
        for mention in (m for vertex in document["vertexSet"] for m in vertex):
            start, end = mention["pos"]
            words = document["sents"][mention["sent_id"]][start:end]
            label = _PLAIN.get(mention["type"], "")
            if mention["type"] == "MISC":
                label = label_misc(words, known)
            if label and words:
                span = NameSpan(start=start, end=end, label=label)
                found.setdefault(mention["sent_id"], []).append(span)
        for index, raw in enumerate(document["sents"]):
            words = [word.replace("\xa0", "") or "-" for word in raw]
            group = f"{path.stem}-{number}"
            yield _sentence(group, words, spacing(words), found.get(index, []), known)


_ENTITY = re.compile(r"\([^()]*\)?|[^()]+\)")


def gum_entities(words: Sequence[Word]) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, type and Wikipedia identity of GUM's nested entities."""
    stack: list[tuple[str, int, list[str]]] = []
    for index, word in enumerate(words):
        field = next((p for p in word.misc.split("|") if p.startswith("Entity=")), "")
        for part in _ENTITY.findall(field[len("Entity=") :]):
            if part.startswith("("):
                fields = part.strip("()").split("-", 7)
                stack.append((fields[0], index, fields))
            number = part.strip("()").split("-")[0]
            if part.endswith(")"):
                at = next((i for i in reversed(range(len(stack))) if stack[i][0] == number), None)
                if at is not None:
                    _, start, fields = stack.pop(at)
                    identity = fields[7] if len(fields) > 7 else ""
                    yield start, index + 1, fields[1], identity


def phrase_kinds(sentences: Sequence[Sentence]) -> dict[str, list[str]]:
    """Return what the noun phrase that each word heads stands for, by sentence identifier.

    The types are GUM's (person, organization, event, abstract ...), `O` where a word heads no
    phrase. `sentences` are one document; where phrases share a head, the longest decides.
    """
    flow = [word for sentence in sentences for word in sentence.words]
    heads: list[int] = []
    for sentence in sentences:
        offset = len(heads)
        heads += [offset + word.head - 1 if word.head else -1 for word in sentence.words]
    kinds = ["O"] * len(flow)
    for start, end, kind, _ in sorted(gum_entities(flow), key=lambda e: e[1] - e[0]):
        head = next((i for i in range(start, end) if not start <= heads[i] < end), None)
        if head is not None:
            kinds[head] = kind
    found: dict[str, list[str]] = {}
    at = 0
    for sentence in sentences:
        found[sentence.sent_id] = kinds[at : at + len(sentence.words)]
        at += len(sentence.words)
    return found


def cut_to_name(
    words: Sequence[Word], heads: Sequence[int], start: int, end: int, *, joined: bool = True
) -> slice | None:
    """Return the proper name at the head of a noun phrase, or None if its head is common.

    The name is the head with its flat and compound parts, proper adjectives, "of" phrases of
    proper nouns and, if `joined`, coordinated proper modifiers; descriptions, relative clauses,
    appositions and determiners stay outside.
    """
    inside = range(start, end)
    head = next((i for i in inside if heads[i] not in inside), None)
    if head is None or words[head].xpos not in {"NNP", "NNPS"}:
        return None
    inner = {"flat", "compound", "amod", "nmod", "case", "punct", "nummod", "conj", "cc", "det"}
    proper = {"NNP", "NNPS", "CD", "HYPH"}
    if not joined:
        inner -= {"conj", "cc"}
    small = {"of", "for", "and", "&", "the", "-", "–", "on", "in", "de", "'s", "'", "’s"}

    def belongs(index: int) -> bool:
        word = words[index]
        kind = word.deprel.split(":")[0]
        if word.deprel in {"nmod:desc", "nmod:poss", "appos"} or kind not in inner:
            return False
        return word.xpos in proper or word.form.lower() in small

    left = right = head
    while left - 1 >= start and belongs(left - 1):
        left -= 1
    while right + 1 < end and belongs(right + 1):
        right += 1
    while right > head and words[right].form.lower() in small:
        right -= 1
    while left < head and words[left].form.lower() in small:
        left += 1
    return slice(left, right + 1)


def _gum_spans(
    sentence: Sentence, offset: int, entities: list[tuple[int, int, str, str]]
) -> list[NameSpan]:
    words = sentence.words
    heads = [word.head - 1 for word in words]
    spans = []
    for start, end, kind, _ in entities:
        label = _GUM.get(kind)
        first, last = start - offset, end - offset
        if label is None or first < 0 or last > len(words):
            continue
        cut = cut_to_name(words, heads, first, last, joined=label == "ORG")
        if cut is not None and label == "EVENT":
            text = {word.form.lower() for word in words[cut]}
            label = "EVENT" if len(text) > 1 else ""
        if cut is not None and label:
            spans.append(NameSpan(start=cut.start, end=cut.stop, label=label))
    return spans


def read_gum(path: Path, known: Known, places: frozenset[str]) -> Iterator[NameSentence]:
    """Yield GUM sentences; an organisation named like a country is that country."""
    documents: dict[str, list[Sentence]] = {}
    for sentence in read_conllu(path):
        documents.setdefault(sentence.document, []).append(sentence)
    for name, sentences in documents.items():
        flow = [word for sentence in sentences for word in sentence.words]
        entities = sorted(gum_entities(flow))
        offset = 0
        for sentence in sentences:
            words = [word.form for word in sentence.words]
            spans = []
            for span in _gum_spans(sentence, offset, entities):
                text = " ".join(words[span.start : span.end])
                place = span.label == "ORG" and text in places
                label = "LOC" if place else span.label
                spans.append(NameSpan(start=span.start, end=span.end, label=label))
            offset += len(words)
            spaces = [word.space for word in sentence.words]
            yield _sentence(name, words, spaces, spans, known)


def country_names(factbook: Path) -> frozenset[str]:
    """Return the usual names of countries."""
    names = {"U.S.", "US", "USA", "UK", "U.K.", "America", "Britain", "England", "Scotland"}
    for country in json.loads(factbook.read_text(encoding="utf-8")).values():
        name = country.get("name") or {}
        for key in ("conventional short form", "conventional long form"):
            names.add(str(name.get(key, "")))
    return frozenset(names - {"", "none", "NA"})
