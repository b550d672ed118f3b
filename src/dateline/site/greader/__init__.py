"""The Google Reader API, so that the readers people have on phones and in terminals can read the desk.

What it says was never published by its maker; it follows what clients of FeedHQ, FreshRSS and The Old Reader send and
expect. Subscriptions are the outlets that the desk has articles of; everything needs the owner's log-in.
"""
