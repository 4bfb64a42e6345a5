"""The payoffs that the models of the case have in common, so that they speak of one Japan and one Russia.

None of them is measured. The source gives that something exists and in which order things stand; these numbers are one
point that respects the orders, in units of what the islands are worth to Russia. A model of the case takes from here
what it shares with the others; a law holds all of them to it. Values are text, exact as they stand.
"""

ISLANDS_TO_JAPAN = "1"
ISLANDS_TO_RUSSIA = "1"
"""What all four islands are worth; Russia's is the unit. Where Russia's resolve is unknown, it is so on average."""

SOFT_RUSSIA, HARD_RUSSIA, ODDS_OF_SOFT = "1/10", "8/5", "2/5"
"""What they are worth to a soft and to a hard Russia, and how likely it is soft: worth 1 on average."""

ALLIED_REWARD = "6/5"
"""What full sanctions earn Japan from its allies (A_F)."""

SYMBOLIC_REWARD = "1/4"
"""The part of it that symbolic sanctions earn (alpha)."""

COST_SYMBOLIC, COST_FULL = "1/10", "2/5"
"""What the sanctions cost Japan itself (k_Y, k_F)."""

NET_SYMBOLIC, NET_FULL = "1/5", "4/5"
"""What they are worth to it on balance: e = A − k."""

HARM_SYMBOLIC, HARM_FULL = "3/10", "3/2"
"""What they cost Russia (h_Y, h_F), and so what relief from them is worth to it."""

BACKING_DOWN = "1/5"
"""What it costs Japan to back down from a threat (b)."""

BROKEN_PROMISE = "1/4"
"""What it costs Japan to keep sanctions that it promised to lift (beta)."""

PROVOCATION_SYMBOLIC = "2/5"
"""How far symbolic sanctions provoke Russia, full ones being 1 (y)."""

HARM_OF_RUNGS = ("1/10", "1/5", "2/5")
"""What Japan suffers when Russia suspends talks, changes its wording, patrols (rho_1 to rho_3)."""

GAIN_OF_RUNGS = ("1/5", "3/10", "9/20")
"""What the rungs earn a fully provoked Russia (gamma_1 to gamma_3)."""

COST_OF_RUNGS = ("1/20", "1/10", "1/5")
"""What they cost it (c_1 to c_3)."""

BEST_ANSWER = "1/4"
"""What Russia's best answer to full sanctions is worth to it on balance: max over the rungs of gamma − c."""

DISCOUNT = "9/10"
"""The discount factor of both sides from round to round."""
