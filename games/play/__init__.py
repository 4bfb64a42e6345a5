"""What given play amounts to: payoffs, quantities of an equilibrium, regret, subgames."""
