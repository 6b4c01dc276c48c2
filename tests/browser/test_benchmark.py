"""The benchmark of the page measures what it says, on graphs small enough for a test."""

from __future__ import annotations

import argparse

import pytest
from networks import network
from playwright.sync_api import Browser

from benchmarks import network_page as bench

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_pages_are_compared(browser: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    articles = network(20, 40)
    bench._against_pyvis(browser, articles, argparse.Namespace(rounds=1, patience=60))
    bench._against_plain(browser, articles, argparse.Namespace(rounds=1, middle=20))
    lines = capsys.readouterr().out.splitlines()
    assert [line[:48].strip() for line in lines] == [
        "20 entities, first picture",
        "ours",
        "pyvis, first picture",
        "pyvis, stable picture",
        "20 entities, 40 statements",
        "made in, CPU time",
        "size",
        "ours",
        "plain, all lines",
        "plain, the lines that ours draws",
        "ours to plain, all lines",
        "ours to plain, the lines that ours draws",
        "slider, one step, all drawn lines shown",
    ]
    assert not any("more than" in line for line in lines)


@pytest.mark.slow
def test_an_event_that_does_not_come_is_missing(browser: Browser) -> None:
    found = bench.opened(browser, bench.our_page(network(10, 20)), ["drawn", "stable"], 4)
    assert 0 < found["drawn"] < 60
    assert "stable" not in found
