"""Games played over and over: grim-trigger agreements, stochastic games."""
