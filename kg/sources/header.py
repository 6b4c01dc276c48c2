"""The lines above an article: what they say, and where the body begins.

Saved articles open with a few lines of their own: section, headline, byline, source, address,
date, captions. They are told apart line by line from their form; nothing above the first line
that reads like prose is lost on the offsets, for the text itself is never cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.sources import dates

_LONGEST_TITLE = 240
_LONGEST_OUTLET = 60
_MOST_LINES = 12
_LONGEST_VALUE = 100
_MOST_PREAMBLE = 8
_NEAR = 3

_URL = re.compile(r"https?://[^\s<>\"]+")
_LABELS = {
    "title": "title",
    "headline": "title",
    "source": "outlet",
    "outlet": "outlet",
    "publisher": "outlet",
    "publication": "outlet",
    "by": "byline",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "url": "url",
    "link": "url",
    "date": "published",
    "published": "published",
    "section": "section",
    "category": "section",
}
_TITLES = ("title", "headline")
_LABEL = re.compile(r"(" + "|".join(_LABELS) + r")\s*:\s*(\S.*)", re.IGNORECASE)
_BYLINE = re.compile(r"(?:[Bb]y|BY)\s+(?!the\b|THE\b)(?P<name>[^\W\d_a-z].{2,100}[^.!?])")
_CORRESPONDENT = re.compile(
    r"(?P<name>[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w.'’-]+){1,2}) in [^\W\d_a-z][\w '’-]{2,40}"
)
_RULE = re.compile(r"[-=*_~#\s]{3,}")
_CAPTION = re.compile(
    r"""^\(?(?:file\s+)?(?:photo|image|picture|photograph)s?(?:\s+taken)?(?:\s+on\b|\s+by\b|\s*:|\s+shows\b)
      | ^(?:a|an|in\s+this)\s+(?:file|handout|undated|pool)\s+(?:photo|image|picture|photograph)\b
      | ^in\s+this\s+(?:photo|image|picture)\b
      | \b(?:photo|image|picture|credit)\s*:\s*\S[^.]{0,60}$
      | \(\s*(?:file\s+)?(?:ap\s+|afp\s+|reuters\s+)?(?:photo|image|credit)\b[^()]*\)\.?$
      | /\s*(?:getty\s+images|afp|ap|reuters|epa|xinhua)\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_SECTION = re.compile(r"[A-Z][A-Z&.,' -]+(?:\s*[/|>»›]\s*[A-Z][A-Z&.,' -]+)*")
_TRAIL = re.compile(r"[\w&' -]+(?:\s*[>»›]\s*[\w&' -]+)+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_HEADING = re.compile(r"#{1,6}\s+|[*_]{1,2}(?=\S)")


@dataclass(slots=True, kw_only=True)
class Header:
    """What the lines above an article say; `body` is the offset where the article begins."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    published: str = ""
    body: int = 0
    seen: set[str] = field(default_factory=set)

    def learn(self, name: str, value: str) -> None:
        """Keep the first value given for a field."""
        if hasattr(self, name) and not getattr(self, name):
            setattr(self, name, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    start: int
    end: int
    text: str


def _lines(text: str, start: int) -> Iterator[_Line]:
    while start < len(text):
        stop = text.find("\n", start)
        end = len(text) if stop < 0 else stop + 1
        yield _Line(start=start, end=end, text=text[start:end].strip())
        start = end


def parse(text: str, is_outlet: Callable[[str], bool] = lambda name: False) -> Header:
    """Return what the lines above the article in `text` say.

    A header ends at its first empty line, or at the first line that reads like prose; captions,
    datelines and bylines that stand alone below it are passed over as well. A text that begins
    with prose has no header, and its body begins at 0.

    Args:
        text: the article as it was read.
        is_outlet: whether a name is a known outlet; helps where order does not tell.
    """
    header = Header()
    free: list[str] = []
    certain = False
    blank = False
    at = 0
    for count, line in enumerate(_lines(text, 0)):
        if not line.text:
            at = line.end
            if count == 0 or not (free or certain):
                continue
            blank = True
            break
        if count >= _MOST_LINES:
            break
        if _known(header, line.text, first=not (free or header.title)):
            certain = True
        elif _is_prose(line.text) and free and not certain and _is_standfirst(text, line):
            pass
        elif _is_prose(line.text) or len(free) >= 4:
            break
        else:
            free.append(_HEADING.sub("", line.text).rstrip("*_ ") if not free else line.text)
        header.seen.add(line.text)
        at = line.end
    if not (certain or (blank and free)) or not text[at:].strip():
        return Header(body=len(text) - len(text.lstrip()))
    _name(header, free, is_outlet)
    header.body = at
    header.body = skip_preamble(text, header)
    return header


def skip_preamble(text: str, header: Header) -> int:
    """Return where prose begins at or after `header.body`, learning what stands before it.

    Datelines, bylines, captions and repeated header lines are passed over; an article of nothing
    else keeps them as its body.
    """
    at = header.body
    passed = 0
    for line in _lines(text, header.body):
        heading = line.text.lstrip("# ").strip()
        if not line.text:
            at = line.end
            continue
        repeated = line.text in header.seen or (header.title and heading == header.title)
        if not repeated and not _known(header, line.text, first=False):
            return line.start
        header.seen.add(line.text)
        passed += 1
        if passed > _MOST_PREAMBLE:
            break
        at = line.end
    return at if text[at:].strip() else header.body


def _known(header: Header, line: str, *, first: bool) -> bool:
    """Return whether the form of `line` shows what it is, and learn from it."""
    label = _LABEL.fullmatch(line)
    if dates.is_line(line):
        header.learn("published", dates.edtf(line))
    elif _CAPTION.search(line):
        pass
    elif label and (label[1].lower() in _TITLES or not _is_long(label[2])):
        _labelled(header, _LABELS[label[1].lower()], label[2])
    elif url := _URL.search(line):
        return _source(header, line, url)
    elif byline := _BYLINE.fullmatch(line) or _CORRESPONDENT.fullmatch(line):
        if first or _SENTENCE_END.search(line) or len(line.split()) > 12:
            return False
        header.learn("byline", byline["name"])
    else:
        return _RULE.fullmatch(line) is not None or (first and _is_section(line))
    return True


def _is_long(value: str) -> bool:
    return len(value) > _LONGEST_VALUE or _SENTENCE_END.search(value) is not None


def _labelled(header: Header, name: str, value: str) -> None:
    if name == "published":
        value = dates.edtf(value)
    elif name == "outlet" and (url := _URL.search(value)):
        _source(header, value, url)
        return
    header.learn(name, value)


def _source(header: Header, line: str, url: re.Match[str]) -> bool:
    """Learn from "Outlet, https://..."; prose that happens to hold an address is no source."""
    before = line[: url.start()].strip(" ,;:|-–—(")
    if len(before) > _LONGEST_OUTLET or line[url.end() :].strip(" ).") != "":
        return False
    header.learn("url", url[0].rstrip(".,);"))
    if before and before.lower() not in _LABELS:
        header.learn("outlet", before)
    return True


def _is_section(line: str) -> bool:
    short = len(line) <= 40 and len(line.split()) <= 6
    return short and bool(
        (_SECTION.fullmatch(line) and (re.search(r"[/|>»›]", line) or len(line.split()) <= 2))
        or _TRAIL.fullmatch(line)
    )


def _is_prose(line: str) -> bool:
    """Return whether `line` is too long for a header line, or a sentence of some length."""
    words = len(line.split())
    ends = _SENTENCE_END.search(line)
    return len(line) > _LONGEST_TITLE or bool(ends and ends[0][0] in ".…" and words > 6)


def _is_standfirst(text: str, line: _Line) -> bool:
    """Return whether `line`, a sentence below a headline, has a dated line close below it."""
    for count, below in enumerate(_lines(text, line.end), 1):
        if not below.text or count > _NEAR:
            return False
        if dates.is_line(below.text):
            return True
    return False


def _name(header: Header, free: list[str], is_outlet: Callable[[str], bool]) -> None:
    """Take headline and outlet from the lines whose form did not show what they are."""
    if len(free) > 1 and is_outlet(free[0]) and not is_outlet(free[1]):
        free[0], free[1] = free[1], free[0]
    if free:
        header.learn("title", free[0])
    for line in free[1:]:
        if len(line) <= _LONGEST_OUTLET and not _SENTENCE_END.search(line):
            header.learn("outlet", line)
            break
