"""What is written and kept: rows, what they were before, what is let go of, and the owner's marks."""
