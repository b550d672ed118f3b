"""Fetching as a guest: one request at a time to an origin, robots.txt obeyed, nothing private, nothing unbounded."""

from dateline.sources.http.client import AGENT, Answer, Client, retry_after
from dateline.sources.http.gates import GAP
from dateline.sources.http.hosts import Hosts

__all__ = ["AGENT", "GAP", "Answer", "Client", "Hosts", "retry_after"]
