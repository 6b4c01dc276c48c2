"""Articles from files, folders, patterns and standard input.

    for article in read(["news/", "more.jsonl.gz"]):
        print(article.id, article.title)

The text of an article is what offsets refer to: for plain text and Markdown the file exactly as
decoded, front matter, header lines and line ends included (a byte order mark is no part of it);
for JSON lines the value of `text`; for HTML the main text that was extracted.
"""

from kg.sources.decoding import LONGEST
from kg.sources.finding import discover
from kg.sources.formats import Source
from kg.sources.reading import count, read

__all__ = ["LONGEST", "Source", "count", "discover", "read"]
