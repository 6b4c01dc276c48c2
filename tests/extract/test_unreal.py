"""What sentences deny, ask or leave undone, and what they tell beside a remark."""

from __future__ import annotations

import pytest
from notation import Case, cases, check

pytestmark = pytest.mark.model


@cases(
    """
    No sooner had Ghana signed the pact than Togo attacked Benin.
      Ghana signs | about pact
      Togo attacks Benin
    Hardly had Egypt condemned Libya when Sudan attacked Chad.
      Egypt opposes Libya
      Sudan attacks Chad
    Egypt hardly supports Libya.
      Egypt supports Libya | not
    Not until May will Japan visit Korea.
      Japan visits South Korea | planned | on 2025-05
    Nowhere did Kenya attack Uganda.
      Kenya attacks Uganda | not
    Kenya has yet to sign the treaty.
      Kenya signs | not | about treaty
    """
)
def test_a_fronted_negator_may_deny_only_the_time(case: Case) -> None:
    check(case)


@cases(
    """
    No one from the Danish cabinet attended the summit.
      Danish cabinet attends summit | not
    Nobody in Kenya's parliament supports Uganda.
      Kenya's parliament supports Uganda | not
    Finland stopped short of accusing Sweden.
      Finland accuses Sweden | not
    Far from attacking Chad, Niger praised Mali.
      Niger attacks Chad | not
      Niger supports Mali
    Bolivia is not a signatory of the Lima treaty.
      Bolivia signs | not | ...
    Ghana was falsely accused of arming rebels.
      ! Ghana aids rebels | possible
    The supposed raid by Chad on Libya never took place.
      Chad attacks Libya | not | unnamed
    Peru cancelled a plan to attack Chile.
      Peru attacks Chile | not | planned
    Latvia's parliament rejected a bill to recognise Taiwan.
      Saeima supports Taiwan | proposed
    Questioned about whether Kenya had attacked Uganda, Ann Lee smiled.
      Kenya attacks Uganda | possible
    Iraq needs money in order to attack Iran.
      Iraq attacks Iran | proposed
    Spain rather than Italy attacked Libya.
      Spain attacks Libya
    Spain condemned not Italy but Libya.
      Spain opposes Libya
    Iran's planned attack on Oman was foiled.
      Iran attacks Oman | not | planned
    """
)
def test_what_is_denied_asked_or_undone_is_no_fact(case: Case) -> None:
    check(case)


@cases(
    """
    Spain's king urged calm after Libya bombed Malta.
      Libya attacks Malta
    Cuba warned Haiti when Mexico invaded Belize.
      Cuba warns Haiti
      Mexico attacks Belize
    Egypt said Libya left after Chad attacked Sudan.
      Egypt commentsOn | ...
      Chad attacks Sudan | says Egypt
    """
)
def test_a_clause_of_time_is_told_beside_the_remark(case: Case) -> None:
    check(case)


@cases(
    """
    Iran was behind the raid on Basra, Kuwait said.
      Iran attacks Basra | says Kuwait
    Israel holds Lebanese militants responsible for the attack on Haifa.
      Israel accuses Lebanese militants | ...
      Lebanese militants attacks Haifa | says Israel
    Police detained the men behind the attack on the Danish embassy.
      ! Police attacks
    Amnesty praised Fiji. Samoa banned the group behind the raid.
      ! sanctions Amnesty
    """
)
def test_who_is_behind_an_act_is_who_did_it(case: Case) -> None:
    check(case)


@cases(
    """
    Malta said that reports that Chile attacked Bolivia were false.
      Chile attacks Bolivia | not | says Malta | unnamed
    Malta said reports Chile attacked Bolivia were untrue.
      Chile attacks Bolivia | not | says Malta
    It is a lie that Egypt attacked Libya, Sudan said.
      Egypt attacks Libya | not | says Sudan
    The story that Egypt attacked Libya was made up, Sudan said.
      Egypt attacks Libya | not | says Sudan | unnamed
    Claims that Egypt attacked Libya are wrong, Sudan said.
      Egypt attacks Libya | not | says Sudan | unnamed
    """
)
def test_a_report_that_is_called_false_is_denied(case: Case) -> None:
    check(case)


@cases(
    """
    Niger was given a loan by Japan.
      Japan aids Niger
    Fiji was granted aid by Tonga.
      Tonga aids Fiji
    Peru was sold tanks by France.
      France cooperates Peru
    Niger got a grant from Japan and accepted fuel from Libya.
      Japan aids Niger
      Libya aids Niger
    """
)
def test_who_is_given_something_receives_it(case: Case) -> None:
    check(case)
