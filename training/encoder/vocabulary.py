"""The words of which a lemma may be made: those that open texts and treebanks use.

A rule may cut too much or too little of a word that was never seen ("invad", "claime"); what it
makes is then no word of any text.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

from training import convert
from training.conllu import read

TWICE = 2  # times that a word must stand in the open news, so that few misspellings count
_WORD = re.compile(r"[a-z]+(?:[a-z-]*[a-z])?")


def known_words(corpora: Path) -> list[str]:
    """Return the lemmas of the treebanks and the lower-case words of the open news, sorted."""
    counts: Counter[str] = Counter()
    for name in ("wikinews", "whitehouse"):
        with gzip.open(corpora / "raw" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                words = re.findall(r"[^\W\d_][\w-]*", json.loads(line)["text"])
                counts.update(word for word in words if _WORD.fullmatch(word))
    found = {word for word, count in counts.items() if count >= TWICE}
    for path in convert.treebank_files(corpora, "train").values():
        for sentence in read(path):
            found |= {word.lemma for word in sentence.words if _WORD.fullmatch(word.lemma)}
    return sorted(found)
