"""Every example in the documents runs: Python and console blocks in Markdown."""
