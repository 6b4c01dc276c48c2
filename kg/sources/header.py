"""Parses the header of a saved article and finds the offset where its body begins.

Saved articles often begin with a few lines for section, headline, byline, outlet, URL, date and
captions. Each line is classified by its form, up to the first line that looks like prose. The text
itself is never cut, so offsets stay those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kg.sources import dates
from kg.text.wrapping import Line, lines

# Chosen while reading headers of saved articles, not measured, like the numbers in the functions.
_LONGEST_TITLE = 240  # characters of a header line; a longer one is prose
_LONGEST_OUTLET = 60  # characters of an outlet's name
_MOST_LINES = 12  # lines of a header
_LONGEST_VALUE = 100  # characters after a label such as "Source:"
_MOST_PREAMBLE = 8  # lines between header and body: datelines, bylines, captions
_NEAR = 3  # lines below a standfirst in which a date must follow

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
    """The fields read from a header.

    Attributes:
        title, outlet, byline, url: text of the header; empty if there is none.
        published: EDTF date; empty if there is none.
        body: offset where the article's body begins.
        seen: the lines read so far, to recognise repeated ones.
    """

    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    published: str = ""
    body: int = 0
    seen: set[str] = field(default_factory=set)

    def learn(self, name: str, value: str) -> None:
        """Set a field, unless it has a value already."""
        if hasattr(self, name) and not getattr(self, name):
            setattr(self, name, value)


def _lines(text: str, start: int) -> Iterator[Line]:
    """Yield the lines, those of a hard-wrapped title or sentence as one."""
    return lines(text, start, apart=_apart)


def _apart(line: str) -> bool:
    return bool(_BYLINE.fullmatch(line) or _LABEL.fullmatch(line)) and len(line.split()) <= 8


def parse(text: str, is_outlet: Callable[[str], bool] = lambda name: False) -> Header:
    """Return the header of an article.

    The header ends at the first empty line or the first line that looks like prose. Captions,
    datelines and bylines on lines of their own after it do not belong to the body either. A text
    that begins with prose has an empty header, and its body begins at 0.

    Args:
        text: the whole text.
        is_outlet: returns whether a name is a known outlet; decides which of two lines without a
            label is the headline and which the outlet.
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
    """Return the offset of the first line of prose at or after `header.body`.

    Skips datelines, bylines, captions and repeated header lines, and fills empty fields of the
    header from them. If the text has nothing else, `header.body` is returned.
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
    """Return whether `line` has the form of a header line, and fill the header's field from it."""
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
    """Fill outlet and URL from "Outlet, https://..."; return False for prose that has a URL."""
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
    """Return whether `line` is too long for a header, or a sentence of more than six words."""
    words = len(line.split())
    ends = _SENTENCE_END.search(line)
    return len(line) > _LONGEST_TITLE or bool(ends and ends[0][0] in ".…" and words > 6)


def _is_standfirst(text: str, line: Line) -> bool:
    """Return whether `line`, a sentence below the headline, is followed by a date within `_NEAR`.

    Such a sentence is a standfirst and belongs to the header.
    """
    for count, below in enumerate(_lines(text, line.end), 1):
        if not below.text or count > _NEAR:
            return False
        if dates.is_line(below.text):
            return True
    return False


def _name(header: Header, free: list[str], is_outlet: Callable[[str], bool]) -> None:
    """Fill headline and outlet from `free`, the header lines that no form identified."""
    if len(free) > 1 and is_outlet(free[0]) and not is_outlet(free[1]):
        free[0], free[1] = free[1], free[0]
    if free:
        header.learn("title", free[0])
    for line in free[1:]:
        if len(line) <= _LONGEST_OUTLET and not _SENTENCE_END.search(line):
            header.learn("outlet", line.rstrip(" ,;"))
            break
