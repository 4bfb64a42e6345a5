"""Formulas: read from text, their exact values, relations between them."""
