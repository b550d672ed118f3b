"""Words by which a text says that a number is a part, a rise, a forecast or of a time; our own lists, folded."""

from __future__ import annotations

from dateline.text.words import stem
from dateline.text.wordset import word_set

# Heads that say only that people are counted: two counts of them may be of the same people under any other noun.
GENERAL = frozenset(
    stem(word)
    for word in word_set(
        """
        people person persons individual victim human life lives body casualty dead killed kill fatality
        death toll resident member citizen inhabitant wounded injury injured hurt adult
        missing died drowned sick detained arrested held displaced evacuated arrest villager case infection house home
        """
    )
)
UNITS = frozenset(
    stem(word)
    for word in word_set(
        """
        million billion trillion thousand hundred dozen score several few handful couple multiple bn tn mn bln mln m b
        dollar euro pound
        usd one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
        estimated roughly approximately almost nearly least around about over under minimum excess total reported half
        """
    )
)
INSIDE = word_set("including among includes include included comprising")
OTHER = word_set("other others another more additional further extra new newly remaining rest second third")
RISE = word_set(
    """
    rise rises grew grown climbed jumped increase increased increasing increases jump gain fell drop dropped decline
    declined cut reduced
    adding added raised
    """
)
CHANGED = word_set("increase rise jump drop decline gain")
FORECAST = word_set(
    """
    expected expect expects expecting forecast forecasts forecasters economists predicted predict predicts prediction
    expectations
    anticipated projected projection projections goal target hopes hope aims aim would could might may if potentially
    plans planned pledged
    """
)
NEEDED = word_set("need needs needed required requires require necessary threshold majority short")
PERIOD = word_set("average daily 24-hour")
PERIOD_NEAR = word_set("weekly monthly record overnight hourly annually yearly annual average daily single")
FLOWS = word_set("job jobs payrolls")  # told of a month, however they are told
DAILY = word_set(
    "cases deaths infections fatalities hospitalizations hospitalisations admissions"
)  # “new” ones: a day's
EARLIER = word_set("earlier previously initially originally revised corrected")
PRONOUNS = word_set("it he she they we i you those these this that who which one others some")
# What is said of a thing and tells nothing of it: who welcomes a plan of 3 million is not where that number comes from.
JUDGED = word_set(
    """
    criticised criticized condemned denounced praised welcomed hailed decried blasted slammed dismissed
    """
)
DENIED = word_set("denied denies deny denying disputed disputes disputing refuted")
DAY = word_set("monday tuesday wednesday thursday friday saturday sunday")
MONTH = word_set(
    "january february march april may june july august september october november december",
)
CURRENCIES = {
    "dollar": "$",
    "usd": "$",
    "euro": "€",
    "eur": "€",
    "pound": "£",
    "sterling": "£",
    "gbp": "£",
    "yen": "¥",
    "rupee": "₹",
    "ruble": "₽",
    "rouble": "₽",
    "naira": "₦",
    "lira": "₺",
    "shekel": "₪",
    "won": "₩",
}
