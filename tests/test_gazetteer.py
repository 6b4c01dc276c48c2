import csv
import os
import re
from pathlib import Path

import pytest

from kg import resources
from kg.errors import GazetteerError
from kg.gazetteer import ENTRY_FILES, Gazetteer, Holder
from training.gazetteer import build
from training.gazetteer.tables import plural

COUNTS = {
    "countries": 217,
    "organizations": 1024,
    "ministries": 372,
    "outlets": 574,
    "groups": 75,
    "places": 2526,
    "officeholders": 857,
    "titles": 1080,
}
KINDS = {
    "ArmedGroup",
    "Country",
    "GovernmentBody",
    "Group",
    "IntergovernmentalOrganization",
    "MediaOutlet",
    "Organization",
    "Place",
}
WIKIDATA = re.compile(r"Q[1-9]\d*")
EDTF = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@pytest.fixture(scope="module")
def known():
    return Gazetteer.load()


@pytest.fixture(scope="module")
def entries(known):
    return [e for e in known.entries() if e.kind != "Official"]


def lines(name):
    with (resources.gazetteer_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def ids(matches):
    return [m.entry.id for m in matches]


def ways(matches):
    return [(m.entry.id, m.how) for m in matches]


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_what_is_collected_is_counted(name):
    assert len(lines(name)) == COUNTS[name]


def test_every_member_of_the_united_nations_has_adjective_capital_and_seat(known, entries):
    members = [e for e in entries if e.fact("un") == "member"]
    assert len(members) == 193
    for entry in members:
        assert entry.adjectives, entry.id
        assert entry.people, entry.id
        assert entry.fact("capital"), entry.id
        assert len(entry.fact("iso3")) == 3, entry.id
        assert entry.wikidata, entry.id
        assert ids(known.find(entry.name))[0] == entry.id
        for seat in entry.facts("seats"):
            assert entry.id in ids(known.find(seat))
    for field in ("iso2", "iso3", "iso_numeric"):
        codes = [e.fact(field) for e in members]
        assert len(set(codes)) == 193


def test_disputed_states_are_there(known):
    for code in ("PS", "TW", "XK", "EH", "VA"):
        assert known.entry(f"country/{code}").kind == "Country"
    for slug in ("abkhazia", "northern-cyprus", "somaliland", "south-ossetia", "transnistria"):
        assert known.entry(f"country/{slug}").fact("status") == "disputed"


def test_identifiers_are_unique_and_kinds_known():
    rows = [row for name in ENTRY_FILES for row in lines(name)]
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["kind"] for row in rows} == KINDS


def test_references_exist(known, entries):
    for entry in entries:
        named = [entry.country, entry.fact("part_of"), entry.fact("of"), *entry.facts("members")]
        for reference in filter(None, named):
            assert known.entry(reference) is not None, (entry.id, reference)
    for row in lines("officeholders"):
        holder_of = row["country"] or row["organization"]
        assert known.entry(holder_of) is not None, row
        assert not (row["country"] and row["organization"]), row


def test_wikidata_items_are_well_formed_and_not_shared(entries):
    for entry in entries:
        assert not entry.wikidata or WIKIDATA.fullmatch(entry.wikidata), entry.id
    for kinds in ({"Country"}, {"Place"}, KINDS - {"Country", "Place"}):
        items = [e.wikidata for e in entries if e.kind in kinds and e.wikidata]
        assert len(items) == len(set(items)), kinds
    of_person = {(r["id"], r["wikidata"]) for r in lines("officeholders") if r["wikidata"]}
    assert len({i for i, _ in of_person}) == len({q for _, q in of_person}) == len(of_person)


def test_every_name_leads_back_to_its_entry(known, entries):
    for entry in entries:
        own = [] if "(" in entry.name else [entry.name]
        for form in (*own, *entry.aliases, *entry.adjectives, *entry.people):
            assert entry.id in ids(known.find(form)), (entry.id, form)


def test_terms_of_office_are_dates_in_order():
    for row in lines("officeholders"):
        assert not row["start"] or EDTF.fullmatch(row["start"]), row
        assert not row["end"] or EDTF.fullmatch(row["end"]), row
        assert not row["end"] or row["end"] >= row["start"][: len(row["end"])], row


@pytest.mark.parametrize(
    "word", "us who it turkey chad reading mobile male may china nice dawn fed ice post".split()
)
def test_common_words_are_not_names(known, word):
    assert known.find(word) == ()


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("U.S.", "country/US"),
        ("US", "country/US"),
        ("the United States", "country/US"),
        ("TURKEY", "country/TR"),
        ("Türkiye", "country/TR"),
        ("Turkiye", "country/TR"),
        ("Ivory Coast", "country/CI"),
        ("Côte d’Ivoire", "country/CI"),
        ("Burma", "country/MM"),
        ("North Korea's", "country/KP"),
        ("Korea", "country/KR"),
        ("Georgia", "country/GE"),
        ("Macedonia", "country/MK"),
        ("Nagorno Karabakh", "place/nagorno-karabakh"),
        ("St. Petersburg", "place/saint-petersburg-RU"),
        ("Kiev", "place/kyiv-UA"),
        ("Malé", "place/male-MV"),
        ("Tripoli", "place/tripoli-LY"),
        ("Daesh", "organization/islamic-state"),
        ("Al-Qaida", "organization/al-qaeda"),
        ("the U.N.", "organization/united-nations"),
        ("Foggy Bottom", "organization/us-state-department"),
        ("Egyptian Foreign Ministry", "organization/foreign-ministry-EG"),
        ("Egyptian foreign ministry", "organization/foreign-ministry-EG"),
        ("Ukraine's Defense Ministry", "organization/defence-ministry-UA"),
        ("the Associated Press", "outlet/associated-press"),
        ("WSJ", "outlet/wall-street-journal"),
        ("Western", "group/west"),
    ],
)
def test_the_best_reading_comes_first(known, surface, expected):
    assert ids(known.find(surface))[0] == expected


def test_how_a_name_names(known):
    assert ways(known.find("Moscow")) == [("place/moscow-RU", "name"), ("country/RU", "seat")]
    assert ways(known.find("Kremlin")) == [("country/RU", "seat")]
    assert ways(known.find("Turkish")) == [("country/TR", "adjective")]
    assert ways(known.find("Turks")) == [("country/TR", "people")]
    assert ways(known.find("Brussels"))[:2] == [
        ("place/brussels-BE", "name"),
        ("organization/european-union", "seat"),
    ]


def test_ambiguous_names_keep_all_readings(known):
    assert ids(known.find("Congo")) == ["country/CD", "country/CG"]
    assert ids(known.find("Korean")) == ["country/KR", "country/KP"]
    assert ids(known.find("Dominican")) == ["country/DO", "country/DM"]
    assert "place/georgia-state-US" in ids(known.find("Georgia"))
    assert ids(known.find("Washington")) == ["place/washington-d-c-US", "country/US"]


def test_capitals_in_the_gazetteer_must_be_capitals_in_the_text(known):
    assert known.find("Who") == ()
    assert known.find("Us") == ()
    assert ids(known.find("WHO")) == ["organization/world-health-organization"]
    assert known.find("Male") == ()


@pytest.mark.parametrize(
    ("tokens", "length", "expected"),
    [
        ("U.S. State Department said", 3, "organization/us-state-department"),
        ("South Korea and Japan", 2, "country/KR"),
        ("al - Qaeda fighters", 3, "organization/al-qaeda"),
        ("al-Qaeda fighters", 1, "organization/al-qaeda"),
        ("Washington , D.C. , on", 3, "place/washington-d-c-US"),
        ("People 's Daily wrote", 3, "outlet/peoples-daily"),
        ("China , South Korea", 1, "country/CN"),
        ("New York Times", 3, "outlet/new-york-times"),
        ("The Hague", 2, "place/the-hague-NL"),
    ],
)
def test_the_longest_name_wins(known, tokens, length, expected):
    found = known.longest(tokens.split(), 0)
    assert found is not None
    assert (found[0], found[1][0].entry.id) == (length, expected)


def test_names_do_not_cross_sentence_marks(known):
    assert known.longest(["South", ".", "Korea"], 0) is None
    assert known.longest(["New", ",", "York"], 0) is None
    assert known.longest(["Qwerty"], 0) is None


def test_longest_starts_where_told(known):
    tokens = "officials of South Sudan met".split()
    assert known.longest(tokens, 0) is None
    assert known.longest(tokens, 2)[1][0].entry.id == "country/SS"
    assert known.longest(tokens, 3)[1][0].entry.id == "country/SD"


def test_office_holders_by_any_spelling(known):
    for name in ("Volodymyr Zelenskyy", "Volodymyr Zelensky", "Zelenskiy", "Zelenskyy's"):
        assert {h.id for h in known.holders(name)} == {"person/volodymyr-zelenskyy"}
    erdogan = known.holders("Erdogan")
    assert erdogan == known.holders("Recep Tayyip Erdoğan")
    assert [h.of for h in erdogan] == ["country/TR"]
    assert known.entry("person/recep-tayyip-erdogan").kind == "Official"
    assert known.holders("Nobody Atall") == ()


def test_the_date_chooses_the_office_holder(known):
    medvedev = known.holders("Dmitry Medvedev")
    assert [h.title for h in medvedev if h.held("2010-03-01")] == ["President"]
    assert [h.title for h in medvedev if h.held("2015")] == ["Prime Minister"]
    assert [h.title for h in medvedev if h.held("2024-01-01")] == []


def test_dates_are_compared_as_precisely_as_both_are_known():
    term = Holder(
        id="person/a",
        name="A",
        aliases=(),
        title="President",
        country="country/FR",
        organization=None,
        wikidata="",
        start="2017-05-14",
        end="2022",
    )
    held = {d: term.held(d) for d in ("2017", "2017-05", "2017-05-13", "2022-12-31", "2023")}
    assert held == {
        "2017": True,
        "2017-05": True,
        "2017-05-13": False,
        "2022-12-31": True,
        "2023": False,
    }


@pytest.mark.parametrize(
    ("text", "title", "kind", "holder", "many"),
    [
        ("Foreign Minister", "foreign minister", "office", "Official", False),
        ("foreign ministers", "foreign minister", "office", "Official", True),
        ("Gen.", "Gen.", "office", "Official", False),
        ("Lt Gen", "Lt Gen", "office", "Official", False),
        ("senior research fellow", "senior research fellow", "expertise", "Analyst", False),
        ("correspondents", "correspondent", "press", "Journalist", True),
        ("activist", "activist", "other", "Person", False),
        ("Mr.", "Mr", "honorific", "Person", False),
    ],
)
def test_titles(known, text, title, kind, holder, many):
    found = known.title(text)
    assert found is not None
    assert (found.title, found.kind, found.class_, found.is_plural) == (title, kind, holder, many)


def test_titles_are_not_words_written_small(known):
    assert known.title("pm") is None
    assert known.title("gen") is None
    assert known.title("table") is None


def test_the_longest_title_wins(known):
    tokens = "deputy foreign minister of Japan".split()
    length, title = known.longest_title(tokens, 0)
    assert (length, title.title) == (3, "deputy foreign minister")
    assert known.longest_title(tokens, 3) is None


def test_the_president_of_a_company_is_no_official(known):
    president, analyst = known.title("president"), known.title("analyst")
    assert president.kind_of_holder("Country") == president.kind_of_holder() == "Official"
    assert president.kind_of_holder("Organization") == "Person"
    assert analyst.kind_of_holder("Organization") == "Analyst"


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("minister of defence", "ministers of defence"),
        ("secretary of state", "secretaries of state"),
        ("attorney general", "attorneys general"),
        ("major general", "major generals"),
        ("commander-in-chief", "commanders-in-chief"),
        ("chairwoman", "chairwomen"),
        ("chargé d'affaires", "chargés d'affaires"),
        ("head of mission", "heads of mission"),
        ("envoy", "envoys"),
        ("coach", "coaches"),
    ],
)
def test_plurals(one, many):
    assert plural(one) == many


def test_loading_is_cached_and_errors_are_named(tmp_path):
    assert Gazetteer.load() is Gazetteer.load()
    with pytest.raises(GazetteerError, match=r"countries\.csv"):
        Gazetteer.load(tmp_path)
    for name in ENTRY_FILES:
        (tmp_path / f"{name}.csv").write_text("id,kind\ncountry/XX,Country\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="line 2 has 2 cells instead of 9"):
        Gazetteer(tmp_path)


@pytest.mark.skipif("KG_CORPORA" not in os.environ, reason="KG_CORPORA names no folder of corpora")
def test_the_files_are_what_the_script_writes(tmp_path):
    counts = build.build(Path(os.environ["KG_CORPORA"]) / "gazetteers", tmp_path)
    assert counts == COUNTS
    for name in COUNTS:
        written = (tmp_path / f"{name}.csv").read_bytes()
        assert written == (resources.gazetteer_dir() / f"{name}.csv").read_bytes(), name
