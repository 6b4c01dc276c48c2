"""Decoding of files: byte order marks, UTF-8, and older encodings of news archives."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from typing import BinaryIO, cast

from kg.errors import ArticleTooLongError, BinaryArticleError, EncodingError, MalformedArticleError

LONGEST = 20_000_000
"""Most bytes of one article; a longer file is something else. Chosen, not measured."""

DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error)
"""Exceptions that reading a damaged gzip file raises."""

_GZIP = b"\x1f\x8b"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is how it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_STARTS = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL_SHARE = 0.002  # share of control characters from which a file is binary; chosen
_FOREIGN_SHARE = 0.25  # share of bytes above 127 up to which a file may be Windows-1252; chosen
_SAVE_AS = "save it as UTF-8 text"


def unpacked(stream: BinaryIO) -> io.BufferedReader:
    """Return a stream of the uncompressed bytes; gzip is recognised by content, not by suffix."""
    buffered = _buffered(stream)
    if buffered.peek(2)[:2] == _GZIP:
        return _buffered(gzip.GzipFile(fileobj=buffered))
    return buffered


def _buffered(stream: object) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast("io.RawIOBase", stream))


def read_all(stream: io.BufferedReader, where: str) -> bytes:
    """Return all bytes of `stream`.

    Raises:
        ArticleTooLongError: there are more than `LONGEST`.
        MalformedArticleError: the compression is damaged.
    """
    try:
        data = stream.read(LONGEST + 1)
    except DAMAGE as error:
        raise damaged(where, error) from error
    if len(data) > LONGEST:
        raise too_long(where)
    return data


def damaged(where: str, error: Exception) -> MalformedArticleError:
    """Return the error for a gzip file that cannot be unpacked."""
    return MalformedArticleError(
        f"the compressed file is damaged: {error}", where=where, hint="pack it again"
    )


def too_long(where: str) -> ArticleTooLongError:
    """Return the error for an article of more than `LONGEST` bytes."""
    return ArticleTooLongError(
        f"the article has more than {LONGEST:,} bytes", where=where, hint="one file an article"
    )


def endless(where: str, most: int) -> ArticleTooLongError:
    """Return the error for a line of more than `most` bytes."""
    return ArticleTooLongError(
        f"the line does not end within {most:,} bytes; the rest is not read", where=where
    )


def unreadable(where: str, error: Exception) -> MalformedArticleError:
    """Return the error for a file at which a reader failed with an unexpected exception."""
    return MalformedArticleError(
        f"it cannot be read: {type(error).__name__}: {error}",
        where=where,
        hint="save it as plain text",
    )


def decode(data: bytes, where: str, declared: str = "") -> str:
    """Return `data` as text, with its line ends but without a byte order mark.

    Tried in this order: the encoding of a byte order mark, the encoding `declared` in the document,
    UTF-8. A file that is not UTF-8 is read as Windows-1252 if less than a quarter of its bytes are
    above 127, as browsers do (WHATWG Encoding); else charset-normalizer guesses.

    Args:
        data: content of the file.
        where: name of the file, for messages.
        declared: encoding that the document names itself; empty if it names none.

    Raises:
        BinaryArticleError: it is not text.
        EncodingError: no encoding fits, or the text is UTF-8 with damaged places.
    """
    if data.startswith(_BINARY_STARTS):
        raise _binary(where)
    text = _marked(data, where)
    if text is None:
        if b"\x00" in data:
            raise _binary(where)
        text = _declared(data, declared)
    if text is None:
        text = _unmarked(data, where)
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise _binary(where)
    return text


def _binary(where: str) -> BinaryArticleError:
    return BinaryArticleError(
        "the file is not text", where=where, hint="give text, Markdown, JSON lines or HTML"
    )


def _marked(data: bytes, where: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise EncodingError(
                    f"byte {error.start} does not belong in {encoding.upper()} text",
                    where=where,
                    hint=_SAVE_AS,
                ) from error
    return None


def _declared(data: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    western = encoding.lower() in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"}
    try:
        return data.decode("cp1252" if western else encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _unmarked(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        damage = error
    whole = sum(len(m) for m in _MULTIBYTE.findall(data))
    high = len(_HIGH.findall(data))
    if whole > high / 2:
        raise EncodingError(
            f"byte {damage.start} (0x{data[damage.start]:02x}) does not belong in UTF-8 text",
            where=where,
            hint=_SAVE_AS,
        )
    if high < _FOREIGN_SHARE * len(data):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    return _guessed(data, where)


def _guessed(data: bytes, where: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise EncodingError("no known encoding fits the file", where=where, hint=_SAVE_AS)
    return str(best)
