"""Articles from files, folders, patterns and standard input.

    for article in read(["news/", "more.jsonl.gz"]):
        print(article.id, article.title)

All offsets count characters of the article's text. For plain text and Markdown, that is the whole
decoded file, with front matter, header lines and line ends, but without a byte order mark; for JSON
Lines it is the value of `text`; for HTML the main text that trafilatura extracts.
"""

from kg.sources.decoding import LONGEST
from kg.sources.finding import discover
from kg.sources.formats import Source
from kg.sources.reading import count, read

__all__ = ["LONGEST", "Source", "count", "discover", "read"]
