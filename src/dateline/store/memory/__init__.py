"""A store that lives in memory: the twin for tests, easy to fill, and the plainest statement of what a store does."""

from dateline.store.memory.writing import MemoryStore

__all__ = ["MemoryStore"]
