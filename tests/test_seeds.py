"""The sample articles: their form, their length, and that their words are the project's own."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "seeds" / "articles"
GOLD = ROOT.parent / "shared" / "gold" / "dev"

WORDS = range(250, 701)
RUN = 8
"""So many words in a row, found elsewhere, are taken to be copied."""

NAMES = ("China National Institute for SCO International Exchange and Judicial Cooperation",)
"""Proper names of eight words and more, which nobody can say in other words."""

QUOTATIONS = {
    "America is back",
    "a beacon on the Black Sea",
    "make our planet great again",
    "sometimes you have to walk",
    "stab in the back",
}
"""All that stands between quotation marks: short public words, listed in the README."""


class Seed(NamedTuple):
    name: str
    front: dict[str, object]
    body: str


def read(path: Path) -> Seed:
    text = path.read_text(encoding="utf-8")
    found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    assert found, f"{path.name} has no front matter"
    return Seed(path.name, yaml.safe_load(found[1]), text[found.end() :])


SEEDS = [read(path) for path in sorted(ARTICLES.glob("*.md")) if path.name != "README.md"]
each = pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)


def words(text: str) -> list[str]:
    text = " ".join(text.split()).lower()
    for name in NAMES:
        text = text.replace(name.lower(), "properName")
    return re.findall(r"\w+", text)


def runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    return zip(*(found[start:] for start in range(RUN)), strict=False)


def istanbul() -> list[Seed]:
    """The articles whose subject is the talks of 15 May 2025."""
    return [seed for seed in SEEDS if "Istanbul" in seed.body and "15 May" in seed.body]


def told_by(outlet: str) -> str:
    return next(seed.body for seed in istanbul() if seed.front["outlet"] == outlet)


def test_there_are_enough() -> None:
    assert len(SEEDS) >= 8
    assert len({seed.front["title"] for seed in SEEDS}) == len(SEEDS)


@each
def test_front_matter(seed: Seed) -> None:
    assert {"title", "outlet", "published", "url", "language"} <= seed.front.keys()
    assert str(seed.front["outlet"]).startswith(("Sample ", "Example "))
    assert seed.front["url"] is None
    assert seed.front["language"] == "en"
    published = datetime.date.fromisoformat(str(seed.front["published"]))
    assert 2015 <= published.year <= 2025


@each
def test_length_and_paragraphs(seed: Seed) -> None:
    assert len(seed.body.split()) in WORDS
    for paragraph in seed.body.strip().split("\n\n"):
        assert "\n" not in paragraph, "a paragraph is one line"
        assert paragraph[-1] == ".", paragraph[-40:]


@each
def test_nothing_happens_after_the_article(seed: Seed) -> None:
    published = datetime.date.fromisoformat(str(seed.front["published"]))
    years = [int(year) for year in re.findall(r"\b(20[12]\d)\b", seed.body)]
    # carbon neutrality "before 2060" is no such year
    assert max(years, default=published.year) <= published.year


@each
def test_the_readme_lists_it(seed: Seed) -> None:
    row = f"| `{seed.name}` | {seed.front['outlet']} | {seed.front['published']} |"
    assert row in (ARTICLES / "README.md").read_text(encoding="utf-8")


def test_the_readme_gives_the_licence() -> None:
    assert "CC0 1.0" in (ARTICLES / "README.md").read_text(encoding="utf-8")


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated articles are not beside the project")
@each
def test_no_words_of_the_annotated_articles(seed: Seed) -> None:
    own = set(runs(seed.body))
    others = sorted(GOLD.glob("*.txt"))
    assert others
    for other in others:
        shared = own & set(runs(other.read_text(encoding="utf-8")))
        assert not shared, f"{other.name}: {sorted(' '.join(run) for run in shared)}"


def test_real_people_are_quoted_with_public_words_only() -> None:
    quoted = [found for seed in SEEDS for found in re.findall(r"[\"“]([^\"”]*)[\"”]", seed.body)]
    assert sorted(quoted) == sorted(QUOTATIONS)


def test_two_outlets_tell_of_istanbul() -> None:
    seeds = istanbul()
    assert len(seeds) == 2
    assert len({seed.front["outlet"] for seed in seeds}) == 2
    dates = [datetime.date.fromisoformat(str(seed.front["published"])) for seed in seeds]
    assert max(dates) - min(dates) <= datetime.timedelta(days=7)


@pytest.mark.parametrize(
    ("wire", "review"),
    [
        ("Zelensky accepted the offer", "Zelensky did not accept the offer"),
        ("Rubio would attend the talks", "did not attend talks there"),
        ("Trump himself may attend", "will not attend the talks, a US official said"),
        ("declined to say whether Putin would come", "Putin would not attend the talks"),
    ],
    ids=["acceptance", "rubio", "trump", "putin"],
)
def test_they_disagree(wire: str, review: str) -> None:
    first, second = told_by("Sample Wire"), told_by("Sample Foreign Affairs Review")
    assert wire in first
    assert wire not in second
    assert review in second
    assert review not in first
