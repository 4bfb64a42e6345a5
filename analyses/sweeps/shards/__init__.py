"""Sweeps of any length, in shards that are made anywhere and kept in a folder."""
