"""What passes work with: pages that wait, steps that are claimed, sketches and shingles of texts."""
