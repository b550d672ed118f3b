"""The values that fields of records may take."""

from typing import Literal

Moment = str
Kind = Literal["article", "live", "opinion", "gallery", "index", "other"]
PublishedFrom = Literal["jsonld", "meta", "time", "feed", "url", "text", "given"]
Grain = Literal["minute", "hour", "day", "week", "month", "quarter", "season", "year", "decade", "century"]
Status = Literal["asserted", "alleged", "denied", "negated", "hypothetical", "planned", "desired", "habitual"]
Precision = Literal["site", "city", "near", "admin1", "country", "offshore", "region"]
PlaceRole = Literal["literal", "demonym", "metonym"]
Qualifier = Literal[
    "exactly",
    "at_least",
    "more_than",
    "about",
    "up_to",
    "less_than",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "several",
    "range",
]
Relation = Literal["agree", "updated", "disputed"]
ArticleRole = Literal["original", "copy", "independent", "update", "opinion"]
