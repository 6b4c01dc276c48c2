import json

import pytest

from training.harmonise import NameSpan, add_demonyms, demonyms, harmonise, label_misc, trim


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    path = tmp_path_factory.mktemp("facts") / "factbook.json"
    facts = {
        "a": {"nationality": {"noun": "Ruritanian(s)", "adjective": "Ruritanian"}},
        "b": {"nationality": {"noun": "East Borduri(s)", "adjective": "East Borduri"}},
        "c": {"nationality": {"noun": "none", "adjective": "Luxembourg"}},
    }
    path.write_text(json.dumps(facts), encoding="utf-8")
    return demonyms(path)


def spans(words, *marked):
    return [(" ".join(words[s.start : s.end]), s.label) for s in marked]


def test_demonyms_with_plural_and_without_places(known):
    assert ("ruritanian",) in known
    assert ("ruritanians",) in known
    assert ("east", "borduri") in known
    assert ("luxembourg",) not in known
    assert ("none",) not in known


def test_article_title_and_possessive_leave_the_name():
    words = "the President Ana Petrova 's plan".split()
    assert trim(words, NameSpan(start=0, end=5, label="PER")) == NameSpan(
        start=2, end=4, label="PER"
    )
    words = "The Hague".split()
    assert trim(words, NameSpan(start=0, end=2, label="LOC")).start == 0
    assert trim(["the"], NameSpan(start=0, end=1, label="ORG")) is not None
    assert trim(["--"], NameSpan(start=0, end=1, label="ORG")) is None


def test_a_demonym_is_no_place(known):
    words = "a Ruritanian town near Strelsau".split()
    gold = [NameSpan(start=1, end=2, label="LOC"), NameSpan(start=4, end=5, label="LOC")]
    assert spans(words, *harmonise(words, gold, known)) == [
        ("Ruritanian", "NORP"),
        ("Strelsau", "GPE"),
    ]


def test_demonyms_are_found_but_not_inside_other_names(known):
    words = "Ruritanian Foreign Ministry met East Borduri envoys".split()
    gold = [NameSpan(start=0, end=3, label="ORG")]
    assert spans(words, *add_demonyms(words, gold, known)) == [
        ("Ruritanian Foreign Ministry", "ORG"),
        ("East Borduri", "NORP"),
    ]
    assert add_demonyms(["ruritanian"], [], known) == []


def test_longer_of_overlapping_names_wins(known):
    words = "Bank of Strelsau".split()
    gold = [NameSpan(start=2, end=3, label="LOC"), NameSpan(start=0, end=3, label="ORG")]
    assert harmonise(words, gold, known) == [NameSpan(start=0, end=3, label="ORG")]


def test_miscellaneous_names(known):
    assert label_misc(["Ruritanian"], known) == "NORP"
    assert label_misc("Battle of Zenda".split(), known) == "EVENT"
    assert label_misc(["Guernica"], known) == ""
