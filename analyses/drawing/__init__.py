"""Figures: a game tree, a region map, a tornado. Each is drawn the same to the byte every time."""
