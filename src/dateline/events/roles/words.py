"""Words that tell who can be a party, of which sector, and which prepositions bring whom."""

from __future__ import annotations

from dateline.lexicon.deeds.actions import noun_lemma

PERSONAL = frozenset(
    "he she it they him her them who which that whom himself herself itself themselves his their its".split()
)
SPEAKING = frozenset("i we us me our my ourselves".split())

# Heads of phrases that name people or bodies, with the sector they belong to (None: no sector follows).
SECTORS: dict[str, str | None] = {}
for _sector, _words in {
    "MIL": "army military troop troops soldier navy airforce marine force forces brigade battalion regiment "
    "platoon commando pilot sailor warship warplane jet tank helicopter serviceman garrison general "
    "colonel admiral "
    "submarine frigate destroyer gunboat bomber aircraft unit peacekeeper personnel commander lieutenant "
    "sergeant captain major artillery gunship squadron fleet division paratrooper cadet conscript "
    "reservist",
    "COP": "police policeman officer gendarme constable cop trooper detective policewoman guard gendarmerie "
    "constabulary",
    "GOV": "government president minister official administration authority authorities premier chancellor "
    "ministry cabinet regime governor mayor ambassador diplomat envoy spokesman spokeswoman king queen "
    "prince emir sultan "
    "leadership secretary embassy consulate delegation presidency monarch deputy-minister junta "
    "commissioner undersecretary attorney-general",
    "LEG": "parliament senate congress lawmaker legislator senator deputy assembly mp congressman legislature "
    "knesset duma bundestag",
    "JUD": "court judge tribunal prosecutor judiciary magistrate jury attorney",
    "REB": "rebel guerrilla insurgent militant separatist fighter terrorist extremist subversive jihadist "
    "insurgency guerrillas mutineer",
    "PRM": "militia militiaman paramilitary paramilitaries vigilante militias",
    "UAF": "gunman gunmen attacker assailant bomber assassin kidnapper hijacker unknown individual sniper hitman",
    "CVL": "civilian protester demonstrator people resident villager woman man child crowd student pupil peasant "
    "worker passenger family citizen boy girl youth tourist farmer bystander shopper settler pilgrim "
    "victim person rioter mourner "
    "inhabitant farmer population marcher mob prisoner inmate detainee hostage fan elder parent mother "
    "onlooker teenager pedestrian neighbour neighbor tenant visitor volunteer participant evictee survivor returnee "
    "father brother son daughter wife husband commuter driver patient supporter opponent activist national "
    "landowner householder schoolgirl toddler baby pensioner immigrant expatriate",
    "REF": "refugee migrant displaced evacuee asylum-seeker boatpeople",
    "JRN": "blogger columnist presenter publisher podcaster journalist reporter newspaper correspondent "
    "broadcaster photographer editor cameraman press media",
    "LAB": "union trade-unionist striker labourer laborer unionist teacher miner driver docker nurse",
    "OPP": "opposition dissident",
    "PTY": "party coalition candidate",
    "BUS": "company bank firm businessman corporation industry contractor trader shopkeeper employer airline merchant "
    "dealer oligarch tycoon magnate banker entrepreneur executive shipowner exporter importer supplier manufacturer "
    "retailer conglomerate subsidiary consortium startup shipyard carmaker insurer lender",
    "CRM": "gang trafficker cartel smuggler criminal mafia robber thief drug-trafficker pirate bandit gangster suspect",
    "REL": "church priest cleric bishop imam mosque clergy pope monk nun rabbi cardinal archbishop missionary",
    "MED": "doctor hospital medic paramedic physician",
    "EDU": "university school professor academic lecturer",
    "SPY": "intelligence spy",
    "NGO": "charity",
    "ELI": "ex-president ex-minister",
    "UNK": "group movement organization organisation faction alliance side party-unknown man",
}.items():
    for _word in _words.split():
        SECTORS.setdefault(noun_lemma(_word), _sector)

# Common nouns before a party that leave it one of politics: any other makes it an office party, a birthday party.
POLITICAL = frozenset(
    "opposition majority minority splinter fringe protest peace reform state government independence freedom "
    "liberation labour labor people worker".split()
)
# Words that these common nouns make something else: a flat unit, a water tank, a team captain, a credit union.
AMBIGUOUS = frozenset(
    "unit division tank fleet captain court union guard press agent secretary side bank force".split()
)
CIVIL = frozenset(
    "housing flat apartment storage rental condo business sale sales care bedroom wall shower power cooling water fish "
    "oil gas fuel septic think truck car bus taxi vehicle delivery team football cricket rugby basketball club credit "
    "food tennis squash insurance estate travel talent book printing drill school company product packaging river "
    "blood task mouth shin price market".split()
)

# Prepositions that bring the recipient, by type; the first found wins.
TO: dict[str, tuple[str, ...]] = {
    "ASSAULT": ("against", "on", "at", "upon", "into", "with", "toward", "towards"),
    "COERCE": ("against", "on", "from", "upon", "for", "to"),
    "MOBILIZE": ("against", "to", "in", "into", "near", "along", "around"),
    "PROTEST": ("against", "at", "of", "outside", "over", "for", "by", "from", "to", "in"),
    "SANCTION": ("against", "on", "with", "to", "from", "upon", "for", "between", "of"),
    "RETREAT": ("to", "from", "with", "in", "of", "into", "for"),
    "CONCEDE": ("to", "of", "from", "for", "on", "in", "by", "with", "against"),
    "REJECT": ("to", "by", "of", "from", "with", "for", "on", "in"),
    "THREATEN": ("against", "to", "with", "on", "by", "of", "in"),
    "ACCUSE": ("against", "of", "for", "at", "by", "on", "with", "to", "about", "into", "over", "in"),
    "REQUEST": ("on", "upon", "to", "from", "of", "with", "for", "by", "in"),
    "AGREE": ("with", "to", "for", "between", "on", "by", "from", "in", "of"),
    "CONSULT": ("with", "between", "among", "to", "in", "of"),
    "SUPPORT": ("for", "with", "to", "of", "behind", "from", "in", "on", "between"),
    "COOPERATE": ("with", "to", "between", "from", "for"),
    "AID": ("to", "for", "with", "into", "in", "from"),
}
NOUN_BY = ("by", "from")
NOUN_OBJECT = frozenset(  # nouns whose “of X” or “X's” names the one it is done to
    "killing murder assassination arrest kidnapping abduction death execution beheading slaying detention "
    "assault abuse battery molestation mistreatment maiming wounding burning bombing shelling shooting "
    "bombardment invasion occupation seizure siege destruction beating torture rape deportation expulsion "
    "dismissal eviction release "
    "persecution annexation hijacking demolition condemnation criticism massacre lynching jailing "
    "imprisonment prosecution indictment "
    "conviction poisoning stabbing ambush torching sacking sinking downing recognition endorsement praise "
    "overthrow ouster impeachment "
    "looting genocide sabotage liberation rescue investigation probe rejection coup extradition harassment "
    "intimidation blockade".split()
)
POSSESSOR_SUFFERS = frozenset(
    "killing murder assassination arrest kidnapping abduction death execution beheading slaying detention "
    "deportation expulsion dismissal eviction release conviction prosecution ouster overthrow imprisonment "
    "torture lynching jailing poisoning rape".split()
)
ABSTRACT = frozenset(
    "that way move step case effort matter issue thing fact time year month week day today number idea "
    "problem question result right plan "
    "policy law rule decision report statement claim charge peace security life role power order action "
    "attack strike violence event "
    "incident situation condition crisis talk meeting agreement deal end start return need use kind sort "
    "part place work interest pressure "
    "program programme project reform change process position relation tie link support aid help "
    "assistance money fund dollar percent "
    "control access right freedom democracy independence justice restraint calm fire operation war "
    "conflict ceasefire truce proposal "
    "resolution request demand call appeal offer threat warning ultimatum damage death injury casualty "
    "loss toll rise fall increase effect "
    "impact risk danger fear concern hope chance opportunity cooperation commitment intention restriction "
    "sanction ban curfew emergency "
    "election vote campaign trade export import price cost tax budget arm weapon responsibility evidence "
    "information intelligence detail".split()
)


# lengths, hours and lists: they never act nor suffer
MEASURES = frozenset(
    "drive walk flight mile kilometre kilometer metre meter km hour minute second decade century morning afternoon "
    "evening night weekend midnight noon dawn dusk roster schedule timetable calendar agenda".split()
)
# forms of a verb that a parser may take for a name at the head of a sentence
AUXILIARIES = frozenset(
    "am is are was were be been being has have had do does did can could shall should would might must".split()
)
AREAS = frozenset(
    "swathe area territory land part region town city village district ground country border front side place "
    "zone point outskirt suburb half chunk stretch portion".split()
)
# verbs whose object is what is given or sent, not who has it done to them
GIVING = frozenset(
    "send give provide deploy dispatch deliver supply contribute offer pledge ship donate grant lend promise".split()
)
QUANTITIES = frozenset(
    "thousand hundred dozen score ten number group crowd majority couple handful most some several".split()
)
