"""Certificates: a statement about a game with a proof or a witness of it that anybody can check."""
