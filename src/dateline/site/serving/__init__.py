"""Answer visitors: answers and their headers, who is asking, what was made a moment ago, and limits."""
