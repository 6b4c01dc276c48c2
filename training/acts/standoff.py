"""Annotations that stand apart from their texts.

`training/annotations/ID.json` has what a careful reader found in an open article of the corpora,
without its text: offsets into the text, and a digest that tells whether the text is the one that
was read. Together they give what `training.acts.annotations` reads: a text beside a YAML file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "annotations"
RAW = ("wikinews.jsonl.gz", "whitehouse.jsonl.gz")


def document(row: Mapping[str, str]) -> str:
    """Return an article of the corpora as one text: title, source, date, empty line, body."""
    body = row["text"].replace("\r\n", "\n").strip()
    return f"{row['title']}\n{row['outlet']}, {row['url']}\n{row['published']}\n\n{body}\n"


def digest(text: str) -> str:
    """Return the digest of a text by which an annotation knows it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def detached(name: str, text: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return an annotation (the content of a YAML file) with offsets in place of its strings.

    A mention or quote becomes `[start, end]`. An entity's name that is a mention becomes its
    number among them.
    """
    body = text.index("\n\n") + 2
    entities = []
    for entity in content["entities"] or []:
        strings = list(dict.fromkeys([entity["name"], *entity["mentions"]]))
        spans = [_span(text, string, body) for string in strings]
        entities.append(
            {
                "id": entity["id"],
                "type": entity["type"],
                "mentions": [span for span in spans if span],
                "positions": [
                    {"title": span, **({"of": p["of"]} if p.get("of") else {})}
                    for p in entity.get("positions") or []
                    if (span := _span(text, p["title"], body))
                ],
            }
        )
    statements = []
    for told in content["statements"] or []:
        start, end = _span(text, told["quote"], body)
        fields = {k: v for k, v in told.items() if k not in {"quote", "trigger"} and v}
        if word := told.get("trigger"):
            at = told["quote"].find(str(word))
            fields["trigger"] = [start + at, start + at + len(str(word))]
        statements.append(fields | {"quote": [start, end]})
    return {
        "id": name,
        "digest": digest(text),
        "entities": [e for e in entities if e["mentions"]],
        "statements": statements,
    }


def _span(text: str, string: str, body: int) -> list[int]:
    start = text.find(string, body)
    start = start if start >= 0 else text.find(string)
    return [start, start + len(string)] if start >= 0 else []


def attached(annotation: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """Return an annotation with the strings of its text, as in a YAML file.

    Raises:
        ValueError: the text is another one than the one that was annotated.
    """
    text = document(row)
    if digest(text) != annotation["digest"]:
        raise ValueError(f"{annotation['id']}: the text is not the one that was annotated")

    def string(span: list[int]) -> str:
        return text[slice(*span)]

    entities = [
        {
            **entity,
            "name": string(entity["mentions"][0]),
            "mentions": [string(span) for span in entity["mentions"]],
            "positions": [p | {"title": string(p["title"])} for p in entity["positions"]],
        }
        for entity in annotation["entities"]
    ]
    statements = [
        told | {key: string(told[key]) for key in ("quote", "trigger") if key in told}
        for told in annotation["statements"]
    ]
    about = {"id": annotation["id"], "title": row["title"], "published": row["published"]}
    return {"article": about, "entities": entities, "statements": statements}


def written(corpora: Path, target: Path) -> Iterator[Path]:
    """Write the annotations with their texts to a folder; yield the YAML files."""
    rows = {}
    for name in RAW:
        with gzip.open(corpora / "raw" / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                rows[digest(document(row))] = row
    folder = target / "annotations"
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(FOLDER.glob("*.json")):
        annotation = json.loads(path.read_text(encoding="utf-8"))
        row = rows[annotation["digest"]]
        made = folder / f"{annotation['id']}.yaml"
        made.with_suffix(".txt").write_text(document(row), encoding="utf-8")
        content = attached(annotation, row)
        made.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        yield made
