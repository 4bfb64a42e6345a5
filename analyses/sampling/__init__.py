"""Points that relations between parameters allow: the set itself, and draws from it, exact and in columns."""
