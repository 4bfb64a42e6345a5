"""Models of territorial bargaining."""
