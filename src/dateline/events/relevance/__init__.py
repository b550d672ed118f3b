"""Tells the political event from what only sounds like one."""
