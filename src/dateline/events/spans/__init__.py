"""Where, when, how many, by what means: which spans belong to which trigger."""
