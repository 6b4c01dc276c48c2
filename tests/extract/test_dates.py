"""Dates: values with the precision of the words, tense, and what must stay missing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parses import extract, flat, told

from kg.extract import lexicon
from kg.extract.spans import dates

WEDNESDAY = "2025-05-14"


def values(text, published=WEDNESDAY):
    """Return text, past and future value of each expression."""
    found = dates.find(flat(text, published=published))
    return [(e.text, e.past, e.future) for e in found]


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("met on 2025-05-02", "2025-05-02", "2025-05-02"),
        ("met on May 2 , 2024", "2024-05-02", "2024-05-02"),
        ("met on 2 May 2024", "2024-05-02", "2024-05-02"),
        ("met on the 3rd of May", "2025-05-03", "2026-05-03"),
        ("met on Sept. 30 , 2023", "2023-09-30", "2023-09-30"),
        ("met on December 20", "2024-12-20", "2025-12-20"),
        ("met on January 5", "2025-01-05", "2026-01-05"),
        ("met in March 2015", "2015-03", "2015-03"),
        ("met in March of 2015", "2015-03", "2015-03"),
        ("met in 2014", "2014", "2014"),
        ("met in March", "2025-03", "2026-03"),
        ("met in November", "2024-11", "2025-11"),
        ("met last November", "2024-11", "2024-11"),
        ("meet next March", "2026-03", "2026-03"),
        ("met on Friday", "2025-05-09", "2025-05-16"),
        ("met on Wednesday", "2025-05-14", "2025-05-14"),
        ("met last Wednesday", "2025-05-07", "2025-05-07"),
        ("meet next Wednesday", "2025-05-21", "2025-05-21"),
        ("met yesterday", "2025-05-13", "2025-05-13"),
        ("met today", "2025-05-14", "2025-05-14"),
        ("meet tomorrow", "2025-05-15", "2025-05-15"),
        ("met three days ago", "2025-05-11", "2025-05-11"),
        ("met two weeks ago", "2025-04-28/2025-05-04", "2025-04-28/2025-05-04"),
        ("met five months ago", "2024-12", "2024-12"),
        ("met ten years ago", "2015", "2015"),
        ("meet in two days", "", "2025-05-16"),
        ("met last week", "2025-05-05/2025-05-11", "2025-05-05/2025-05-11"),
        ("meet next month", "2025-06", "2025-06"),
        ("met this year", "2025", "2025"),
        ("met last weekend", "2025-05-10/2025-05-11", "2025-05-10/2025-05-11"),
        ("meet this weekend", "2025-05-17/2025-05-18", "2025-05-17/2025-05-18"),
        ("meet on May 20 to 22 , 2025", "2025-05-20/2025-05-22", "2025-05-20/2025-05-22"),
        ("from 30 April to 2 May", "2025-04-30/2025-05-02", "2026-04-30/2026-05-02"),
        ("from December 28 to January 3", "2024-12-28/2025-01-03", "2025-12-28/2026-01-03"),
        ("between 3 and 5 May 2023", "2023-05-03/2023-05-05", "2023-05-03/2023-05-05"),
        ("on 3–5 May", "2025-05-03/2025-05-05", "2026-05-03/2026-05-05"),
        ("from the 3rd to the 5th of May", "2025-05-03/2025-05-05", "2026-05-03/2026-05-05"),
        ("from the 10th to the 12th", "2025-05-10/2025-05-12", "2025-06-10/2025-06-12"),
        ("from the 30th to the 2nd", "2025-04-30/2025-05-02", "2025-05-30/2025-06-02"),
        ("from 1991 until 1994", "1991/1994", "1991/1994"),
        ("in 2019-2021", "2019/2021", "2019/2021"),
        ("between May and July 2023", "2023-05/2023-07", "2023-05/2023-07"),
        ("from November 2021 to May 2022", "2021-11/2022-05", "2021-11/2022-05"),
        ("from November to March", "2024-11/2025-03", "2025-11/2026-03"),
        ("from Friday to Sunday", "2025-05-09/2025-05-11", "2025-05-16/2025-05-18"),
        ("the day before yesterday", "2025-05-12", "2025-05-12"),
        ("the day after tomorrow", "2025-05-16", "2025-05-16"),
        ("last night", "2025-05-13", "2025-05-13"),
        ("this morning", "2025-05-14", "2025-05-14"),
        ("met on the 9th .", "2025-05-09", "2025-06-09"),
        ("met on the 31st in Lima", "2025-03-31", "2025-05-31"),
        ("the week of May 7", "2025-05-05/2025-05-11", "2026-05-04/2026-05-10"),
        ("the week beginning 7 May", "2025-05-07/2025-05-13", "2026-05-07/2026-05-13"),
        ("met on Tuesday, May 6", "2025-05-06", "2026-05-06"),
        ("met on New Year's Eve", "2024-12-31", "2025-12-31"),
        ("met on Christmas Day 2022", "2022-12-25", "2022-12-25"),
        ("met on Good Friday", "2025-04-18", "2026-04-03"),
        ("met in the second quarter of 2023", "2023-04/2023-06", "2023-04/2023-06"),
        ("met in the spring of 2023", "2023", "2023"),
        ("met at the end of January", "2025-01", "2026-01"),
        ("met at the end of 2023", "2023", "2023"),
        ("met on the first Monday in May", "2025-05-05", "2026-05-04"),
        ("met on the last Friday of January 2025", "2025-01-31", "2025-01-31"),
        ("met over the weekend", "2025-05-10/2025-05-11", "2025-05-17/2025-05-18"),
        ("met a fortnight ago", "2025-04-28/2025-05-04", "2025-04-28/2025-05-04"),
        ("met on Friday the 9th .", "2025-05-09", "2025-06-09"),
        ("met on 4 and 5 May", "2025-05-04/2025-05-05", "2026-05-04/2026-05-05"),
        ("met in April and May 2023", "2023-04/2023-05", "2023-04/2023-05"),
        ("from late March to early May", "2025-03/2025-05", "2025-03/2025-05"),
    ],
)
def test_value_and_precision(text, past, future):
    ((_, *found),) = values(text)
    assert found == [past, future]


@pytest.mark.parametrize(
    "text",
    [
        "met on Friday", "met yesterday", "met last week", "met three days ago", "met in March",
        "met next month", "met last weekend", "met on May 2",
    ],
)  # fmt: skip
def test_without_a_date_of_publication_a_relative_date_stays_missing(text):
    assert values(text, published="") == []


def test_a_year_of_publication_completes_a_day_but_places_no_weekday():
    assert values("met on May 2", published="2015") == [("May 2", "2015-05-02", "2015-05-02")]
    assert values("met on Friday", published="2015") == []


@pytest.mark.parametrize(
    "text",
    [
        "Peru may 5 times",  # the auxiliary
        "a march 30 long",
        "on February 30 , 2024",  # no such day
        "on 2024-13-45",
        "several days ago",  # how many is not said
        "three days before",  # before what is not said
        "Resolution 2024",  # a number, not a year
        "won 3-2 on the 5th floor",
        "from 10 to 12 states",
        "between 2 and 5 percent",
        "on the 50th anniversary",
        "the 2019-2021 plan",
        "half a year ago",
    ],
)
def test_what_cannot_be_placed_stays_missing(text):
    assert values(text) == []


@pytest.mark.parametrize("text", ["May 28 to 3 , 2025", "May 28 to 45 , 2025"])
def test_a_range_that_ends_before_it_starts_or_never_is_only_its_first_day(text):
    assert [value for _, value, _ in values(text)] == ["2025-05-28"]


def test_words_of_the_longest_expression_only():
    assert [text for text, *_ in values("signed on May 2 , 2024 and on Friday")] == [
        "May 2, 2024",
        "Friday",
    ]


@given(
    st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)),
    st.sampled_from(lexicon.WEEKDAYS),
)
def test_a_weekday_is_the_last_or_the_next_of_its_name(published, name):
    ((_, past, future),) = values(f"met on {name.title()}", published=published.isoformat())
    before, after = date.fromisoformat(past), date.fromisoformat(future)
    assert before.weekday() == after.weekday() == lexicon.WEEKDAYS.index(name)
    assert timedelta() <= published - before < timedelta(days=7)
    assert timedelta() <= after - published < timedelta(days=7)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.data())
def test_a_day_without_its_year_is_near_publication(published, data):
    day = data.draw(st.dates(min_value=date(2001, 1, 1), max_value=date(2001, 12, 31)))
    text = f"met on {day.day} {day:%B}"
    ((_, past, future),) = values(text, published=published.isoformat())
    assert past[5:] == future[5:] == day.isoformat()[5:]
    assert date.fromisoformat(future) >= published
    assert -60 <= (published - date.fromisoformat(past)).days <= 366


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("met on 3 May . The following day", ["2025-05-03", "2025-05-04"]),
        ("met on 3 May . Two days later", ["2025-05-03", "2025-05-05"]),
        ("met on 3 May . The following Monday", ["2025-05-03", "2025-05-05"]),
        ("met on 3 May . The previous Friday", ["2025-05-03", "2025-05-02"]),
        ("met three days after the May 3 attack", ["2025-05-06"]),
        ("met the day before his May 3 speech", ["2025-05-02"]),
        ("met a week after 3 May", ["2025-05-10"]),
        ("In 2021 they met and in June they left", ["2021", "2021-06"]),
        ("In the summer of 2021 they met , on July 3 they left", ["2021", "2021-07-03"]),
    ],
)
def test_dates_that_count_from_another(text, expected):
    assert [past for _, past, _ in values(text)] == expected


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("SUVA, April 30 (Agency) — They met on Friday", "2025-04-25", "2025-05-02"),
        ("SUVA, Fiji, Apr. 30 — They met on Friday", "2025-04-25", "2025-05-02"),
        ("30 April 2025 (Agency) -- They met on Friday", "2025-04-25", "2025-05-02"),
        ("Port Vila, 30 April (Agency) – They met on Friday", "2025-04-25", "2025-05-02"),
        ("SUVA (Agency) — They met on Friday", "2025-05-09", "2025-05-16"),
        ("SUVA, June 30 (Agency) — They met on Friday", "2025-05-09", "2025-05-16"),
        ("They met on April 30 - on Friday", "2025-04-30", "2026-04-30"),
    ],
)
def test_an_article_counts_from_its_dateline(text, past, future):
    assert values(text)[0][1:] == (past, future)


def test_a_dateline_places_weekdays_where_no_date_of_publication_is_known():
    text = "SUVA, April 30, 2025 — They met on Friday"
    assert values(text, published="") == [("Friday", "2025-04-25", "2025-05-02")]


@given(st.integers(1900, 2099))
def test_easter_is_a_sunday_in_spring(year):
    ((_, value, _),) = values(f"met on Easter Sunday {year}")
    day = date.fromisoformat(value)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


# -- dates of acts -----------------------------------------------------------------------------

MET = "Chile/NNP/nsubj/2 met=meet/VBD/ROOT/0 Bolivia/NNP/obj/2 on/IN/case/5 Friday/NNP/obl/2"
WILL_MEET = (
    "Chile/NNP/nsubj/3 will/MD/aux/3 meet/VB/ROOT/0 Bolivia/NNP/obj/3 on/IN/case/6 Friday/NNP/obl/3"
)
AGREED = (
    "Chile/NNP/nsubj/2 agreed=agree/VBD/ROOT/0 to/TO/mark/4 meet/VB/xcomp/2 Bolivia/NNP/obj/4 "
    "on/IN/case/7 Friday/NNP/obl/4"
)
SAID_ON = (
    "Norway/NNP/nsubj/2 said=say/VBD/ROOT/0 on/IN/case/4 Monday/NNP/obl/2 that/IN/mark/7 "
    "Chile/NNP/nsubj/7 attacked=attack/VBD/ccomp/2 Bolivia/NNP/obj/7"
)
MET_CLEAR = (
    "Chile/NNP/nsubj/2 met=meet/VBD/ROOT/0 Bolivia/NNP/dobj/2 on/IN/prep/2 Friday/NNP/pobj/4"
)


def test_tense_chooses_the_friday():
    assert told(MET) == ["Chile meets Bolivia | on 2025-05-09"]
    assert told(WILL_MEET) == ["Chile meets Bolivia | planned | on 2025-05-16"]
    assert told(MET_CLEAR, scheme="clearnlp") == ["Chile meets Bolivia | on 2025-05-09"]


def test_a_date_belongs_to_the_innermost_act():
    assert "Chile meets Bolivia | planned | on 2025-05-16" in told(AGREED)


def test_the_date_of_a_report_does_not_date_the_act():
    assert told(SAID_ON) == [
        "Chile attacks Bolivia | says Norway",
        "Norway commentsOn | about Chile + Bolivia | on 2025-05-12",
    ]


def test_without_publication_date_the_act_has_none():
    assert told(MET, published="") == ["Chile meets Bolivia"]


def test_the_words_of_the_date_are_kept():
    (statement,) = extract(MET).statements
    assert (statement.when.text, statement.when.precision) == ("Friday", "day")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("the same day", "2025-05-12"),
        ("that evening", "2025-05-12"),
        ("the following day", "2025-05-13"),
        ("a day earlier", "2025-05-11"),
    ],
)
def test_a_day_may_be_counted_from_the_one_before(words, value):
    found = values(f"Peru left on May 12 . Chile left {words} .")
    assert found[-1] == (words, value, value)
    assert values(f"Chile left {words} .") == []


def test_a_day_right_after_a_verb_dates_it_whatever_it_hangs_on():
    parse = (
        "Norway/NNP/nsubj/2 said=say/VBD/ROOT/0 Monday/NNP/nsubj/6 that/IN/mark/6 "
        "Chile/NNP/nsubj/6 attacked=attack/VBD/ccomp/2 Bolivia/NNP/obj/6"
    )
    assert any(line.startswith("Norway commentsOn | about") and "on 2025-05-12" in line
               for line in told(parse))  # fmt: skip


def test_the_date_of_what_follows_a_verb_does_not_date_the_verb():
    parse = (
        "Peru/NNP/nsubj/2 condemned=condemn/VBD/ROOT/0 Monday/NNP/nmod:poss/5 's/POS/case/3 "
        "attack/NN/obj/2 by/IN/case/7 Chile/NNP/nmod/5 on/IN/case/9 Mali/NNP/nmod/5"
    )
    lines = told(parse)
    assert any(line.startswith("Chile attacks Mali") and "2025-05-12" in line for line in lines)
    assert not any(line.startswith("Peru") and "2025-05-12" in line for line in lines)


def test_days_are_counted_one_after_the_other_and_no_further_than_calendars_go():
    text = "Peru left on May 12 . Chile left the next day . Mali left a day later ."
    assert [past for _, past, _ in values(text)] == ["2025-05-12", "2025-05-13", "2025-05-14"]
    assert values("It ended on 9999-12-31 . Peru left the next day .")[1:] == []
    assert values("Peru left on May 12 . It fell the day before the vote .")[1:] == []
