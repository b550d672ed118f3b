"""Who publishes what, and what their pages hold beside the news."""
