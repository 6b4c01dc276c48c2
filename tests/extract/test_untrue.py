"""What sentences seem to say and do not, by kind: acts only asked for, sides that are none."""

from __future__ import annotations

import pytest
from notation import Case, cases, check

pytestmark = pytest.mark.model


@cases(
    """
    Ghana dared Togo's ambassador to visit Accra.
      Togo's ambassador visits Accra | proposed
      ! Ghana visits
    Kenya challenged Uganda to sign the treaty.
      Uganda signs | proposed | about treaty
    Norway implored Peru to attend the summit.
      ! Norway attends
      ! attends summit | says
    Ghana tempted Togo to join the alliance.
      Togo signs | proposed
    Norway tasked the envoy Eva Ruiz to mediate between Peru and Chile.
      Eva Ruiz mediates Peru + Chile | proposed
    Norway refused to say whether Peru had attacked Chile.
      ! Peru attacks Chile | says
    Ghana did not know whether Togo had signed the treaty.
      ! signs | about treaty
    Peru accused Chile of shelling the port.
      ! attacks ... | proposed
    Kenya led Uganda to withdraw its troops.
      ! concedes ... | proposed
    """
)
def test_what_somebody_is_moved_to_do_need_not_be_done(case: Case) -> None:
    check(case)


@cases(
    """
    Kenya will not lift the sanctions until Uganda withdraws its troops.
      Uganda concedes | planned | about troops
    Norway will send aid once Togo signs the agreement.
      Togo signs | planned | about agreement
    The rebels are to disarm when foreign troops withdraw from Gao.
      foreign troops concedes Gao | planned
    Norway lifted the sanctions after Togo signed the agreement.
      Togo signs | about agreement
    Norway will lift the sanctions after Togo signed the agreement.
      Togo signs | about agreement
    """
)
def test_what_must_come_before_something_ahead_is_ahead_too(case: Case) -> None:
    check(case)


@cases(
    """
    Never had Norway recalled its ambassador from Peru.
      Norway sanctions Peru | not
      ! Norway sanctions
    At no time did Ghana attack Togo.
      Ghana attacks Togo | not
    Under no circumstances will Kenya sign the treaty.
      Kenya signs | not | planned | about treaty
    In no way does Kenya support the rebels.
      Kenya supports rebels | not
    Not only did Kenya sign the treaty, it also praised Togo.
      Kenya signs | about treaty
      Kenya supports Togo
    Only in May did Kenya sign the treaty.
      Kenya signs | about treaty | on 2025-05
    """
)
def test_a_clause_may_open_with_what_denies_it(case: Case) -> None:
    check(case)


@cases(
    """
    Ghana accused Togo of theft. China urged both sides to talk.
      China urges Ghana + Togo
    China and Brazil backed talks between the two countries.
      ! meets
    Kenya met Uganda in Nairobi, a city close to Tanzania, and Sudan sent a note. Both \
    countries accused Rwanda of theft.
      Kenya + Uganda accuses Rwanda
      ! Sudan accuses
    Iran broke off relations with Qatar. In China, the two countries signed a deal.
      Iran + Qatar signs | about deal | in China
    Sweden and Mali applied in May, a year after Peru had attacked Chile. Togo accused the two \
    countries of theft.
      Togo accuses Sweden + Mali
    Talks began in Kono. They were hosted by Kenya. Togo, Benin and Ghana were not there. Both \
    sides pledged to stop the war.
      ! promises
    Peru and Chile have a border. Peru and Chile met in May. Togo sent a note. Ghana was \
    silent. Benin laughed. Mali waited. Norway slept. The two sides agreed on a plan.
      Peru + Chile agrees
    """
)
def test_the_two_sides_are_those_told_of_together(case: Case) -> None:
    check(case)


@cases(
    """
    Norway withdrew from the Oslo Treaty in May. Chile's ambassador criticised the decision.
      Chile's ambassador opposes Norway
      ! opposes ... | about
      ! opposes Oslo
    Ghana imposed tariffs on Togo. Benin welcomed the move.
      Benin supports Ghana
      ! supports ... | about
      ! supports Togo
    Peru announced that it would leave the Lima Accord. The decision was welcomed by Chile.
      Chile supports Peru
      ! supports ... | about
      ! supports Lima
    Mali expelled the ambassador of Niger. Algeria praised the decision.
      Algeria supports Mali
      ! supports ... | about
      ! supports Niger
    Eva Ruiz ordered the Central Bank of Peru to buy gold. Bolivia welcomed the decision.
      ! supports ... | about
      ! supports Central
    Norway invited Ghana to the talks in Oslo. Ghana rejected the invitation.
      Ghana rejects Norway
    Togo accused Benin of theft. Mali denounced the claim. Ghana opposed the step.
      Mali opposes Togo
      Ghana opposes
    """
)
def test_who_judges_a_decision_judges_neither_its_matter_nor_whoever_spoke_last(case: Case) -> None:
    check(case)


@cases(
    """
    Ghana opposes a withdrawal from the Lomé Pact.
      Ghana opposes
      ! Pact
    Uganda welcomed the end of the war in Sudan.
      Uganda supports
      ! war
    Togo rejected the cancellation of the Accra Summit.
      Togo rejects
      ! Summit
    Bolivia hailed the defeat of the rebels by Peru.
      Bolivia supports Peru
      ! supports rebels
    Mali deplored the violation of the ceasefire by Niger.
      Mali opposes Niger
      ! about ceasefire
    Chile criticised Norway's withdrawal from the Oslo Treaty.
      Chile opposes Norway
      Norway concedes Oslo Treaty
      ! opposes ... | about
    """
)
def test_who_is_for_the_end_of_something_is_not_for_it(case: Case) -> None:
    check(case)


@cases(
    """
    Peru will cut ties with Chile in 30 years.
      Peru sanctions Chile | planned
      ! | on 20
    Peru will cut ties with Chile within 20 years.
      Peru sanctions Chile | planned
      ! | on 20
    Norway will attack Togo in the coming decades.
      Norway attacks Togo | planned
    Peru has supported Chile for 30 years.
      Peru supports Chile
    Kenya will withdraw from Gao by 2060.
      Kenya concedes Gao | planned
      ! | on 20
    Kenya will withdraw from Gao by 2027.
      Kenya concedes Gao | planned | on 2027
    Kenya will withdraw from Gao in 2047.
      Kenya concedes Gao | planned | on 2047
    Ghana met Togo for the first time in three years.
      Ghana meets Togo
      ! | on 20
    Ghana has not visited Togo in 30 years.
      Ghana visits Togo | not
    Norway met Ghana within three days.
      Norway meets Ghana
    Norway will meet Ghana in three days.
      Norway meets Ghana | planned | on 2025-05-17
    Norway will meet Ghana in two years.
      Norway meets Ghana | planned | on 2027
    Peru and Chile had not met since 2019.
      Peru + Chile meets | not
    Peru has sanctioned Chile since 2019.
      Peru sanctions Chile | on 2019
    Peru praised the negotiations of 2022.
      ! | on 2022
    Peru attacked Chile on Monday of last week.
      Peru attacks Chile | on 2025-05-05
    Peru will visit Chile on Friday next week.
      Peru visits Chile | planned | on 2025-05-23
    """
)
def test_how_long_something_takes_is_no_date(case: Case) -> None:
    check(case)


@cases(
    """
    In Lima, the first stop of his tour of Africa, Tomas Vega met Eva Ruiz.
      Tomas Vega visits Africa
    The minister Marco Diaz left for Oslo. In Kono, on the last day of his visit to Togo, Tomas \
    Vega met Eva Ruiz.
      Tomas Vega visits Togo
      ! Marco Diaz visits Togo
    The general Tomas Vega praised the minister Marco Diaz. He agreed to go to Lima, out of \
    respect, he said, for Marco Diaz.
      ! Marco Diaz visits
      ! says Marco Diaz
    Turkey praised the plan. The Swedish government said that it did not support the protest.
      Sweden supports | not | about protest | says Sweden
      ! Turkey ... | not
    Eva Ruiz told partners that “Peru is back” and urged them to help.
      Eva Ruiz urges
      ! Peru urges
    """
)
def test_who_he_she_and_it_are(case: Case) -> None:
    check(case)


@cases(
    """
    Foreign minister Eva Ruiz and prime minister Tomas Vega spoke. The foreign ministers of the \
    European Union condemned Mali.
      foreign ministers of the European Union opposes Mali
      ! Ruiz opposes
      ! Vega opposes
    A Peruvian delegation arrived. Mali sent its own. The delegations met in Oslo.
      ! Peruvian delegation meets
    Chad freed jailed members of the Front. Members of the senate accused Togolese politicians \
    of theft.
      Members accuses Togolese politicians
      ! jailed members accuses
    """
)
def test_a_group_is_not_whoever_else_has_the_same_noun(case: Case) -> None:
    check(case)


@cases(
    """
    Norway will meet the Chilean target by May.
      ! meets
    Ghana met the American deadline.
      ! meets
    Ghana met the American delegation.
      Ghana meets American delegation
    Kenya returned to the treaty.
      ! visits
      ! attends
    Peru went back to the agreement on Monday.
      ! visits
      ! attends
    Peru went back to Lima on Monday.
      Peru visits Lima | on 2025-05-12
    Eva Ruiz mediated the talks together with Tomas Vega.
      Eva Ruiz + Tomas Vega mediates | about talks
      ! mediates Tomas
    Ghana attacked Togo together with Benin.
      Ghana + Benin attacks Togo
      ! attacks Benin
    Ghana met Togo together with Benin.
      ! Ghana attacks
    Peru accused Chile of theft, which Chile denied.
      Peru accuses Chile
      Chile denies
      ! denies ... | says
    Vega said in March that Peru supported Chile.
      Vega commentsOn | about Peru + Chile | on 2025-03
      ! March
    """
)
def test_what_a_word_looks_like_it_does(case: Case) -> None:
    check(case)


@cases(
    """
    At a meeting with Tomas Vega, whom Juan Soto has sent as his envoy, Eva Ruiz called on all \
    governments to sign the pact.
      ! urges Juan
      ! urges Tomas
    The foreign ministers of the European Union expressed solidarity with Togo, according to \
    the chief of the agency, Eva Ruiz.
      foreign ministers of the European Union supports Togo | says Eva Ruiz
      ! supports Eva
    Senior clerics in Kono gave their blessing to the accord, according to Marco Diaz.
      ! supports Marco
    Eva Ruiz visited the Chinese capital.
      Eva Ruiz visits Beijing
    Turkey accused the two countries of sheltering members of the Red Front.
      ! sheltering members
    Kenya accused Chadian politicians of insulting Malian democracy.
      Kenya accuses Chadian politicians | about Mali
    A Togolese team would be in Kono on Thursday, Marco Diaz said on Tuesday.
      Marco Diaz commentsOn | about Togo + Kono | on 2025-05-13
    The rebels claimed the attack on the port of Togo.
      rebels announces | about attack on the port of Togo
    """
)
def test_who_is_named_by_the_way_is_no_party(case: Case) -> None:
    check(case)


@cases(
    """
    Peru attacked Chile on Monday, Norway said, according to the state news agency Tass.
      Peru attacks Chile | on 2025-05-12 | says Norway | via TASS
      Norway commentsOn | about Peru + Chile | via TASS
      !
    """
)
def test_an_outlet_after_a_longer_description_is_the_source(case: Case) -> None:
    check(case)


@cases(
    """
    Eva Ruiz spoke before the climate conference in Glasgow. The treaty was adopted at a \
    conference which France had hosted.
      France hosts conference
      ! France hosts climate
    After the summit in Vilnius, Sweden left. Eva Ruiz attended the ceremony.
      Eva Ruiz attends ceremony
      ! attends summit
    There were several crises in Kono. Peru accused Chile of the attack.
      Peru accuses Chile | about attack
      ! crises
    The humanitarian crisis in Kono went on. Peru accused Chile of the attack.
      Peru accuses Chile | about attack
      ! crisis
    President Tomas Vega of Chile met President Juan Soto of Peru. Chilean spokesman Marco Diaz \
    said on Monday that the president would visit Norway.
      Tomas Vega visits Norway | planned | says Marco Diaz
      ! Juan Soto visits
    """
)
def test_the_conference_and_the_president_are_not_always_the_last_one(case: Case) -> None:
    check(case)
