"""Formulas: what they may be made of, how they are read from text, their exact values, relations between them."""
