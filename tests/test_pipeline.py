"""The whole way from an article to its statements, with the bundled language pipeline."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.records import Article

pytestmark = pytest.mark.model

TEXT = """Harbour talks end without a deal

Chile was criticised by Norway on Monday after talks in Oslo broke down. Peru did not attend the \
talks.

"We reject the offer," Chilean President Rosa Ibarra told Reuters. “Norway may invite \
Peru,” she said.

Ibarra will visit Ghana on Friday, the Foreign Ministry of Ghana said. Ghana asked Chile to \
invite Norway.
"""
ARTICLE = Article(
    id="harbour", text=TEXT, title="Harbour talks end", published="2025-05-14", body=34
)
SHORT = Article(id="short", text="Ghana criticised Togo.", published="2025-05-14")


@pytest.fixture(scope="module")
def pipeline():
    return kg.load()


@pytest.fixture(scope="module")
def extraction(pipeline):
    return pipeline.extract(ARTICLE)


def find(extraction, relation, agent):
    """Return the statements of a relation by an agent."""
    return [
        s
        for s in extraction.statements
        if s.relation == relation and agent in {a.name for a in s.agents}
    ]


def test_the_critic_of_a_passive_is_the_agent(extraction):
    (statement,) = find(extraction, "opposes", "Norway")
    assert [t.id for t in statement.targets] == ["country/CL"]
    assert find(extraction, "opposes", "Chile") == []


def test_a_date_is_resolved_against_publication(extraction):
    (statement,) = find(extraction, "opposes", "Norway")
    assert statement.when.value == "2025-05-12"
    (visit,) = find(extraction, "visits", "Rosa Ibarra")
    assert (visit.when.value, visit.modality) == ("2025-05-16", "planned")


def test_a_negation_is_kept(extraction):
    (statement,) = find(extraction, "attends", "Peru")
    assert statement.negated


def test_a_modal_is_kept_and_has_its_speaker(extraction):
    (statement,) = find(extraction, "invites", "Norway")
    assert (statement.modality, statement.negated) == ("possible", False)
    assert [e.name for e in statement.attributed_to] == ["Rosa Ibarra"]


def test_an_outlet_that_is_told_is_the_source(extraction):
    assert [e.name for s in extraction.statements for e in s.reported_by][:1] == ["Reuters"]
    assert not any(a.name == "Reuters" for s in extraction.statements for a in s.agents)


def test_indirect_speech_behind_the_act_has_its_speaker(extraction):
    (visit,) = find(extraction, "visits", "Rosa Ibarra")
    assert [e.id for e in visit.attributed_to] == ["organization/foreign-ministry-GH"]


def test_an_act_asked_for_is_proposed_to_whoever_is_asked(extraction):
    (asked,) = find(extraction, "urges", "Ghana")
    assert [t.id for t in asked.targets] == ["country/CL"]
    (invites,) = find(extraction, "invites", "Chile")
    assert (invites.modality, invites.negated) == ("proposed", False)
    assert [e.id for e in invites.attributed_to] == ["country/GH"]


def test_the_headline_is_not_read(extraction):
    assert min(s.evidence.span.start for s in extraction.statements) >= ARTICLE.body


def test_all_evidence_is_exact(extraction):
    for statement in extraction.statements:
        evidence = statement.evidence
        assert evidence.article == ARTICLE.id
        assert evidence.span.contains(evidence.trigger) or "commentsOn" in evidence.rule
        assert (
            extraction.article.quote(evidence.span)
            == extraction.article.quote(evidence.span).strip()
        )
    for mention in extraction.mentions:
        quote = ARTICLE.quote(mention.span)
        assert quote == quote.strip()


def test_alone_and_in_company_an_article_gives_the_same(pipeline, extraction):
    assert list(pipeline.extract_many([SHORT, ARTICLE, SHORT])) == [
        pipeline.extract(SHORT),
        extraction,
        pipeline.extract(SHORT),
    ]


def test_nothing_comes_of_nothing(pipeline):
    for text in ("", "\n\n", "***"):
        assert pipeline.extract(Article(id="none", text=text)).statements == ()


def test_the_version_names_all_that_decides(pipeline):
    version = pipeline.version
    assert version == kg.load().version
    for part in (kg.__version__, pipeline.language.version, pipeline.extractor.ontology.version):
        assert part in version


@pytest.mark.slow
def test_the_same_in_every_process():
    code = (
        "import sys, hashlib, kg; sys.path.insert(0, sys.argv[1]); import test_pipeline as t; "
        "print(hashlib.sha256(repr(kg.load().extract(t.ARTICLE)).encode()).hexdigest())"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parent)]
    runs = [
        subprocess.Popen(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, text=True
        )
        for seed in ("1", "2")
    ]
    found = {run.communicate(timeout=120)[0] for run in runs}
    assert len(found) == 1
    assert len(found.pop().strip()) == hashlib.sha256().digest_size * 2
