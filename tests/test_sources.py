"""Reading: formats, encodings, names, and every kind of bad input."""

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from kg import errors, sources
from kg.errors import KgError
from kg.records import Article

PROSE = "The minister of Freedonia met her neighbour on Monday. They spoke for an hour.\n"
FRONT = """\
---
title: "Talks: a beginning"
outlet: The Sample Courier
author: [Ada Example, Bo Sample]
date: 2024-03-09
url: https://courier.example/talks
---

"""
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="{charset}">
<title>Talks begin | The Sample Courier</title>
<meta property="og:title" content="Talks begin in Freedonia">
<meta property="og:site_name" content="The Sample Courier">
<meta property="article:published_time" content="2024-03-09T18:20:00+00:00">
<link rel="canonical" href="https://courier.example/talks"></head>
<body><nav><a href="/">Home</a><a href="/w">World</a></nav>
<article><h1>Talks begin in Freedonia</h1>
<p>The foreign minister of Freedonia met her colleague from Sylvania in São Paulo on Monday, and
the two spoke for more than an hour about the border that divides their countries.</p>
<p>“We are ready to talk again,” the minister said after the meeting. Observers in the capital
called the visit a first step, and expected little from a single meeting of this kind.</p>
<p>Both sides agreed to send experts to the border in spring, according to a short statement that
was handed out to the press in the evening.</p></article>
<footer>Subscribe to our newsletter. Copyright.</footer></body></html>"""


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one(path: Path) -> Article:
    (article,) = sources.read([path])
    return article


def failing(*paths: Path | str) -> tuple[list[Article], list[KgError]]:
    failed: list[KgError] = []
    return list(sources.read(paths, on_error=failed.append)), failed


def test_front_matter_is_read_and_kept_in_the_text(tmp_path: Path) -> None:
    article = one(write(tmp_path / "talks.md", FRONT + PROSE))
    assert article.id == "talks"
    assert article.text == FRONT + PROSE
    assert article.text[article.body :] == PROSE
    assert article.title == "Talks: a beginning"
    assert article.outlet == "The Sample Courier"
    assert article.byline == "Ada Example, Bo Sample"
    assert article.published == "2024-03-09"
    assert article.url == "https://courier.example/talks"


def test_front_matter_works_in_plain_text_and_with_windows_line_ends(tmp_path: Path) -> None:
    text = (FRONT + PROSE).replace("\n", "\r\n")
    article = one(write(tmp_path / "talks.txt", text))
    assert article.text == text
    assert article.text[article.body :] == PROSE.replace("\n", "\r\n")
    assert article.title == "Talks: a beginning"


def test_a_heading_that_repeats_the_title_is_no_body(tmp_path: Path) -> None:
    text = FRONT + "# Talks: a beginning\n\n" + PROSE
    article = one(write(tmp_path / "talks.md", text))
    assert article.text[article.body :] == PROSE


def test_a_month_in_front_matter_stays_a_month(tmp_path: Path) -> None:
    article = one(write(tmp_path / "a.md", f"---\ntitle: A\ndate: 2015-11\n---\n{PROSE}"))
    assert article.published == "2015-11"


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("---\ntitle: a: b: c\n---\n", "line 2"),
        ("---\n- a\n- b\n---\n", "list of fields"),
        ("---\ntitle: {a: b}\n---\n", "title is not text"),
        ("---\ntitle: A\n\n", "no end"),
        ("---\na: " + "[" * 3000 + "\n---\n", "YAML"),
    ],
)
def test_bad_front_matter(tmp_path: Path, front: str, says: str) -> None:
    path = write(tmp_path / "a.md", front + PROSE)
    with pytest.raises(errors.MalformedArticleError, match=says) as caught:
        one(path)
    assert str(path) in str(caught.value)


def test_json_lines(tmp_path: Path) -> None:
    record = {
        "id": "wire-7",
        "title": "Talks begin",
        "outlet": "The Sample Courier",
        "published": "2024-03-09T18:20:00Z",
        "url": "https://courier.example/talks",
        "text": "Saturday, March 9, 2024 \n\n" + PROSE,
    }
    lines = json.dumps(record) + "\n\n" + json.dumps({"text": PROSE}) + "\n"
    for path in (
        write(tmp_path / "wire.jsonl", lines),
        write(tmp_path / "wire.jsonl.gz", gzip.compress(lines.encode())),
    ):
        first, second = sources.read([path])
        assert first == Article(
            id="wire-7",
            text=str(record["text"]),
            title="Talks begin",
            outlet="The Sample Courier",
            published="2024-03-09",
            url="https://courier.example/talks",
            body=str(record["text"]).index(PROSE),
        )
        assert (second.id, second.text, second.body) == ("wire-3", PROSE, 0)


def test_a_broken_json_line_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good = json.dumps({"id": "good", "text": PROSE})
    lines = [
        '{"id": "broken", "text":',
        good,
        '["a"]',
        '{"id": "bare"}',
        '{"text": 7}',
        '{"text": "x", "title": {"a": 1}}',
        '{"a":' * 100_000,
    ]
    path = write(tmp_path / "wire.jsonl", "\n".join(lines))
    articles, failed = failing(path)
    assert [a.id for a in articles] == ["good"]
    assert [e.where for e in failed] == [f"{path}:{n}" for n in (1, 3, 4, 5, 6, 7)]
    assert {type(e) for e in failed} == {errors.MalformedArticleError, errors.EmptyArticleError}


def test_a_json_array_is_one_error(tmp_path: Path) -> None:
    _, failed = failing(write(tmp_path / "wire.jsonl", '[\n{"text": "a"},\n{"text": "b"}\n]'))
    assert [type(e) for e in failed] == [errors.MalformedArticleError]
    assert "one object a line" in str(failed[0])


def test_half_a_surrogate_pair_becomes_a_character_that_can_be_stored(tmp_path: Path) -> None:
    path = write(tmp_path / "wire.jsonl", '{"id": "a\\ud83d", "text": "He said \\ud83d so."}')
    article = one(path)
    assert article.text == "He said \ufffd so."
    article.id.encode()


def test_html_gives_main_text_title_outlet_date_and_address(tmp_path: Path) -> None:
    article = one(write(tmp_path / "talks.html", PAGE.format(charset="utf-8")))
    assert article.title == "Talks begin in Freedonia"
    assert article.outlet == "The Sample Courier"
    assert article.published == "2024-03-09"
    assert article.url == "https://courier.example/talks"
    assert "“We are ready to talk again,”" in article.text
    assert "newsletter" not in article.text
    assert article.text[article.body :].startswith("The foreign minister of Freedonia")


def test_html_without_a_date_gets_none(tmp_path: Path) -> None:
    page = PAGE.format(charset="utf-8")
    start = page.index('<meta property="article:published_time"')
    page = page[:start] + page[page.index("<link") :]
    page = page.replace("on Monday", "on Monday, years after the war of March 9, 2011")
    assert one(write(tmp_path / "talks.html", page)).published == ""


@pytest.mark.parametrize(
    ("charset", "codec"), [("windows-1252", "cp1252"), ("iso-8859-1", "cp1252")]
)
def test_html_in_the_encoding_it_declares(tmp_path: Path, charset: str, codec: str) -> None:
    path = write(tmp_path / "talks.html", PAGE.format(charset=charset).encode(codec))
    assert "São Paulo" in one(path).text
    assert "“We are ready" in one(path).text


def test_html_without_an_article(tmp_path: Path) -> None:
    for page in ("", "<html><body><nav>Home</nav></body></html>"):
        with pytest.raises(errors.EmptyArticleError):
            one(write(tmp_path / "page.html", page))


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32", "utf-8"])
def test_unicode_encodings(tmp_path: Path, codec: str) -> None:
    text = "Talks begin\n2024-03-09\n\nErdoğan met Żeleński’s envoy in Łódź — “at last”.\n"
    article = one(write(tmp_path / "a.txt", text.encode(codec)))
    assert article.text == text
    assert article.title == "Talks begin"


CP1252 = [
    "“We’re ready,” José Ramos-Horta told São Paulo’s Folha — naïve or not … €40m for Málaga.\n",
    "Talks\n\nThe minister said it’s “over”. He left.\n",
    "The café’s owner, Siân Brân, met Bjørn Ångström and François Muñoz in Köln.\n",
    PROSE * 200 + "A single accent: é.\n",
]


@pytest.mark.parametrize("text", CP1252)
def test_windows_1252_gives_the_right_text(tmp_path: Path, text: str) -> None:
    assert one(write(tmp_path / "a.txt", text.encode("cp1252"))).text == text


def test_another_legacy_encoding_is_guessed(tmp_path: Path) -> None:
    text = "Министр иностранных дел прибыл в столицу и провел переговоры с коллегой.\n" * 5
    assert one(write(tmp_path / "a.txt", text.encode("cp1251"))).text == text


def test_damaged_utf8_is_not_mistaken_for_another_encoding(tmp_path: Path) -> None:
    data = "“One” – “two” – “three”, said Erdoğan.".encode()
    path = write(tmp_path / "a.txt", data + b" It\x92s over.")
    with pytest.raises(errors.EncodingError, match=f"byte {len(data) + 3} \\(0x92\\)"):
        one(path)


def test_broken_utf16(tmp_path: Path) -> None:
    with pytest.raises(errors.EncodingError):
        one(write(tmp_path / "a.txt", b"\xff\xfea\x00\x00\xd8a\x00"))


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"%PDF-1.7 text", bytes(range(256)) * 20],
)
def test_a_binary_file(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(errors.BinaryArticleError):
        one(write(tmp_path / "a.txt", data))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.txt.gz"])
@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
def test_an_empty_file(tmp_path: Path, name: str, content: str) -> None:
    with pytest.raises(errors.EmptyArticleError):
        one(write(tmp_path / name, content))


def test_front_matter_without_text(tmp_path: Path) -> None:
    with pytest.raises(errors.EmptyArticleError):
        one(write(tmp_path / "a.md", FRONT))


def test_a_missing_path_and_a_pattern_without_match(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.txt", tmp_path / "*.txt"):
        with pytest.raises(errors.MissingPathError):
            list(sources.read([path]))


def test_a_folder_without_articles(tmp_path: Path) -> None:
    write(tmp_path / "README.md", "# About\n\nThese are articles.\n")
    write(tmp_path / "notes.csv", "a,b\n")
    write(tmp_path / ".hidden.txt", PROSE)
    with pytest.raises(errors.NoArticlesError):
        list(sources.read([tmp_path]))


def test_a_named_file_of_unknown_kind(tmp_path: Path) -> None:
    with pytest.raises(errors.MalformedArticleError, match=r"\.yaml files are not read"):
        one(write(tmp_path / "a.yaml", "a: b"))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file types")
def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "loop.txt"
    path.symlink_to("loop.txt")
    with pytest.raises(errors.ArticleError):
        one(path)


def test_a_damaged_gzip_file(tmp_path: Path) -> None:
    packed = gzip.compress((PROSE * 500).encode())
    for name in ("a.txt.gz", "a.jsonl.gz"):
        for data in (packed[: len(packed) // 2], packed[:40] + b"\xff" * 40 + packed[80:]):
            with pytest.raises(errors.MalformedArticleError, match="damaged"):
                one(write(tmp_path / name, data))


def test_five_megabytes_are_read_and_far_more_are_refused(tmp_path: Path) -> None:
    text = PROSE * (5_000_000 // len(PROSE) + 1)
    assert one(write(tmp_path / "long.txt", text)).text == text
    bomb = gzip.compress(b"a " * sources.LONGEST)
    with pytest.raises(errors.ArticleTooLongError):
        one(write(tmp_path / "bomb.txt.gz", bomb))
    with pytest.raises(errors.ArticleTooLongError):
        one(write(tmp_path / "bomb.jsonl.gz", bomb))


def test_the_rest_of_a_batch_goes_on(tmp_path: Path) -> None:
    write(tmp_path / "news" / "a.txt", "")
    write(tmp_path / "news" / "b.txt", b"\x00\x01\x02")
    write(tmp_path / "news" / "c.txt", PROSE)
    articles, failed = failing(tmp_path / "gone.txt", tmp_path / "news")
    assert [a.id for a in articles] == ["c"]
    assert [type(e) for e in failed] == [
        errors.MissingPathError,
        errors.EmptyArticleError,
        errors.BinaryArticleError,
    ]


def test_folders_are_walked_in_order_and_each_file_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", PROSE)
    write(tmp_path / "a" / "z.md", PROSE)
    write(tmp_path / "a" / "README.md", "# About this folder\n")
    write(tmp_path / "c" / "README.md", FRONT + PROSE)
    write(tmp_path / "c" / "d.txt.gz", gzip.compress(PROSE.encode()))
    found = [a.id for a in sources.read([tmp_path, tmp_path / "b.txt", tmp_path / "*.txt"])]
    assert found == ["z", "b", "README", "d"]


def test_files_of_one_name_get_as_many_folders_as_it_takes(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / name, PROSE + name)
        for name in ("x/one/n.txt", "y/one/n.txt", "z/n.txt", "z/m.txt", "z/k.txt", "z/k.md")
    ]
    found = [source.id for source in sources.discover(paths)]
    assert found == ["x/one/n", "y/one/n", "z/n", "m", "k.txt", "k.md"]


def test_names_do_not_depend_on_order(tmp_path: Path) -> None:
    for name in ("a/n.txt", "b/n.txt", "b/m.txt"):
        write(tmp_path / name, PROSE + name)
    forth = {s.path: s.id for s in sources.discover([tmp_path / "a", tmp_path / "b"])}
    back = {s.path: s.id for s in sources.discover([tmp_path / "b", tmp_path / "a"])}
    assert forth == back


def test_two_articles_of_one_id_are_told(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": PROSE}, {"id": "a", "text": PROSE}, {"id": "a", "text": "Else."}]
    path = write(tmp_path / "w.jsonl", "\n".join(map(json.dumps, lines)))
    articles, failed = failing(path)
    assert [a.text for a in articles] == [PROSE]
    assert [type(e) for e in failed] == [errors.MalformedArticleError]


@pytest.mark.parametrize(
    ("data", "title", "count"),
    [
        ((FRONT + PROSE).encode(), "Talks: a beginning", 1),
        (b'{"id": "a", "title": "A", "text": "One."}\n{"id": "b", "text": "Two."}\n', "A", 2),
        (PAGE.format(charset="utf-8").encode(), "Talks begin in Freedonia", 1),
        (gzip.compress((FRONT + PROSE).encode()), "Talks: a beginning", 1),
        (b"Talks begin\n2024-03-09\n\n" + PROSE.encode(), "Talks begin", 1),
    ],
)
def test_standard_input_is_recognised_by_how_it_begins(data: bytes, title: str, count: int) -> None:
    articles = list(sources.read(["-"], stdin=io.BytesIO(data)))
    assert len(articles) == count
    assert articles[0].title == title


def test_counting_needs_no_parsing(tmp_path: Path) -> None:
    write(tmp_path / "w.jsonl.gz", gzip.compress(b'{"text": "a"}\n\n{"text": "b"}\n'))
    write(tmp_path / "a.txt", PROSE)
    assert sources.count([tmp_path, "-"]) == 4


def test_without_a_handler_the_first_error_is_raised(tmp_path: Path) -> None:
    with pytest.raises(errors.MissingPathError):
        list(sources.read([tmp_path / "gone.txt"]))


def test_an_outlet_of_the_gazetteer_above_the_title(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"Reuters\nTalks begin in Freedonia\n2024-03-09\n\n{PROSE}")
    article = one(path)
    assert (article.title, article.outlet) == ("Talks begin in Freedonia", "Reuters")


@pytest.mark.parametrize(
    ("given", "kept"), [("en-GB", "en-GB"), ("English", "en"), ("x", "en"), ("a b", "en")]
)
def test_a_language_is_a_tag(tmp_path: Path, given: str, kept: str) -> None:
    article = one(write(tmp_path / "a.md", f"---\nlanguage: {given}\n---\n{PROSE}"))
    assert article.language == kept
