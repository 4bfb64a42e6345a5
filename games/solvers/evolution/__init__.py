"""What withstands mutants in a population."""
