"""A site written again: what is written then, and that it equals one written afresh."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import example
import pytest
from networks import network
from sites import site

from kg import cli
from kg.errors import WriteError
from kg.export.html.model import Telling
from kg.export.site import folder as folders
from kg.export.site import name, overview, program, write
from kg.graph import Graph
from kg.records import Extraction

Stamps = dict[str, tuple[int, int]]


def stamps(place: Path) -> Stamps:
    """Return number and time of each file: a file that is written again has another number."""
    return {
        file.relative_to(place).as_posix(): (file.stat().st_ino, file.stat().st_mtime_ns)
        for file in place.rglob("*")
        if file.is_file()
    }


def age(place: Path) -> Stamps:
    """Make all files old, so that none of them can be taken for a new one; return their stamps."""
    for file in place.rglob("*"):
        if file.is_file():
            os.utime(file, (1_000_000_000, 1_000_000_000))
    return stamps(place)


def touched(place: Path, before: Stamps) -> set[str]:
    """Return the files that were written or deleted since."""
    after = stamps(place)
    return {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}


def counts(graph: Graph, place: Path, **options: object) -> tuple[int, int, int]:
    """Write a site and return how many files it has, how many were written, how many deleted."""
    told: list[tuple[int, int, int]] = []
    write(graph.store, place, changes=lambda *numbers: told.append(numbers), **options)
    return told[0]


@pytest.fixture
def many() -> Iterator[Graph]:
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all([*network(6, 24), example.lake(), example.harbour()], validate=False)
        yield graph


def moved(found: Extraction, identifier: str, **changes: str) -> Extraction:
    """Return an article again under another name."""
    return replace(
        found,
        article=replace(found.article, id=identifier, **changes),
        statements=tuple(
            replace(s, evidence=replace(s.evidence, article=identifier)) for s in found.statements
        ),
    )


def test_nothing_is_written_where_nothing_changed(many: Graph, tmp_path: Path) -> None:
    place = tmp_path / "site"
    files, written, deleted = counts(many, place, address="https://example.org/")
    assert written == files == len(stamps(place)) - 1 and deleted == 0
    before, folder = age(place), place.stat()
    assert counts(many, place, address="https://example.org/") == (files, 0, 0)
    assert touched(place, before) == set()
    assert (place.stat().st_ino, place.stat().st_mtime_ns) == (folder.st_ino, folder.st_mtime_ns)
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_one_more_article_writes_what_it_changes_and_no_more(tmp_path: Path) -> None:
    place, far = tmp_path / "site", [*network(6, 24)]
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all([*far, example.lake()], validate=False)
        site(graph, place, network=True)
        before = age(place)
        graph.add(example.harbour())
        counts(graph, place)
    found = touched(place, before)
    named = {f"names/{n}.html" for n in ("country-no", "country-pe", "event-fisheries-summit")}
    assert {"articles/harbour.html", "index.html", "articles/index.html", "network.html"} <= found
    assert named <= found
    # Names of the other article whose pages show Norway or Peru may differ in their pictures, and
    # the lists; of the articles that have nothing to do with it, no page is written.
    others = {f"articles/{e.article.id}.html" for e in far} | {"articles/lake.html"}
    assert not found & others
    of_lake = {f"names/{n}.html" for n in ("person-ana-quispe", "person-olav-lien", "place-oslo")}
    beyond = {file for file in found if file.startswith("names/")} - named - of_lake
    assert beyond <= {"names/index.html", "names/place-lima.html", "names/outlet-harbour-post.html"}


def test_a_page_that_others_change_is_written_again(tmp_path: Path) -> None:
    """A name, an act or a contradiction may change by what another article says."""
    place = tmp_path / "site"
    lake = example.lake()
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(lake)
        site(graph, place)
        before = age(place)
        oslo = replace(example.OSLO, name="Oslo city")
        renamed = replace(
            moved(lake, "again"),
            mentions=tuple(
                replace(m, entity=oslo) for m in lake.mentions if m.entity == example.OSLO
            ),
            positions=(),
            statements=(),
        )
        graph.add(renamed, validate=False)
        graph.add(moved(renamed, "again-2"), validate=False)
        counts(graph, place, network=False)
        found = touched(place, before)
        # Peru's page shows the place by the name that is now the commonest.
        assert {"names/country-pe.html", "names/place-oslo.html"} <= found
        assert "Oslo city" in (place / "names" / "country-pe.html").read_text()
        assert "names/organization-fjord-institute.html" not in found


def fresh(graph: Graph, place: Path) -> dict[str, str]:
    return site(graph, place, network=True)


def step_add(graph: Graph) -> None:
    graph.add(example.harbour())


def step_replace(graph: Graph) -> None:
    found = example.lake()
    text = found.article.text.replace("Lima", "Lema")
    graph.add(
        replace(
            found,
            article=replace(found.article, text=text, title="Other"),
            statements=found.statements[:3],
        )
    )


def step_remove(graph: Graph) -> None:
    graph.remove("lake")


def step_deny(graph: Graph) -> None:
    denied = example.harbour()
    affirmed = moved(denied, "quay", outlet="Quay Times")
    graph.add(
        replace(affirmed, statements=tuple(replace(s, negated=False) for s in affirmed.statements))
    )


def step_more(graph: Graph) -> None:
    graph.add_all(network(6, 24), validate=False)


def step_fewer(graph: Graph) -> None:
    for article in graph.store.articles()[::2]:
        graph.remove(article)


STEPS = (step_add, step_replace, step_deny, step_more, step_remove, step_fewer, step_add)


@pytest.mark.parametrize("order", [STEPS, STEPS[::-1], (*STEPS[3:], *STEPS[:3])])
@pytest.mark.slow
def test_a_site_written_again_equals_one_written_afresh(
    order: tuple[Callable[[Graph], None], ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name, "PER_PAGE", 7)
    monkeypatch.setattr(overview, "PER_LIST", 9)
    place, gone, kept = tmp_path / "site", 0, 0
    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all([example.lake(), *islice(network(2, 8), 2)], validate=False)
        for number, step in enumerate(order):
            files, written, deleted = counts(graph, place)
            gone, kept = gone + deleted, kept + files - written
            step(graph)
            again = fresh(graph, place)
            other = fresh(graph, tmp_path / f"fresh-{number}")
            assert again.keys() == other.keys()
            assert again == other, [file for file in other if again[file] != other[file]]


def test_pages_that_were_changed_or_deleted_by_hand_come_back(graph: Graph, tmp_path: Path) -> None:
    place = tmp_path / "site"
    files = site(graph, place)
    before = age(place)
    (place / "names" / "place-oslo.html").write_text("mine")
    (place / "articles" / "lake.html").unlink()
    assert counts(graph, place, network=False)[1:] == (2, 0)
    assert touched(place, before) == {"names/place-oslo.html", "articles/lake.html"}
    assert site(graph, place) == files


def test_a_file_of_ours_that_became_a_link_is_written_and_what_it_leads_to_stays(
    graph: Graph, tmp_path: Path
) -> None:
    place, page = tmp_path / "site", tmp_path / "site" / "articles" / "lake.html"
    site(graph, place)
    page.rename(tmp_path / "elsewhere.html")
    page.symlink_to(tmp_path / "elsewhere.html")
    text = page.read_text()
    assert counts(graph, place, network=False)[1:] == (1, 0)
    assert not page.is_symlink() and page.read_text() == text
    assert (tmp_path / "elsewhere.html").read_text() == text


def test_another_program_makes_all_pages_again(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "site"
    site(graph, place)
    made: list[str] = []
    keep = folders.Folder.write

    def watched(self: folders.Folder, file: str, text: str, **options: str) -> None:
        made.append(file)
        keep(self, file, text, **options)

    monkeypatch.setattr(folders.Folder, "write", watched)
    files = site(graph, place)
    assert made == []
    monkeypatch.setattr(program, "fingerprint", lambda: "another")
    assert counts(graph, place, network=False) == (len(files) - 1, 0, 0)
    assert sorted(made) == sorted(files.keys() - {".kg-site"})
    site(graph, tmp_path / "fresh")
    assert (place / ".kg-site").read_text() == (tmp_path / "fresh" / ".kg-site").read_text()
    assert counts(graph, place, network=False, title="Other")[1] == len(files) - 1


def test_the_program_is_known_by_its_code_and_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("export", "extract"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.html.j2").write_text("<p>")
    monkeypatch.setattr(program.kg, "__file__", str(tmp_path / "__init__.py"))

    def found() -> str:
        program.fingerprint.cache_clear()
        return program.fingerprint()

    try:
        first = found()
        (tmp_path / "extract" / "page.html.j2").write_text("<b>")
        assert found() == first
        (tmp_path / "export" / "page.html.j2").write_text("<b>")
        assert found() != first
    finally:
        program.fingerprint.cache_clear()


def test_a_list_without_hashes_is_that_of_an_earlier_version(graph: Graph, tmp_path: Path) -> None:
    place = tmp_path / "site"
    files = site(graph, place)
    names = "".join(f"{file}\n" for file in sorted(files.keys() - {".kg-site"}))
    (place / ".kg-site").write_text(f"# Files of this site.\n{names}names/gone.html\n")
    (place / "names" / "gone.html").write_text("a page of an entity that is no more")
    assert counts(graph, place, network=False) == (len(files) - 1, 0, 1)
    assert site(graph, place) == files


def test_a_full_disk_leaves_the_old_site_and_the_next_run_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "site"

    def full(one: Path, other: Path) -> None:
        raise OSError(28, "No space left on device")

    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add(example.lake())
        site(graph, place)
        before = age(place)
        graph.add(example.harbour())
        monkeypatch.setattr(folders, "_doubled", full)
        with pytest.raises(WriteError, match="No space left"):
            write(graph.store, place, network=False)
        monkeypatch.undo()
        assert touched(place, before) == set()
        assert [p.name for p in tmp_path.iterdir()] == ["site"]
        assert site(graph, place) == site(graph, tmp_path / "fresh")


def test_no_room_for_the_tables_is_told(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.export.site import shelf

    monkeypatch.setattr(shelf, "_TABLES", shelf._TABLES + "PRAGMA max_page_count = 1;")
    with pytest.raises(WriteError, match="full"):
        write(graph.store, tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_articles_are_not_held_together(tmp_path: Path) -> None:
    """What is held grows neither with articles nor with statements."""

    def alive() -> int:
        return sum(isinstance(item, Extraction | Telling) for item in gc.get_objects())

    with Graph(gazetteer=example.gazetteer()) as graph:
        graph.add_all(network(24, 260), validate=False)
        before, most = alive(), 0

        def look(done: int, total: int) -> None:
            nonlocal most
            most = max(most, alive() - before)

        write(graph.store, tmp_path / "site", network=False, progress=look)
        statements = sum(graph.store.counts("Statement").values())
    assert statements > 200
    assert 0 < most < statements / 2, (most, statements)


def test_the_command_says_what_changed(
    graph: Graph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, target = str(tmp_path / "news.kg"), f"{tmp_path / 'out'}/"
    with Graph.open(store, "w") as stored:
        stored.add_all(graph.extractions())
    assert cli.run(["export", store, target]) == 0
    number = len(stamps(tmp_path / "out")) - 1
    assert f"out/ written ({number} of {number} files)" in capsys.readouterr().err
    assert cli.run(["export", store, target]) == 0
    assert f"out/ unchanged ({number} files)" in capsys.readouterr().err
    assert cli.run(["remove", store, "lake"]) == 0
    assert cli.run(["export", store, target]) == 0
    assert "deleted)" in capsys.readouterr().err
