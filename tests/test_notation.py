"""The notation of sentences and their acts: what it asks for, and that it fails where it must."""

from __future__ import annotations

import example
import pytest
from notation import act, cases, check, differences, read, written

from kg.evaluation.acts import line

LAKE = """
    # the first article of the example
    Ministers of Norway and Peru met in Lima.
      Norway + Peru meets | in Lima | on 2024-03-03
      Ana Quispe proposes Norway | about fisheries summit
      Norway attends ... | planned | says Olav Lien | via Coast Herald
      Olav Lien commentsOn | ...
      {}
"""


def complaints(*lines: str) -> list[str]:
    """Return what is wrong with the example when its last act and what is forbidden are these."""
    (case,) = read(LAKE.format("\n      ".join(lines)))
    return list(differences(case, example.lake().statements))


VISIT = "Peru visits Oslo | possible | says Olav Lien + Ana Quispe"


@pytest.mark.parametrize(
    "lines",
    [
        (VISIT,),
        (VISIT, "!"),
        ("Peru visits ... | possible | ...", "! Peru attends", "! meets Oslo"),
        ("Peru + ... visits Oslo + ... | ... | possible",),
    ],
)
def test_what_is_told_is_found(lines: tuple[str, ...]) -> None:
    assert complaints(*lines) == []


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("Peru visits Oslo | says Olav Lien + Ana Quispe",), "modality is possible, not actual"),
        (("Peru visits Oslo | possible",), "says is Ana Quispe + Olav Lien, not anybody"),
        (("Peru visits Oslo | possible | on 2024 | ...",), "date is missing, not 2024"),
        (("Peru visits Oslo | possible | not | ...",), "polarity is affirmed"),
        (("Peru visits Oslo | possible | unnamed | ...",), "its source is named"),
        (("Peru visits Oslo | possible | via CNN | ...",), "via is nobody, not CNN"),
        (("Peru visits | possible | ...",), "target is Oslo, not anybody"),
        (("Norway visits Oslo | possible | ...",), "agent is Peru, not Norway"),
        (("Peru denies Oslo",), "no such relation"),
        (("! Peru visits",), "forbidden by ! Peru visits"),
        (("! visits ... | says Ana",), "forbidden by ! visits ... | says Ana"),
        (("!",), "forbidden by !"),
        (
            (VISIT, "Norway + ... meets | ..."),
            "not as often as asked for: Norway + ... meets | ...",
        ),
    ],
)
def test_what_is_told_otherwise_is_not(lines: tuple[str, ...], why: str) -> None:
    assert any(why in told for told in complaints(*lines)), complaints(*lines)


def test_acts_stand_in_the_order_of_the_text() -> None:
    (case,) = read("Text.\n  Ana Quispe proposes Norway | ...\n  Norway + Peru meets | ...")
    (why,) = differences(case, example.lake().statements)
    assert why == "- told before what stands above it: Norway + Peru meets | ..."


def test_each_act_is_told_once() -> None:
    twice = (*example.lake().statements, *example.harbour().statements)
    (case,) = read("Text.\n  Norway + Peru meets | ...")
    assert list(differences(case, twice)) == ["- more than once: Norway + Peru meets | ..."]
    (case,) = read("Text.\n" + "  Norway + Peru meets | ...\n" * 2)
    assert list(differences(case, twice)) == []


def test_a_failure_shows_the_text_what_is_missing_and_what_is_found() -> None:
    (case,) = read("Peru left.\n  Peru visits Lima | possible | ...")
    with pytest.raises(pytest.fail.Exception) as failure:
        check(case, found=example.lake())
    lines = str(failure.value).splitlines()
    assert lines[0] == "Peru left."
    assert lines[1].startswith("- no Peru visits Lima | possible | ...: target is Oslo, not Lima")
    assert lines[2:4] == ["found is:", "  Norway + Peru meets | in Lima | on 2024-03-03"]


def test_statements_are_written_as_acts_are_read() -> None:
    statements = (*example.lake().statements, *example.harbour().statements)
    lines = list(map(line, statements))
    assert [written(act(told)) for told in lines] == lines
    assert any("| not" in told for told in lines)


def test_cases_ask_for_something() -> None:
    with pytest.raises(ValueError, match="nothing is asked"):
        cases("One.\nTwo.\n  ! Peru")


def test_texts_follow_each_other_and_may_have_no_act() -> None:
    first, second = read("One.\n  # no act\n\nTwo,   and\tmore.\n  ! Peru\n# the end\n")
    assert (first.text, first.acts, first.never) == ("One.", (), ())
    assert (second.text, second.never) == ("Two, and more.", ("Peru",))


@pytest.mark.parametrize(
    "text",
    [
        "# no text\n  Peru visits LimaText.\n  Peru greets Lima",
        "Text.\n  visits Lima",
        "Text.\n  Peru visits Lima | certain",
        "Text.\n  Peru visits Lima | about",
        "Text.\n  Peru visits Lima | planned | possible",
    ],
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"a text|relation|unknown part|second time"):
        list(read(text))
