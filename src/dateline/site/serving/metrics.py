"""What the site counts of itself, in the text form that Prometheus reads."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from dateline.store.ports import Reader
from dateline.text.moments import instant

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
_HELD = ("articles", "stories", "events", "mentions", "sources", "rejected", "families")


class Metrics:
    """Counters of one site; nothing in them names a visitor, a page or a source."""

    def __init__(self) -> None:
        """Begin at zero."""
        self._registry = CollectorRegistry()
        self.answers = Counter(
            "dateline_answers", "Answers given, by kind of page and status.", ["page", "status"],
            registry=self._registry,
        )  # fmt: skip
        self.kept = Counter("dateline_answers_kept", "Answers given again without being made.", registry=self._registry)
        self.making = Histogram(
            "dateline_page_seconds", "Time to make a page.", registry=self._registry,
            buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
        )  # fmt: skip
        self.limited = Counter(
            "dateline_refused", "Requests refused by a limit, by its name.", ["limit"], registry=self._registry
        )
        self._desk = Gauge("dateline_desk", "What the desk holds.", ["what"], registry=self._registry)
        self._failing = Gauge("dateline_sources_failing", "Sources whose last poll failed.", registry=self._registry)
        self._newest = Gauge(
            "dateline_newest_article_timestamp_seconds", "When the newest article was published.",
            registry=self._registry,
        )  # fmt: skip
        self._pass = Gauge("dateline_last_pass_timestamp_seconds", "When the last pass ended.", registry=self._registry)

    def text(self, reader: Reader) -> bytes:
        """Write all counters, with what the desk holds now."""
        counts = reader.counts()
        for name in _HELD:
            self._desk.labels(name).set(getattr(counts, name))
        self._failing.set(sum(1 for source in reader.sources() if source.error))
        newest = instant(counts.newest)
        self._newest.set(newest.timestamp() if newest else 0)
        ended = next((instant(run.finished) for run in reader.manifests(limit=5) if run.finished), None)
        self._pass.set(ended.timestamp() if ended else 0)
        return generate_latest(self._registry)
