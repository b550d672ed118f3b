"""Code whole archives without a desk: one shard in, one committed file a table out; here, or on a Dask cluster.

A shard is a file of pages (WARC, JSON Lines). Each is read and coded by itself and written under `OUT/articles`,
`OUT/mentions`, `OUT/events` and `OUT/rejected`, aside first and then under its name; its manifest comes last, so that
what was killed half-way counts as not done, is done again, and gives the same files.
"""

from dateline.batch.running import Summary, run
from dateline.batch.shards import Shard, find

__all__ = ["Shard", "Summary", "find", "run"]
