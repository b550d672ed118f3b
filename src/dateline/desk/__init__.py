"""The desk: a store, a clock and the stages, run in their order, so that nothing is lost and nothing done twice."""

from dateline.desk.desk import Desk

__all__ = ["Desk"]
