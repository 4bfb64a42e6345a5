"""Models of the literature that stand on their own, one a file: what the models of the case grew from."""
