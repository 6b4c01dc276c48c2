"""Lists of English words by class: nouns for people, events and places; words for modality.

The classes are general (person nouns, collective nouns, deverbal event nouns, implicative and
factive predicates after Karttunen 1971) and come from no article.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of `text` as a set."""
    return frozenset(text.split())


# Plural or collective person nouns that can act as one described group.
GROUP_HEADS = words(
    "official leader minister diplomat lawmaker senator legislator parliamentarian observer "
    "analyst expert scholar researcher academic source soldier troop militant fighter rebel "
    "insurgent protester protestor demonstrator activist resident villager citizen worker "
    "student teacher journalist reporter lawyer prosecutor investigator inspector negotiator "
    "mediator envoy delegate representative ambassador adviser advisor aide ally partner "
    "critic supporter opponent opposition government administration authority regulator court "
    "police officer force commander general separatist extremist terrorist gunman hacker "
    "smuggler pirate refugee migrant settler tribe elder family relative victim survivor "
    "voter candidate politician member delegation team mission coalition alliance bloc union "
    "group organization organisation community company firm bank industry airline union "
    "country nation state power side party capital neighbour neighbor spokesman spokeswoman "
    "spokesperson crew peacekeeper veteran professional doctor scientist environmentalist "
    "campaigner peasant farmer fisherman trader investor donor creditor people public crowd "
    "mob parent woman man child civilian prisoner hostage detainee counterpart president "
    "premier king chancellor secretary chief head director visitor attendee participant "
    "musician artist performer spectator passenger driver pilot sailor guest nurse medic "
    "judge lord commissioner mp deputy peer royal congressman councillor governor scientist "
    "economist historian commentator pundit author writer publisher broadcaster editor blogger "
    "campaign militia junta monarchy cleric imam priest monk bishop faction guerrilla mercenary "
    "paramilitary conscript recruit reservist cadet troops firefighter rescuer volunteer "
    "monitor auditor watchdog delegate councilor businessman entrepreneur executive employee "
    "employer importer exporter manufacturer shareholder tourist student pupil teenager youth "
    "individual national motorist commuter consumer customer taxpayer pensioner dissident exile "
    "expatriate immigrant "
    "evacuee detractor skeptic sceptic hardliner moderate conservative liberal "
    "nationalist populist monarchist loyalist secessionist unionist islamist jihadist "
    "guerilla warlord jurist landowner youth teen teenager hunter miner herder herdsman grower "
    "shepherd shopkeeper merchant vendor banker operator industrialist technocrat bureaucrat "
    "magistrate attorney counsel solicitor barrister juror plaintiff defendant petitioner accuser "
    "witness bystander onlooker kidnapper hijacker attacker assailant perpetrator bomber assassin "
    "killer murderer arsonist saboteur vandal looter rioter marcher striker unionist leftist "
    "rightist royalist communist socialist democrat republican reformist centrist anarchist "
    "cartel gang syndicate mafia bandit robber trafficker inmate convict policeman policewoman "
    "serviceman servicewoman marine paratrooper commando sniper bodyguard guard brigade battalion "
    "squad unit rabbi nun archbishop cardinal pastor missionary worshipper pilgrim mullah "
    "believer convert muslim christian jew catholic protestant sunni shiite shia hindu buddhist "
    "sikh orphan widow mother father son daughter brother sister wife husband spouse "
    "parent relative friend colleague neighbour laborer labourer docker trucker steelworker "
    "seafarer fisher engineer technician specialist consultant contractor physician surgeon "
    "paramedic therapist psychologist psychiatrist professor lecturer principal dean educator "
    "intellectual philosopher poet novelist filmmaker photographer cameraman correspondent "
    "columnist presenter host anchor whistleblower hacktivist athlete player coach footballer "
    "runner swimmer skater wrestler referee fan spectator actor actress singer dancer celebrity "
    "astronaut cosmonaut explorer climber traveler traveller foreigner native resident settler "
    "colonist occupier invader liberator collaborator informant informer spy agent operative "
    "handler recruiter financier sponsor patron ringleader mastermind suspect fugitive defector "
    "deserter turncoat traitor mediator broker go-between intermediary guarantor signatory "
    "policymaker decision-maker strategist planner lobbyist campaigner organizer organiser "
    "sympathizer sympathiser follower adherent enthusiast administrator mayor governor senator "
    "congresswoman chairman "
    "chairwoman chairperson vice-president minister-president consul attache attaché "
    "user netizen commenter subscriber blogger passer-by passerby onlooker caller informant "
    "statesman ruler dictator monarch sovereign inhabitant fundamentalist population"
)
# Nouns that measure or part what "of" names: "tons of grain", "part of the fleet".
PARTITIVES = words(
    "assembly number series majority minority dozen hundred thousand million billion handful group "
    "pair trio most some many all both one none rest bulk ten score half third quarter part "
    "portion section segment percent percentage remainder several kilogram kg tonne ton litre "
    "liter barrel crate truckload planeload shipload batch wave string spate slew host array "
    "amount quantity worth total consignment shipment volley dollar euro pound yen yuan ruble hour "
    "minute day week month year round bout"
)
# Nouns that add little to the noun before them: "aid package", "sanctions regime".
CARRIERS = words(
    "package program programme regime process campaign operation effort measure scheme drive "
    "bid delivery shipment flow supply mission policy plan round system state act deal"
)
# Bare plurals with no definite referent: "countries", "officials".
VAGUE = words(
    "countries nations states parties sides officials leaders people members governments others "
    "partners allies individuals men women children families companies groups organizations "
    "organisations forces troops authorities teams crews units experts ministers sources capitals "
    "journalists reporters"
)
# Nouns that reverse the noun after "of": support for an end of the war is not for the war.
UNDOING = words(
    "withdrawal exit departure end ending abolition cancellation violation breach defeat repeal "
    "rejection suspension termination collapse failure secession destruction abandonment removal "
    "postponement delay breakdown dissolution annulment revocation breakup overthrow ouster "
    "expulsion assassination killing murder"
)
# Verbs whose subject is also the agent of their object noun ("began the withdrawal of ...").
PERFORMING = words(
    "begin start launch continue resume conduct undertake perform complete announce order "
    "intensify accelerate speed step expand extend renew commence pursue organise organize lead "
    "declare effect execute implement"
)
# Verbs that blame somebody for an act, and verbs by which the agent admits it.
BLAMING = words("accuse blame suspect charge hold convict indict fault")
ADMITTING = words("claim admit acknowledge")
# Nouns for documents and speeches: the source of what "the report says" is its author.
DOCUMENTS = words(
    "statement report letter tweet message communique communiqué memo memorandum ruling judgment "
    "judgement verdict declaration reply response testimony speech interview remark comment "
    "resolution warning notice note post release announcement editorial order decree directive "
    "petition appeal bulletin dispatch telegram email e-mail advisory"
)
# Nouns for unnamed sources; adverbs and adjectives for reports without a source.
SOURCES = DOCUMENTS | words(
    "source insider rumour rumor account claim allegation poll survey study media story leak "
    "speculation"
)
HEARSAY = words("reportedly allegedly supposedly purportedly")
ALLEGED = words("alleged reported rumoured rumored purported supposed")
# Verbs whose passive reports without a source ("is said to have left").
RUMOURED = words(
    "say claim allege report believe think understand rumour rumor accuse suspect suggest assert "
    "whisper speculate assume presume"
)
# Verbs whose subject is the author of their object, a document ("issued a statement").
ISSUING = words(
    "issue release publish post send write sign deliver circulate put make read give adopt "
    "distribute submit file draft tweet share broadcast"
)
# Nouns for one person with a public role: "the spokesman", "the president".
ROLE_HEADS = words(
    "source insider aide adviser advisor negotiator mediator president premier minister "
    "chancellor king queen prince emir sultan pope secretary "
    "spokesman spokeswoman spokesperson ambassador envoy governor senator mayor general "
    "commander chief leader lawmaker diplomat official chairman chairwoman director head "
    "commissioner judge prosecutor candidate professor scholar researcher analyst expert "
    "fellow historian economist princess duke duchess monarch emperor premier "
    "congressman congresswoman mp lawyer attorney activist journalist cleric ayatollah "
    "colonel admiral captain lieutenant marshal inspector envoy"
)
# Nouns and modifiers for armed groups, and nouns for countries without a name.
ARMED_HEADS = words("militant rebel insurgent gunman fighter extremist terrorist jihadist")
ARMED_MODIFIERS = words(
    "militant terror terrorist rebel insurgent armed jihadist separatist paramilitary guerrilla"
)
COUNTRY_HEADS = words("country nation state kingdom republic")
# Forces of a state: "Russian troops" counts as the country, by the annotation guidelines.
FORCE_HEADS = words(
    "troop troops force forces soldier warship ship aircraft jet warplane plane fleet personnel "
    "tank bulldozer helicopter gunship drone artillery gunboat submarine destroyer frigate "
    "bomber fighter "
    "paratrooper commando marine navy army vessel battleship gunner"
)
# Attacks and weapons: their possessor or modifier is the attacker ("Israeli fire killed ...").
DEEDS = words(
    "attack strike airstrike raid bombing shelling bombardment offensive operation invasion "
    "assault ambush gunfire fire missile rocket shell mortar shooting incursion crackdown"
)
# Nouns for events, by class.
MEETING_HEADS = words(
    "talk meeting summit conference negotiation dialogue session forum gathering "
    "congress consultation hearing ceremony dinner lunch discussion "
    "conversation call"
)
VISIT_HEADS = words("visit trip tour journey")
ELECTION_HEADS = words("election referendum vote poll ballot runoff inauguration")
CONFLICT_HEADS = words(
    "war conflict crisis invasion attack offensive battle siege fighting clash uprising "
    "revolution coup insurgency campaign bombing strike raid assault massacre shooting "
    "blockade standoff dispute killing murder assassination poisoning kidnapping abduction "
    "airstrike bombardment shelling ambush hijacking stabbing genocide cyberattack incursion "
    "crackdown annexation occupation takeover mutiny"
)
OTHER_EVENT_HEADS = words(
    "exercise drill protest rally march demonstration operation game parade riot unrest strike "
    "shutdown lockdown trial hearing funeral incident accident crash collision explosion blast "
    "wildfire fire earthquake flood storm hurricane famine outbreak pandemic epidemic disaster "
    "launch test celebration anniversary festival tournament ceremony"
)
AGREEMENT_HEADS = words(
    "agreement deal treaty accord pact memorandum convention protocol resolution ceasefire "
    "truce armistice bill law legislation amendment decree constitution motion charter"
)
# Nouns for places without a name that are attacked, seized, visited or closed.
PLACE_HEADS = words(
    "base airport airbase airfield port harbour harbor checkpoint camp village town city district "
    "province region island strait headquarters compound refinery pipeline oilfield depot factory "
    "hospital school mosque church temple synagogue museum prison dam reactor barracks outpost "
    "palace"
)
# Nouns for targets of force that have a fixed place or count as one.
SITE_HEADS = PLACE_HEADS | words(
    "target position site building house home apartment office shop market hotel restaurant cafe "
    "bank warehouse plant factory station terminal tower bridge road railway line pipe cable grid "
    "tunnel bunker trench post bus car train truck vehicle convoy ship boat tanker farm field "
    "settlement neighbourhood neighborhood quarter square street facility installation stronghold "
    "hideout infrastructure property land territory area"
)
# A name with one of these words is an agreement, an event or a storm.
NAMED_AGREEMENTS = words(
    "agreement accord accords treaty pact convention protocol memorandum resolution charter act"
)
NAMED_EVENTS = words(
    "summit conference olympics games war talks forum congress cup championship election festival"
)
STORMS = words("typhoon hurricane cyclone")
# A name with one of these heads is a public body, a news outlet or another organisation.
BODY_HEADS = words(
    "ministry parliament army navy senate congress court commission committee council agency "
    "department bureau office directorate embassy consulate police guard guards force forces "
    "government administration cabinet assembly house treasury chancellery presidency "
    "secretariat staff command corps duma knesset bundestag authority service board tribunal"
)
OUTLET_HEADS = words(
    "news times post herald tribune gazette daily agency journal magazine radio tv television "
    "broadcaster newspaper press chronicle telegraph review weekly network"
)
OUTLET_COMMON = words(
    "newspaper agency broadcaster channel station magazine daily media outlet paper tabloid website"
)
ORGANISATION_HEADS = words(
    "institute university college school academy foundation centre center association union "
    "party company corporation group bank club society federation league fund organization "
    "organisation airlines airline airways council network trust museum church hospital press"
)

INSTITUTE_WORDS = words(
    "institute institution university college school academy center centre foundation council "
    "think-tank laboratory observatory museum project initiative endowment"
)

# The modality that a predicate gives to its complement (Karttunen 1971; Saurí & Pustejovsky 2009).
PLANNED = words(
    "plan intend schedule set prepare agree decide vow pledge promise commit aim arrange be "
    "due determine resolve opt choose undertake volunteer pend committed determined dedicated "
    "focus"
)
POSSIBLE = words(
    "expect likely poise may consider appear seem tend try attempt threaten hesitate able "
    "unlikely mull weigh contemplate ready prepared believe think hope rumour rumor predict "
    "anticipate possible willing explore examine study discuss debate warn caution"
)
PROPOSED = words(
    "want wish desire seek ask urge call demand request require propose suggest recommend "
    "invite encourage order instruct tell need persuade press push appeal beg insist advise "
    "offer let allow help convince force oblige authorize authorise enable must should ought "
    "challenge dare taunt implore beseech entreat plead lobby tempt coax goad task nudge prod "
    "spur pressure exhort counsel admonish commission direct command compel"
)
# Those of them whose object is the one to act, even if the parse has a clause of purpose.
DIRECTING = PROPOSED - words(
    "want wish desire seek need propose suggest demand require recommend offer let allow help "
    "enable call appeal push press must should ought insist plead"
)
# Verbs whose infinitive is a fact ("led Peru to leave") or a purpose.
CAUSING = words(
    "begin start continue manage come proceed resume hold have make take go keep cause lead bring "
    "get drive use send dispatch deploy spend prompt see leave find hear elect choose prove happen "
    "turn employ devote"
)
NEGATING = words(
    "refuse decline fail deny avoid cancel refrain cease stop prevent reject neglect ban bar "
    "forbid prohibit pretend forget omit"
)
NEGATORS = words("not n't never no neither nor without hardly scarcely nobody none nowhere nothing")
NOBODY = words("nobody none")
# Adverbs by which a charge or claim is untrue ("was wrongly accused of").
FALSELY = words("wrongly falsely mistakenly erroneously unjustly wrongfully")
# Nouns for what a parliament may adopt or reject; if it rejects it, nothing of it is done.
BILLS = words("bill law legislation amendment measure resolution motion decree")
ONLY = words("only just merely solely")  # "not only" denies nothing
POSSIBLE_NOUNS = words(
    "ability chance possibility opportunity potential option risk threat readiness right "
    "capability capacity power authority freedom means prospect likelihood fear hope willingness "
    "temptation"
)
PLANNED_NOUNS = words("plan decision agreement intention pledge promise commitment vow move deal")
PROPOSED_NOUNS = words(
    "proposal offer call demand request appeal desire wish need suggestion invitation urge "
    "recommendation bid order ultimatum effort attempt idea push drive pressure motion "
    "importance necessity"
)
# Nouns for a possible, planned, proposed or refused act; their possessor is its agent.
INTENTIONS = POSSIBLE_NOUNS | PLANNED_NOUNS | PROPOSED_NOUNS | {"refusal", "failure"}
POSSIBLE_ADJECTIVES = words(
    "possible potential likely prospective eventual hypothetical alleged suspected rumoured"
)
PLANNED_ADJECTIVES = words("planned scheduled upcoming forthcoming future next coming due")
PROPOSED_ADJECTIVES = words("proposed suggested requested desired hoped-for")
# "Does not believe that" denies what follows (negative raising, Horn 1978).
THINKING = words("believe think expect suppose imagine anticipate true case")
RETREATING = words("shy recoil shrink desist abstain flinch")
FALSE = words(
    "untrue false impossible inconceivable unthinkable baseless groundless unfounded lie hoax "
    "fabrication falsehood myth"
)
# What a claim, but not an act, may be called: "the claim is wrong".
MISTAKEN = FALSE | words(
    "wrong incorrect inaccurate fake bogus fabricated erroneous mistaken absurd"
)
# What may be done to a claim that is untrue: "the story was invented".
INVENTING = words("fabricate invent concoct debunk disprove discredit refute dismiss deny")
UNSURE = words("unlikely doubtful unclear possible likely conceivable hard difficult easy")
# Negated, these leave the truth of their complement open ("did not say that").
SURE = words(
    "clear certain sure convinced confirmed confirm say claim allege assert suggest announce"
)
NEEDFUL = words("important necessary vital essential crucial imperative desirable advisable urgent")
CLAIMS = words(
    "claim accusation allegation charge report rumour rumor suggestion speculation suspicion story "
    "assertion contention"
)
# Before "war" or "offensive" these make it a figure of speech ("a charm offensive").
FIGURATIVE = words(
    "charm trade legal price culture cultural media diplomatic propaganda verbal tariff bidding "
    "turf peace currency economic political courtroom rhetorical public-relations pr marketing "
    "advertising word twitter information ideological class ratings subsidy customs chip "
    "diplomacy "
    "lawsuit legislative electoral parliamentary commercial financial regulatory moral "
    "intellectual literary poll spending fashion fishing cod banana"
)
# What can be "shot down" or "attacked" in a figure of speech only: words and plans.
THOUGHTS = (
    PROPOSED_NOUNS
    | PLANNED_NOUNS
    | words(
        "hope dream argument theory claim idea policy record reputation credibility ambition "
        "notion view opinion narrative criticism stance motion bill reform budget logic rumour "
        "myth expectation aspiration confidence morale image legacy strategy speech remark comment "
        "statement article essay report allegation accusation conviction taboo deadlock"
    )
)
# Verbs of defeating, which between two states or clubs tell of a match unless a war is named.
WINNING = words(
    "beat defeat rout vanquish overpower crush thrash trounce hammer annihilate eliminate"
)
MATCHES = words(
    "match goalkeeper striker midfielder referee umpire semifinal semi-final quarterfinal "
    "quarter-final tournament championship shootout shoot-out half-time innings wicket tie-break "
    "tiebreak playoff play-off kickoff qualifier goalless footballer championships medal medallist "
    "rematch scoreline batsman bowler quarterback rugby cricket football tennis basketball hockey "
    "volleyball handball chess"
)
# What tells of acts that nobody did: in such a work or a mere exercise.
FICTIONS = words(
    "film movie novel cartoon thriller drama comedy satire sitcom scenario simulation videogame "
    "game sketch parody series fiction comic musical opera fable tale poem screenplay script "
    "blockbuster miniseries wargame"
)
GIVING_UP = words("cancel skip abandon drop scrap shelve ditch scuttle forgo renounce")
TURNING_DOWN = words(
    "reject veto refuse oppose block defeat kill shelve withdraw abandon drop scrap postpone delay"
)
DENYING = words("deny reject dismiss refute dispute rebut contradict")
SHOWING = words("show reveal prove demonstrate confirm mean find see know ensure")
SIGNS = words("evidence proof sign indication hint")

# "Peru and Chile met Mali and Chad, respectively": the first the first, the second the second.
PAIRING = words("respectively")
# Conjunctions before the reason of a judgement ("condemned Peru after it left").
REASONS = words("after because since as for")

HE = words("he him his himself")
SHE = words("she her hers herself")
THEY = words("they them their theirs themselves")
IT = words("it its itself")
FIRST = words("i me my mine myself")
FIRST_PLURAL = words("we us our ours ourselves")

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = ("spring", "summer", "autumn", "fall", "winter")
# Feasts: month and day, or days from Easter Sunday.
FEASTS = {
    "new year's day": (1, 1), "epiphany": (1, 6), "valentine's day": (2, 14), "may day": (5, 1),
    "halloween": (10, 31), "christmas eve": (12, 24), "christmas day": (12, 25),
    "christmas": (12, 25), "boxing day": (12, 26), "new year's eve": (12, 31),
}  # fmt: skip
EASTER = {
    "maundy thursday": -3, "good friday": -2, "easter sunday": 0, "easter monday": 1,
    "ash wednesday": -46, "palm sunday": -7, "whit monday": 50,
}  # fmt: skip
NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        start=1,
    )
} | {"a": 1, "an": 1, "couple": 2, "several": 3, "few": 3}

EVENT_HEADS = MEETING_HEADS | VISIT_HEADS | ELECTION_HEADS | CONFLICT_HEADS | OTHER_EVENT_HEADS

# Words that rules look up by lemma; `acts.frames` corrects the parser's lemmas of their forms.
NOUNS = (
    GROUP_HEADS | ROLE_HEADS | FORCE_HEADS | EVENT_HEADS | AGREEMENT_HEADS | PLACE_HEADS
    | BODY_HEADS | DEEDS | DOCUMENTS | PARTITIVES | ORGANISATION_HEADS | COUNTRY_HEADS
    | POSSIBLE_NOUNS | PLANNED_NOUNS | PROPOSED_NOUNS
)  # fmt: skip
VERBS = PERFORMING | ISSUING | BLAMING | ADMITTING | PLANNED | POSSIBLE | PROPOSED | NEGATING
