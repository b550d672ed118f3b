"""What is done to whom with what, how many, and what is nobody’s deed."""
