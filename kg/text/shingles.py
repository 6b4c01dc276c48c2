"""Finds near-duplicate texts by shingles, without comparing all pairs of texts.

A shingle is a run of five words; a text is represented by the set of hashes of its shingles
(Broder, "On the resemblance and containment of documents", 1997). The sixteen smallest hashes are
its sketch. The share of hashes common to two sketches estimates the share of text common to the two
texts, so only texts with similar sketches are compared in full.

The numbers below were checked on ten articles, each edited in five ways (cut, words lost or added,
upper case): all 50 copies are found, and no false one.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

WORDS = 5
SKETCH = 16
MEETING = 2
"""Hashes that two sketches must share before the texts are compared; fewer for shorter texts."""

CONTAINED = 0.6
"""Share of the shorter text's shingles that must be in the longer one for a near-duplicate."""

_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[str]:
    """Return the hashes of all runs of five words, ignoring case and punctuation."""
    words = _WORD.findall(text.casefold())
    runs = {"\x1f".join(words[n : n + WORDS]) for n in range(len(words) - WORDS + 1)}
    return frozenset(map(_hash, runs))


def _hash(run: str) -> str:
    return hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def sketch(found: Iterable[str]) -> tuple[str, ...]:
    """Return the sixteen smallest hashes, in order."""
    return tuple(sorted(found)[:SKETCH])


def likely(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two texts may be near-duplicates, judged by their sketches.

    A sketch has all hashes of its text up to its greatest one. So the sketches are comparable up to
    the smaller of their two greatest hashes. As they are small samples, they need to share only
    half of `CONTAINED`.
    """
    top = min((s[-1] for s in (one, other) if len(s) == SKETCH), default="~")
    first, second = (s[: bisect_right(s, top)] for s in (one, other))
    least, common = min(len(first), len(second)), len(set(first) & set(second))
    return common >= max(min(MEETING, least), CONTAINED / 2 * least) and least > 0


def near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether at least `CONTAINED` of the shorter text's shingles are in the longer one."""
    least = min(len(one), len(other))
    return least > 0 and len(one & other) >= CONTAINED * least
