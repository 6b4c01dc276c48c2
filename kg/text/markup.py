"""Finds markup in text: Markdown, HTML tags and character references, wiki links and footnotes.

Saved articles keep markup of the page that they come from ("[Peru](https://...)", "**Peru**",
"Peru&rsquo;s", "Peru.[5]"). `edits` tells which characters to read as others, or not at all; the
text itself stays as it is, so that offsets stay right.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

Edit = tuple[int, int, str]
"""Start, end and replacement, which is empty for what is not to be read."""

_ANY = re.compile(r"[\[\]*_<&\\#>~`]|''|\A\s*(?:[-+•‣▪◦●]|\d{1,2}[.)])\s|^={2}", re.MULTILINE)
_HIDDEN = "\x00"  # in place of what is found, so that no other pattern finds it again
_TAGS = (
    "a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|figcaption|figure|font|h[1-6]|hr|i|img"
    "|ins|li|mark|nobr|ol|p|q|s|section|small|span|strike|strong|sub|sup|table|tbody|td|th|tr|tt|u"
    "|ul|wbr"
)
_URL = r"(?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
_TITLE = r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?"
_LABEL = r"(?:[^\[\]]|\[[^\[\]]*\])"
_DEFINITION = re.compile(
    r"^[ \t]{0,3}\[(?P<label>[^\]\n]+)\]:[ \t]*(?:<[^>\n]*>|\w+://\S*|/\S*)[^\n]*$", re.MULTILINE
)
# Patterns in order. The groups `g1`, `g2` are not read; without groups, the whole match is not.
_PATTERNS = tuple(
    re.compile(pattern, re.MULTILINE | re.IGNORECASE)
    for pattern in (
        r"<!--[\s\S]*?-->",
        r"<(ref|script|style)\b[^<>]*(?:/>|>[^<>]*</\1>)",
        r"<sup\b[^<>]*>\s*(?:<a\b[^<>]*>)?\s*\[?\d+\]?\s*(?:</a>)?\s*</sup>",
        r"\{\{[^{}]*\}\}",
        r"\[\[\w+:(?:[^\[\]]|\[\[[^\[\]]*\]\])*\]\]",
        rf"!\[[^\[\]]*\](?:\({_URL}{_TITLE}\)|\[[^\[\]]*\])",
        r"(?P<g1>\[\[(?:[^\[\]|]*\|)?)[^\[\]|]*(?P<g2>\]\])",
        rf"(?P<g1>\[)(?:{_LABEL})+(?P<g2>\]\({_URL}{_TITLE}\))",
        r"(?P<g1>\[(?:https?:)?//[^\s\[\]]*\s*)[^\[\]\n]*(?P<g2>\])",
        r"<(?:https?://|mailto:)[^<>\s]*>",
        r"\A\s*(?P<g1>\[\^?[\w-]{1,30}\]:)\s",
        r"(?P<g1>\[)(?!\d+\])[^\[\]\n]+(?P<g2>\]\[[^\[\]\n]*\])",
        # Footnotes: "Peru.[5]:23", "Peru.[citation needed]", "Peru [5]". "protest[s]" is none.
        r"(?<=[^\s\[(])\[(?:\d{1,3}(?:[,–-] ?\d{1,3})*|\^[\w-]{1,30})\]"
        r"(?::[\u2009\u200a\u2060]*\d+(?:[–-]\d+)?)?",
        r"(?<=[\w)])\[[^\[\]\n]{1,30}[ ?][^\[\]\n]{0,30}\](?!\w)",
        r"(?:(?<=[.,;:!?])|(?<=[.,;:!?][\"”’]))\[[^\[\]\n]{1,40}\](?!\w)",
        r"(?<=\w) \[\d{1,3}\](?=[\s.,;:!?]|\Z)",
        r"^[ \t]*(?:>[ \t]?)+",
        r"^[ \t]{0,3}#{1,6}[ \t]+",
        r"^(?P<g1>={2,6}[ \t]*)[^=\n]+?(?P<g2>[ \t]*={2,6}[ \t]*)$",
        r"\A\s*(?:[-*+•‣▪◦●]|\d{1,2}[.)])[ \t]+(?=\S)",
        r"(?<![\w*])(?P<g1>\*{1,3})(?=[^\s*])[^*]+?(?<=[^\s*])(?P<g2>(?P=g1))(?![\w*])",
        r"(?P<g1>\*{2,3})(?=[^\s*])[^*]+?(?<=[^\s*])(?P<g2>(?P=g1))",
        r"(?<!\w)(?P<g1>_{1,3})(?=[^\s_])[^_]+?(?<=[^\s_])(?P<g2>(?P=g1))(?!\w)",
        r"(?P<g1>~~)(?=[^\s~])[^~]+?(?<=[^\s~])(?P<g2>~~)",
        r"(?P<g1>'{5}|'{2,3})(?=[^\s'])(?:[^'\n]|'(?!'))+?(?<=[^\s',.!?])(?P<g2>(?P=g1))(?!')",
        r"(?P<g1>`{1,3})(?=[^\s`])[^`\n]+?(?<=[^\s`])(?P<g2>(?P=g1))",
        r"\\(?=[\\`*_{}\[\]()#+\-.!>~|\"'])",
    )
)
_TAG = re.compile(rf"</?(?P<name>{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|abbr|b|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strike"
                     r"|strong|sub|sup|tt|u|wbr)\b", re.IGNORECASE)  # fmt: skip
_REFERENCE = re.compile(r"&(?:amp;)?(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DOUBLED = re.compile(r"``|''")


def edits(text: str, start: int, end: int) -> list[Edit]:
    """Return what is to be read otherwise in a paragraph, in order and without overlap.

    Args:
        text: the whole text, which may define the links of the paragraph elsewhere.
        start: where the paragraph begins.
        end: where it ends.
    """
    part = text[start:end]
    if not _ANY.search(part):
        return []
    found: list[Edit] = []
    for pattern in _PATTERNS:
        part = _apply(pattern, part, found, lambda _: "")
    part = _apply(_defined(text), part, found, lambda _: "")
    part = _apply(_TAG, part, found, lambda tag: "" if _INLINE.match(tag) else " ")
    part = _apply(_REFERENCE, part, found, _character)
    _apply(_DOUBLED, part, found, lambda _: '"')
    return sorted((a + start, b + start, new) for a, b, new in found)


def is_definition(line: str) -> bool:
    """Return whether a line only says where a link leads: "[1]: https://..."."""
    return _DEFINITION.fullmatch(line) is not None


def _apply(
    pattern: re.Pattern[str], part: str, found: list[Edit], new: Callable[[str], str]
) -> str:
    """Add an edit for each match to `found`; return `part` with these characters hidden."""
    if not pattern.search(part):
        return part
    letters = list(part)
    for match in pattern.finditer(part):
        for a, b in _spans(match):
            # What an earlier pattern has hidden inside stays with its own edit.
            for first, last in _seen(part, a, b):
                found.append((first, last, new(match.group())))
                letters[first:last] = _HIDDEN * (last - first)
    return "".join(letters)


def _spans(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    groups = [name for name in match.re.groupindex if name in {"g1", "g2"}]
    yield from (match.span(name) for name in groups) if groups else (match.span(),)


def _seen(part: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between two offsets that no edit has hidden."""
    for run in re.finditer(f"[^{_HIDDEN}]+", part[start:end]):
        yield start + run.start(), start + run.end()


@lru_cache(maxsize=4)
def _defined(text: str) -> re.Pattern[str]:
    """Return a pattern for the links "[Peru]" whose targets the text tells in other lines."""
    labels = {match["label"] for match in _DEFINITION.finditer(text)} if "]:" in text else set()
    names = "|".join(sorted(map(re.escape, labels)))
    return re.compile(rf"(?P<g1>\[)(?:{names})(?P<g2>\])" if names else r"(?!)", re.IGNORECASE)


def _character(reference: str) -> str:
    return html.unescape(reference.replace("&amp;", "&", 1)) if reference != "&amp;" else "&"
