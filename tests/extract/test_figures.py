"""Violence that is none: figures of speech, matches, novels and films."""

from __future__ import annotations

import pytest
from notation import Case, cases, check

pytestmark = pytest.mark.model


@cases(
    """
    Iran launched a diplomatic offensive against Iraq.
      ! attacks
    Russia launched an offensive against Ukraine.
      Russia attacks Ukraine
    Canada shot down Mexico's plan.
      Canada rejects Mexico
      ! attacks
    Rebels in Kono shot down a drone of Chad.
      ! rejects
    Brussels retaliated in the tariff war with Beijing, hitting Chinese carmakers.
      ! attacks
    Kenya's senator attacked Uganda's policy.
      Kenya's senator opposes Uganda
      ! attacks
    """
)
def test_a_figure_of_speech_is_no_violence(case: Case) -> None:
    check(case)


@cases(
    """
    Brazil beat Sweden 3-1 in Lima.
      !
    Spain routed Italy in the semifinal.
      !
    Finland defeated Estonia in Tampere.
      ! attacks
    Egypt defeated Libya in the second battle of Tobruk.
      Egypt attacks Libya | ...
    Police beat protesters in Tunis.
      Police attacks protesters | in Tunis
    """
)
def test_who_wins_a_match_attacks_nobody(case: Case) -> None:
    check(case)


@cases(
    """
    In the novel, Greece attacks Turkey and Cyprus expels the Greek envoy.
      !
    The comedy in which Peru invades Chile angered Lima.
      ! attacks
    In a series of letters, Peru condemned Chile.
      Peru opposes Chile
    In the film, Mali bombs Niger. Mali condemned Niger.
      Mali opposes Niger
      ! attacks
    """
)
def test_nobody_does_what_is_told_in_a_novel_or_film(case: Case) -> None:
    check(case)
