"""What records refuse, and that they say what to do instead."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.records import Article, Entity, Evidence, Span, Statement, When, edtf

ARTICLE = Article(id="a", text="Peru met Chile.")
PERU = Entity(id="country/PE", kind="Country", name="Peru")
WHOLE = Span(start=0, end=14)
MET = Statement(
    relation="meets",
    agents=(PERU,),
    evidence=Evidence(article="a", span=WHOLE, trigger=Span(start=5, end=8), rule="meets/meet"),
)
TEXTS = ("id", "text", "title", "outlet", "byline", "url", "language", "published")


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (None, "leave {field} out"),
        (b"Peru", '{field}.decode("utf-8")'),
        (datetime.date(2025, 5, 14), '{field}.strftime("%Y-%m-%d")'),
        (datetime.datetime(2025, 5, 14, 8), '{field}.strftime("%Y-%m-%d")'),
        (2025, "give {field} as text"),
        (["Peru"], "give {field} as text"),
    ],
)
def test_fields_of_an_article_are_text(field: str, value: object, hint: str) -> None:
    with pytest.raises(RecordError) as caught:
        replace(ARTICLE, **{field: value})
    assert caught.value.what.startswith(f"{field} must be text, and is ")
    assert caught.value.what.endswith("None" if value is None else type(value).__name__)
    needed = value is None and field == "id"
    assert ("no other article" if needed else hint.format(field=field)) in caught.value.hint
    assert caught.value.where == ("" if field == "id" else "a")


def test_an_article_has_a_name() -> None:
    with pytest.raises(RecordError, match="id is empty — give a name that no other"):
        Article(id="", text="Peru met Chile.")


@pytest.mark.parametrize(
    "value", ["", "2025", "2025-05", "2025-05-14", "2024-02-29", "2025-05/2025-06-01", "0000"]
)
def test_dates_of_publication(value: str) -> None:
    assert replace(ARTICLE, published=value).published == value


@pytest.mark.parametrize(
    "value",
    [
        "yesterday", "2025-13", "2025-02-30", "2025-5-1", "14 May 2025", "2025-05-14T10:00:00Z",
        "2025/", "/2025", "2025/2026/2027", "2025-05-14 ", "٢٠٢٥", "2025-00", "20250514", "..",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_forms_that_are(value: str) -> None:
    for make in (
        lambda: replace(ARTICLE, published=value),
        lambda: When(value=value, text=""),
    ):
        with pytest.raises(RecordError, match="no date") as caught:
            make()
        assert "2025-05-14/2025-05-16" in caught.value.hint
    assert edtf.date_of(value) == ("2025-05-14" if value.startswith("2025-05-14") else "")


@given(st.dates())
def test_every_day_is_a_date(day: datetime.date) -> None:
    assert edtf.is_date(day.isoformat())
    assert edtf.is_date(f"{day.isoformat()}/{day.isoformat()[:7]}")


@given(st.text(max_size=12))
def test_dates_of_any_text_can_be_taken(text: str) -> None:
    article = Article(id="a", text="", published=edtf.date_of(text))
    assert article.published in {text, text[:10], ""}


@pytest.mark.parametrize("body", [-1, 16, 1.0, "0", None, True])
def test_a_body_begins_within_the_text(body: object) -> None:
    with pytest.raises(RecordError, match=r"body .* give a number from 0 to 15") as caught:
        replace(ARTICLE, body=body)  # type: ignore[arg-type]
    assert caught.value.where == "a"
    assert replace(ARTICLE, body=15).body == 15


@pytest.mark.parametrize(("start", "end"), [("0", 3), (0, None), (0.0, 3.0), (b"0", b"1")])
def test_spans_are_of_whole_numbers(start: object, end: object) -> None:
    with pytest.raises(RecordError, match="two whole numbers"):
        Span(start=start, end=end)  # type: ignore[arg-type]


def test_a_date_of_an_act_is_given_or_left_out() -> None:
    with pytest.raises(RecordError, match="leave `when` out"):
        When(value="", text="then")
    with pytest.raises(RecordError, match="the words of a date must be text"):
        When(value="2025", text=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value", "hint"),
    [
        ("relation", None, "local name"),
        ("agents", [PERU], r"agents=\(entity,\)"),
        ("targets", PERU, r"targets=\(entity,\)"),
        ("about", None, r"about=\(entity,\)"),
        ("agents", ("Peru",), "Entity"),
        ("when", "2025-05-14", "When"),
        ("negated", "no", "True or False"),
        ("unnamed_source", None, "True or False"),
        ("evidence", "Peru met Chile.", "Evidence"),
        ("confidence", "high", "from 0 to 1"),
        ("confidence", None, "from 0 to 1"),
    ],
)
def test_statements_say_what_they_take(field: str, value: object, hint: str) -> None:
    with pytest.raises(RecordError, match=hint):
        replace(MET, **{field: value})
