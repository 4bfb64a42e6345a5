"""Nash equilibria: all of them, pure ones, one of them, and those of zero-sum games."""
