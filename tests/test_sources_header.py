"""Header lines: what they say, and where the body begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources import dates, header

BODY = "The foreign minister of Freedonia met her neighbour on Monday.\nThey spoke for an hour.\n"


def parsed(*lines: str) -> tuple[header.Header, str]:
    text = "\n".join((*lines, BODY))
    found = header.parse(text)
    return found, text[found.body :]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("2024-03-09", "2024-03-09"),
        ("2024-03", "2024-03"),
        ("2024", "2024"),
        ("2024/3/9", "2024-03-09"),
        ("2024-03-09T18:20:00+02:00", "2024-03-09"),
        ("Saturday, March 9, 2024\xa0", "2024-03-09"),
        ("Published: Mar 9, 2024 11:41 PM", "2024-03-09"),
        ("Updated 9 March 2024, 18:20 GMT", "2024-03-09"),
        ("9th of March 2024", "2024-03-09"),
        ("Sept. 9, 2024", "2024-09-09"),
        ("March 2024", "2024-03"),
        ("25/03/2024", "2024-03-25"),
        ("n.d.", ""),
        ("Updated 3 hours ago", ""),
        ("Published: n.d.", ""),
    ],
)
def test_a_line_that_is_a_date(line: str, value: str) -> None:
    assert dates.is_line(line)
    assert dates.edtf(line) == value


@pytest.mark.parametrize(
    "line",
    [
        "Talks of March 9, 2024 end without result",
        "On 2024-03-09 the minister resigned",
        "03/04/2024",
        "2024-13-40",
        "Wednesday",
        "",
    ],
)
def test_a_line_that_is_no_date(line: str) -> None:
    assert not dates.is_line(line)


@pytest.mark.parametrize("text", ["03/04/2024", "31 February 2024", "2024-13-40", "yesterday"])
def test_an_uncertain_date_stays_missing(text: str) -> None:
    assert dates.edtf(text) == ""


@given(st.dates(min_value=dates.date(1801, 1, 1), max_value=dates.date(2099, 12, 31)))
def test_written_dates_are_read_back(day: dates.date) -> None:
    for form in ("%Y-%m-%d", "%A, %B %d, %Y", "%d %b %Y", "Published: %B %d, %Y 10:15 PM"):
        assert dates.edtf(day.strftime(form)) == day.isoformat()
        assert dates.is_line(day.strftime(form))


@given(st.text(max_size=300))
def test_the_body_never_lies_outside_the_text(text: str) -> None:
    found = header.parse(text)
    assert 0 <= found.body <= len(text)
    assert text[found.body :].strip() or not text.strip()


def test_title_source_with_address_and_date() -> None:
    found, body = parsed(
        "Freedonia invites Sylvania to talks",
        "The Sample Courier, https://courier.example/2024/talks_(border)",
        "2024-03-09",
        "",
    )
    assert found.title == "Freedonia invites Sylvania to talks"
    assert found.outlet == "The Sample Courier"
    assert found.url.startswith("https://courier.example/2024/talks_")
    assert found.published == "2024-03-09"
    assert body == BODY


def test_title_outlet_and_month() -> None:
    found, body = parsed("Freedonia invites Sylvania", "Sample Radio (SR News)", "2024-03", "")
    assert (found.title, found.outlet) == ("Freedonia invites Sylvania", "Sample Radio (SR News)")
    assert found.published == "2024-03"
    assert body == BODY


def test_section_line_published_line_and_captions() -> None:
    caption = "Photo taken on May 1, 2020 shows the palace in Freedonia City.Photo:Sample"
    found, body = parsed(
        "WORLD / EUROPE",
        "Freedonia, Sylvania ready for talks, ‘breakthrough unlikely’",
        "Published: Mar 9, 2024 11:41 PM",
        caption,
        "",
        caption,
        "",
        "",
    )
    assert found.title == "Freedonia, Sylvania ready for talks, ‘breakthrough unlikely’"
    assert (found.outlet, found.published) == ("", "2024-03-09")
    assert body == BODY


def test_a_dateline_alone_below_the_header_is_passed_over() -> None:
    found, body = parsed("Talks begin", "2024-03-09", "", "Saturday, March 9, 2024 ", "")
    assert found.published == "2024-03-09"
    assert body == BODY


def test_no_date_stays_missing() -> None:
    found, body = parsed("Ministers meet", "Sample Government, https://gov.example/x", "n.d.", "")
    assert found.published == ""
    assert body == BODY


def test_a_dateline_with_the_first_sentence_belongs_to_the_body() -> None:
    text = "Talks begin\n2024-03-09\n\nFREEDONIA CITY — The minister arrived on Monday.\n"
    found = header.parse(text)
    assert text[found.body :].startswith("FREEDONIA CITY —")


def test_labelled_lines_and_byline() -> None:
    found, body = parsed(
        "Headline: Talks begin",
        "Source: The Sample Courier",
        "By Ada Example and Bo Sample",
        "URL: https://courier.example/talks",
        "Date: 9 March 2024",
        "",
    )
    assert found.title == "Talks begin"
    assert found.outlet == "The Sample Courier"
    assert found.byline == "Ada Example and Bo Sample"
    assert found.url == "https://courier.example/talks"
    assert found.published == "2024-03-09"
    assert body == BODY


def test_a_byline_alone_below_the_title() -> None:
    found, body = parsed("Talks begin in Freedonia", "", "By Ada Example", "", "9 March 2024", "")
    assert (found.byline, found.published) == ("Ada Example", "2024-03-09")
    assert body == BODY


def test_by_the_minister_is_no_byline() -> None:
    text = "Talks begin\n\nBy the Minister\n\nHe spoke first.\n"
    found = header.parse(text)
    assert found.byline == ""
    assert text[found.body :].startswith("By the Minister")


def test_markdown_heading_is_the_title() -> None:
    text = "# Talks begin\n\nThe minister arrived on Monday.\n"
    found = header.parse(text)
    assert found.title == "Talks begin"
    assert text[found.body :] == "The minister arrived on Monday.\n"


def test_prose_from_the_first_line_has_no_header() -> None:
    found = header.parse(BODY)
    assert (found.title, found.body) == ("", 0)


def test_a_header_without_an_empty_line_ends_at_the_prose() -> None:
    text = "Talks begin in Freedonia\n2024-03-09\n" + BODY
    found = header.parse(text)
    assert (found.title, found.published) == ("Talks begin in Freedonia", "2024-03-09")
    assert text[found.body :] == BODY


def test_a_single_line_is_body() -> None:
    found = header.parse("Freedonia invites Sylvania")
    assert (found.title, found.body) == ("", 0)


def test_a_header_with_nothing_below_is_kept_as_body() -> None:
    assert header.parse("Talks begin\n2024-03-09\n\n").body == 0


def test_a_sentence_that_mentions_a_photo_is_no_caption() -> None:
    text = "Talks begin\n2024-03-09\n\nThe photo shown by the minister caused an outcry.\nMore.\n"
    assert text[header.parse(text).body :].startswith("The photo shown")


def test_an_address_inside_prose_is_no_source() -> None:
    text = "Talks begin\n\nThe treaty is at https://example.org/treaty and may be read there.\n"
    found = header.parse(text)
    assert found.url == ""
    assert text[found.body :].startswith("The treaty")


def test_a_known_outlet_above_the_title_is_told_apart() -> None:
    text = "The Sample Courier\nTalks begin in Freedonia\n2024-03-09\n\n" + BODY
    found = header.parse(text, lambda name: name == "The Sample Courier")
    assert (found.title, found.outlet) == ("Talks begin in Freedonia", "The Sample Courier")


def test_a_standfirst_between_headline_and_date_belongs_to_the_header() -> None:
    found, body = parsed(
        "Talks begin in Freedonia",
        "Two ministers meet in the capital as the war enters its third year and hopes are low.",
        "Ada Example in Freedonia City",
        "Sat 9 Mar 2024 18.20 GMT",
        "",
    )
    assert (found.title, found.byline) == ("Talks begin in Freedonia", "Ada Example")
    assert (found.outlet, found.published) == ("", "2024-03-09")
    assert body == BODY


def test_relative_time_and_rules_are_neither_outlet_nor_title() -> None:
    found, body = parsed("Home > World > Asia", "Talks begin", "===========", "3 hours ago", "")
    assert (found.title, found.outlet, found.published) == ("Talks begin", "", "")
    assert body == BODY


def test_prose_that_begins_like_a_label_is_prose() -> None:
    text = "Talks begin\n2024-03-09\n\nSource: nobody knows it, the minister said on Monday.\n"
    assert text[header.parse(text).body :].startswith("Source: nobody")


def test_windows_line_ends_shift_nothing() -> None:
    text = "Talks begin\r\nSample Radio\r\n2024-03-09\r\n\r\nThe minister arrived.\r\n"
    found = header.parse(text)
    assert (found.title, found.outlet) == ("Talks begin", "Sample Radio")
    assert text[found.body :] == "The minister arrived.\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "The council of Freedonia met over the\nclosure of the border.\n\nNobody left.\n",
        "The minister of Freedonia praised the\nRuritanian plan\nfor Sylvania.\n\nNobody left.\n",
    ],
)
def test_a_hard_wrapped_sentence_is_no_header(text: str) -> None:
    assert header.parse(text).body == 0


def test_a_hard_wrapped_title_is_whole() -> None:
    found, body = parsed("Talks on the border begin without the", "neighbours", "2024-03-09", "")
    assert found.title == "Talks on the border begin without the neighbours"
    assert (found.published, body) == ("2024-03-09", BODY)


def test_a_byline_in_lower_case_is_no_part_of_the_title() -> None:
    found, _ = parsed("Talks begin", "by Ana Roe", "2024-03-09", "")
    assert (found.title, found.byline) == ("Talks begin", "Ana Roe")
