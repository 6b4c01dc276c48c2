"""The command line: exit codes, streams, formats, and what must not be loaded."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import example
import fake
import pytest

from kg import __version__, build, iris, ontology, pipeline
from kg.cli import run
from kg.cli.commands import commands
from kg.graph import Graph
from kg.query import questions
from kg.rdf import vocabulary as v
from kg.records import Statement

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "news.kg"
    with Graph.open(path, "w") as graph:
        graph.add_all([example.lake(), example.harbour()])
    return path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put a pipeline that knows one sentence in place of the bundled one."""
    build._loaded.cache_clear()
    monkeypatch.setattr(pipeline, "load", fake.load)
    yield
    build._loaded.cache_clear()


Capture = pytest.CaptureFixture[str]


def kg(capsys: Capture, *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def process(
    *arguments: object, input: str | None = None, shell: bool = False
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(
        command if not shell else ["bash", "-c", str(arguments[0])],
        input=input,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"},
    )


def test_version_and_help_of_every_command(capsys: Capture) -> None:
    assert kg(capsys, "--version") == (0, f"kg {__version__}\n", "")
    code, out, _ = kg(capsys, "--help")
    assert code == 0
    for name in commands.commands:
        assert f"\n  {name} " in out
        code, text, _ = kg(capsys, name, "--help")
        assert code == 0
        if name != "relation":
            assert f"\n  kg {name} " in text.split("Example:")[1]


def test_build_tells_on_standard_error_and_stores(
    capsys: Capture, tmp_path: Path, quick: None
) -> None:
    (tmp_path / "a.txt").write_text("Peru met Norway.\n")
    code, out, err = kg(capsys, "build", tmp_path, "-o", tmp_path / "s.kg")
    assert (code, out) == (0, "")
    assert err.startswith("1 article: 1 new; 1 statements from 3 words; ")
    code, out, err = kg(capsys, "build", tmp_path / "*.txt", "-o", tmp_path / "s.kg")
    assert (code, out) == (0, "")
    assert "1 unchanged" in err
    assert kg(capsys, "build", tmp_path / "a.txt", "-o", tmp_path / "s.kg", "-q") == (0, "", "")


def test_build_takes_a_floor_for_links(capsys: Capture, tmp_path: Path, quick: None) -> None:
    (tmp_path / "a.txt").write_text("Peru met Norway.\n")
    out = tmp_path / "s.kg"
    for floor, linked in (("0.95", False), ("0.9", True)):
        arguments = ("build", tmp_path / "a.txt", "-o", out, "--link-floor", floor, "-q")
        assert kg(capsys, *arguments) == (0, "", "")
        asked = kg(capsys, "query", out, "ASK { ?a kg:meets ?b }")
        assert asked[:2] == ((0, "answer\ntrue\n") if linked else (1, "answer\nfalse\n"))
        assert kg(capsys, "validate", out)[0] == 0
    assert kg(capsys, "build", tmp_path / "a.txt", "-o", out, "--link-floor", "1.1")[0] == 2


def test_build_with_some_failures_exits_with_3(
    capsys: Capture, tmp_path: Path, quick: None
) -> None:
    (tmp_path / "a.txt").write_text("Peru met Norway.\n")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01")
    code, out, err = kg(capsys, "build", tmp_path, "-o", tmp_path / "s.kg", "-q")
    assert (code, out) == (3, "")
    assert err.startswith(f"kg: [binary-article] {tmp_path / 'b.txt'}: ")
    with Graph.open(tmp_path / "s.kg") as graph:
        assert len(graph) == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("gone.txt", None, "[missing-path]"),
        ("empty.txt", b"", "[empty-article]"),
        ("binary.txt", b"\x00\x01", "[binary-article]"),
        ("broken.jsonl", b"{", "[malformed-article]"),
        ("folder", "folder", "[no-articles]"),
    ],
)
def test_build_of_nothing_exits_with_2(
    capsys: Capture, tmp_path: Path, quick: None, name: str, content: object, says: str
) -> None:
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        path.mkdir()
    code, out, err = kg(capsys, "build", path, "-o", tmp_path / "s.kg")
    assert (code, out) == (2, "")
    assert err.splitlines()[0].startswith(f"kg: {says} {path}")
    assert "Traceback" not in err


def test_build_onto_something_that_is_no_store(
    capsys: Capture, tmp_path: Path, quick: None
) -> None:
    (tmp_path / "a.txt").write_text("Peru met Norway.\n")
    (tmp_path / "s.kg").write_text("precious")
    code, _, err = kg(capsys, "build", tmp_path / "a.txt", "-o", tmp_path / "s.kg")
    assert code == 2
    assert "[unreadable-store]" in err
    assert (tmp_path / "s.kg").read_text() == "precious"


def test_wrong_use_exits_with_2(capsys: Capture, store: Path) -> None:
    for arguments in (
        ["build"],
        ["nonsense"],
        ["query", store],
        ["query", store, "ASK {}", "--name", "timeline"],
        ["query", store, "--name", "timeline", "--param", "who"],
        ["query", store, "SELECT ?a WHERE { ?a ?b ?c }", "--columns", "z"],
    ):
        code, out, err = kg(capsys, *arguments)
        assert (code, out) == (2, "")
        assert "Error" in err


COUNTRIES = (
    "SELECT DISTINCT ?name ?c WHERE { ?c a kg:Country ; skos:prefLabel ?name } ORDER BY ?name"
)


def test_query_in_a_pipe_prints_csv(capsys: Capture, store: Path) -> None:
    code, out, _ = kg(capsys, "query", store, COUNTRIES)
    assert code == 0
    assert out.splitlines()[0] == "name,c"
    assert [row["name"] for row in csv.DictReader(io.StringIO(out))] == ["Norway", "Peru"]


def test_query_formats(capsys: Capture, store: Path) -> None:
    _, out, _ = kg(capsys, "query", store, COUNTRIES, "--format", "json")
    assert [row["name"] for row in json.loads(out)] == ["Norway", "Peru"]
    _, out, _ = kg(capsys, "query", store, COUNTRIES, "--format", "tsv")
    assert out.splitlines()[1].startswith("Norway\thttp")
    _, out, err = kg(capsys, "query", store, COUNTRIES, "--format", "table", "--columns", "name")
    assert [line.strip() for line in out.splitlines()[::2]] == ["name", "Norway"]
    assert err == "2 rows\n"


def test_query_from_a_file_and_from_standard_input(
    capsys: Capture, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = kg(capsys, "query", store, COUNTRIES)
    (tmp_path / "q.rq").write_text(COUNTRIES)
    assert kg(capsys, "query", store, tmp_path / "q.rq") == expected
    monkeypatch.setattr(sys, "stdin", io.StringIO(COUNTRIES))
    assert kg(capsys, "query", store, "-") == expected
    code, _, err = kg(capsys, "query", store, tmp_path / "gone.rq")
    assert (code, "No such file" in err) == (2, True)


def test_ready_questions(capsys: Capture, store: Path) -> None:
    code, out, _ = kg(capsys, "query", "--list")
    assert code == 0
    assert "who-proposed-what" in out
    code, out, _ = kg(capsys, "query", store, "--name", "who-proposed-what", "--columns", "who")
    assert (code, out) == (0, "who\nAna Quispe\n")
    who = ("query", store, "--name", "who-proposed-what", "--param")
    assert kg(capsys, *who, "who=Nobody", "--columns", "who")[1] == "who\n"
    code, _, err = kg(capsys, "query", store, "--name", "who-proposed-wat")
    assert (code, "who-proposed-what" in err) == (2, True)


def test_ask_answers_by_exit_code(capsys: Capture, store: Path) -> None:
    assert kg(capsys, "query", store, "ASK { ?s a kg:Statement }")[:2] == (0, "answer\ntrue\n")
    assert kg(capsys, "query", store, "ASK { ?s a kg:Nothing }")[:2] == (1, "answer\nfalse\n")


def test_construct_prints_turtle(capsys: Capture, store: Path) -> None:
    construct = "CONSTRUCT { ?c a kg:Country } WHERE { ?c a kg:Country }"
    code, out, _ = kg(capsys, "query", store, construct)
    assert code == 0
    assert "@prefix" in out


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("SELECT WHERE", "[malformed-query]"),
        ("DELETE WHERE { ?s ?p ?o }", "[forbidden-query]"),
        ("INSERT DATA { kg:a kg:b kg:c }", "[forbidden-query]"),
        ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "[forbidden-query]"),
    ],
)
def test_bad_questions(capsys: Capture, store: Path, question: str, says: str) -> None:
    code, out, err = kg(capsys, "query", store, question)
    assert (code, out) == (2, "")
    assert err.startswith(f"kg: {says}")
    with Graph.open(store) as graph:
        extractions = list(graph.extractions())
        size = graph.store.size()
    with Graph() as graph:
        graph.add_all([example.lake(), example.harbour()])
        assert (extractions, size) == (list(graph.extractions()), graph.store.size())


@pytest.mark.parametrize("command", ["query", "export", "show", "list", "remove"])
def test_a_missing_and_an_unreadable_store(capsys: Capture, tmp_path: Path, command: str) -> None:
    more = {"query": ["ASK {}"], "export": ["-"], "show": ["x"], "list": [], "remove": ["x"]}
    code, out, err = kg(capsys, command, tmp_path / "gone.kg", *more[command])
    assert (code, out) == (2, "")
    assert "[missing-store]" in err
    assert not (tmp_path / "gone.kg").exists()
    (tmp_path / "s.kg").write_text("not a store")
    code, out, err = kg(capsys, command, tmp_path / "s.kg", *more[command])
    assert (code, out) == (2, "")
    assert "[unreadable-store]" in err


def test_export_by_suffix_and_to_standard_output(
    capsys: Capture, store: Path, tmp_path: Path
) -> None:
    files = [tmp_path / "g.ttl", tmp_path / "g.jsonl"]
    code, out, err = kg(capsys, "export", store, *files)
    assert (code, out) == (0, "")
    assert err == f"{files[0]} written\n{files[1]} written\n"
    code, out, _ = kg(capsys, "export", store, "-", "--format", "jsonl")
    assert (code, out) == (0, files[1].read_text())
    code, _, err = kg(capsys, "export", store, tmp_path / "g.pdf")
    assert (code, "[unknown-format]" in err) == (2, True)
    code, _, err = kg(capsys, "export", store, tmp_path / "no" / "folder.ttl")
    assert (code, "[write]" in err) == (2, True)


def sentence(store: Path, statement: Statement) -> str:
    """Return the sentence by which a store tells a statement."""
    with Graph.open(store) as graph:
        (label,) = graph.store.match(graph.store.names.node(statement.id), v.LABEL)
        return label.object.value


def test_show_tells_what_is_known_with_quotes(capsys: Capture, store: Path) -> None:
    code, out, _ = kg(capsys, "show", store, "ana quispe")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].startswith("Ana Quispe — Official (unlinked/person/ana-quispe")
    assert "President" in out
    proposal = example.lake().statements[1]
    at = lines.index(f"  {sentence(store, proposal)}")
    quote = "President Ana Quispe proposed a fisheries summit"
    assert lines[at + 1] == f"    “{quote}” [{iris.short(proposal.id)}]"
    code, out, err = kg(capsys, "show", store, "Nobody")
    assert (code, out) == (1, "")
    assert "Nobody" in err


def test_show_marks_what_did_not_happen_and_who_says_so(capsys: Capture, store: Path) -> None:
    _, out, _ = kg(capsys, "show", store, "Peru")
    denied, met = example.harbour().statements
    visit = example.lake().statements[4]
    for statement in (denied, visit):
        assert f"\n  {sentence(store, statement)}\n    “" in out
    assert " not " in sentence(store, denied)
    said = sentence(store, visit)
    assert said.index("may") < said.index("Ana Quispe") < said.index("Olav Lien")
    told = "told in 2 articles of 2 independent outlets: Coast Herald, Harbour Post"
    assert f"[{iris.short(met.id)}]\n    {told}\n" in out


def test_list_and_remove(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "s.kg"
    with Graph.open(path, "w") as graph:
        graph.add_all([example.lake(), example.harbour()])
    _, out, _ = kg(capsys, "list", path)
    assert [row["id"] for row in csv.DictReader(io.StringIO(out))] == ["harbour", "lake"]
    code, out, err = kg(capsys, "remove", path, "lake", "river")
    assert (code, out) == (1, "")
    assert "river" in err
    assert "lake" not in kg(capsys, "list", path)[1]
    assert kg(capsys, "remove", path, "harbour") == (0, "", "")


def test_relations_are_listed(capsys: Capture) -> None:
    code, out, _ = kg(capsys, "relation", "list", "--format", "json")
    assert code == 0
    proposes = next(row for row in json.loads(out) if row["name"] == "proposes")
    assert proposes["frames"] >= 1
    assert proposes["definition"]


def test_examples_of_a_card_that_fail_are_printed(capsys: Capture, quick: None) -> None:
    code, out, err = kg(capsys, "relation", "test", "proposes")
    examples = ontology.load().relation("proposes").examples
    assert code == 1
    assert [line for line in out.splitlines() if not line.startswith("    ")] == [
        f"proposes: {example.text}" for example in examples
    ]
    assert err.endswith("sentences are read as they should\n")
    assert kg(capsys, "relation", "test", "proposed")[0] == 2


def test_text_of_articles_gives_no_orders_to_the_terminal(capsys: Capture) -> None:
    from kg.cli import tables
    from kg.query.results import Result

    hostile = Result(columns=("a",), rows=(("\x1b[2J[red]x[/red]\u202e\n",),))
    tables.show(hostile, "table")
    out, _ = capsys.readouterr()
    assert "[red]x[/red]" in out
    assert not {"\x1b", "\u202e"} & set(out)


def test_a_table_too_wide_for_the_terminal_is_printed_row_by_row(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.cli import tables
    from kg.query.results import Result

    monkeypatch.setenv("COLUMNS", "60")
    wide = Result(
        columns=tuple("abcdef"), rows=(tuple(f"{c} is a rather long value" for c in "abcdef"),)
    )
    tables.show(wide, "table")
    out, _ = capsys.readouterr()
    assert "f  f is a rather long value" in out
    assert max(map(len, out.splitlines())) <= 60


def test_help_and_queries_load_nothing_heavy(store: Path) -> None:
    code = (
        "import sys\n"
        "from kg.cli import run\n"
        "run(sys.argv[2:])\n"
        "heavy = set(sys.argv[1].split(',')) & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)\n"
    )
    for heavy, *arguments in (
        ["spacy,rdflib,pyoxigraph,rich,networkx,trafilatura,yaml", "--help"],
        ["spacy,rdflib,pyvis,networkx,trafilatura", "query", str(store), "ASK {}"],
        ["spacy,rdflib,pyvis,networkx,trafilatura", "show", str(store), "Peru"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, heavy, *arguments],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=120,
        )
        assert done.returncode == 0, done.stderr


def test_import_kg_loads_nothing_heavy() -> None:
    code = "import sys, kg; print({'spacy', 'rdflib', 'pyoxigraph', 'yaml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "set()\n"


def test_a_reader_that_leaves_early_is_no_error(store: Path) -> None:
    every = "SELECT * { ?s ?p ?o . ?x ?y ?z } LIMIT 20000"
    command = f"set -o pipefail; {sys.executable} -m kg query {store} '{every}' | head -n 1"
    done = process(command, shell=True)
    assert done.returncode == 141
    assert done.stdout == "o,p,s,x,y,z\n"
    assert done.stderr == ""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("Peru met Norway.\n")
    build = ["build", str(tmp_path / "*.txt"), "-o", str(tmp_path / "s.kg")]
    for screen, more, shown in (
        (Terminal(), ["--force"], True),
        (Terminal(), ["--force", "-q"], False),
        (io.StringIO(), ["--force"], False),
    ):
        monkeypatch.setattr(sys, "stderr", screen)
        assert run([*build, *more]) == 0
        assert ("2/2" in screen.getvalue()) is shown


def test_a_bug_looks_like_one(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(questions, "ask", broken)
    with pytest.raises(ZeroDivisionError):
        run(["query", str(store), "ASK {}"])


def test_python_m_kg_leaves_with_the_exit_code(store: Path) -> None:
    done = process("query", store, "-", input="ASK { ?s a kg:Nothing }")
    assert (done.returncode, done.stdout, done.stderr) == (1, "answer\nfalse\n", "")


@pytest.mark.model
def test_the_whole_road(tmp_path: Path) -> None:
    article = (
        "---\ntitle: Talks\noutlet: The Sample Courier\ndate: 2024-03-09\n---\n\n"
        "The president of Peru met the prime minister of Norway in Lima on Friday.\n"
    )
    done = process("build", "-", "-o", tmp_path / "s.kg", input=article)
    assert done.returncode == 0, done.stderr
    done = process("query", tmp_path / "s.kg", "SELECT ?s { ?s kg:relation kg:meets }")
    assert len(done.stdout.splitlines()) == 2, done.stdout
    done = process("export", tmp_path / "s.kg", tmp_path / "s.html", tmp_path / "s.ttl")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "s.html").read_text().startswith("<!")
