"""The works that the models are built on, each once: a model names them, and lists and reports cite them in full."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """A work: who wrote it, when, its title, and where it was published (journal, volume, pages; or a publisher).

    >>> print(Reference("A. Scholar", 1999, "On Games", "Journal of Games 1(2): 3–4"))
    A. Scholar (1999), “On Games”, Journal of Games 1(2): 3–4
    """

    authors: str
    year: int
    title: str
    published: str

    def __str__(self) -> str:
        return f"{self.authors} ({self.year}), “{self.title}”, {self.published}"

    @property
    def order(self) -> tuple[str, int, str]:
        """Where it stands in a list: by the first author's family name, as lists of references are."""
        first = self.authors.split(",")[0].split(" and ")[0]
        return first.split()[-1].casefold(), self.year, self.title


BAGWELL_1999 = Reference(
    "Kyle Bagwell and Robert W. Staiger",
    1999,
    "An Economic Theory of GATT",
    "American Economic Review 89(1): 215–248",
)
BALLESTER_2006 = Reference(
    "Coralio Ballester, Antoni Calvó-Armengol and Yves Zenou",
    2006,
    "Who's Who in Networks. Wanted: The Key Player",
    "Econometrica 74(5): 1403–1417",
)
BERTRAND_1883 = Reference(
    "Joseph Bertrand",
    1883,
    "Review of Théorie mathématique de la richesse sociale and of Recherches sur les principes mathématiques de la "
    "théorie des richesses",
    "Journal des Savants 67: 499–508",
)
BINMORE_1986 = Reference(
    "Ken Binmore, Ariel Rubinstein and Asher Wolinsky",
    1986,
    "The Nash Bargaining Solution in Economic Modelling",
    "RAND Journal of Economics 17(2): 176–188",
)
BINMORE_1989 = Reference(
    "Ken Binmore, Avner Shaked and John Sutton",
    1989,
    "An Outside Option Experiment",
    "Quarterly Journal of Economics 104(4): 753–770",
)
BRUNS_2015 = Reference(
    "Bryan Bruns",
    2015,
    "Names for Games: Locating 2 × 2 Games",
    "Games 6(4): 495–520",
)
CEBUL_2021 = Reference(
    "Matthew D. Cebul, Allan Dafoe and Nuno P. Monteiro",
    2021,
    "Coercion and the Credibility of Assurances",
    "Journal of Politics 83(3): 975–991",
)
COURNOT_1838 = Reference(
    "Augustin Cournot",
    1838,
    "Recherches sur les principes mathématiques de la théorie des richesses",
    "Hachette",
)
DENZAU_1983 = Reference(
    "Arthur T. Denzau and Robert J. Mackay",
    1983,
    "Gatekeeping and Monopoly Power of Committees: An Analysis of Sincere and Sophisticated Behavior",
    "American Journal of Political Science 27(4): 740–761",
)
DRESHER_1962 = Reference(
    "Melvin Dresher",
    1962,
    "A Sampling Inspection Problem in Arms Control Agreements: A Game-Theoretic Analysis",
    "RAND Corporation, Memorandum RM-2972-ARPA",
)
DREZNER_1998 = Reference(
    "Daniel W. Drezner",
    1998,
    "Conflict Expectations and the Paradox of Economic Coercion",
    "International Studies Quarterly 42(4): 709–731",
)
DREZNER_1999 = Reference(
    "Daniel W. Drezner",
    1999,
    "The Sanctions Paradox: Economic Statecraft and International Relations",
    "Cambridge University Press",
)
DREZNER_2003 = Reference(
    "Daniel W. Drezner",
    2003,
    "The Hidden Hand of Economic Coercion",
    "International Organization 57(3): 643–659",
)
EATON_1992 = Reference(
    "Jonathan Eaton and Maxim Engers", 1992, "Sanctions", "Journal of Political Economy 100(5): 899–928"
)
FANG_1993 = Reference(
    "Liping Fang, Keith W. Hipel and D. Marc Kilgour",
    1993,
    "Interactive Decision Making: The Graph Model for Conflict Resolution",
    "Wiley",
)
FARRELL_1989 = Reference(
    "Joseph Farrell and Robert Gibbons",
    1989,
    "Cheap Talk with Two Audiences",
    "American Economic Review 79(5): 1214–1223",
)
FEARON_1994 = Reference(
    "James D. Fearon",
    1994,
    "Domestic Political Audiences and the Escalation of International Disputes",
    "American Political Science Review 88(3): 577–592",
)
FEARON_1995 = Reference(
    "James D. Fearon", 1995, "Rationalist Explanations for War", "International Organization 49(3): 379–414"
)
FEARON_1997 = Reference(
    "James D. Fearon",
    1997,
    "Signaling Foreign Policy Interests: Tying Hands versus Sinking Costs",
    "Journal of Conflict Resolution 41(1): 68–90",
)
FEARON_1998 = Reference(
    "James D. Fearon",
    1998,
    "Bargaining, Enforcement, and International Cooperation",
    "International Organization 52(2): 269–305",
)
FERNANDEZ_1991 = Reference(
    "Raquel Fernandez and Jacob Glazer",
    1991,
    "Striking for a Bargain Between Two Completely Informed Agents",
    "American Economic Review 81(1): 240–252",
)
FRIEDMAN_1971 = Reference(
    "James W. Friedman",
    1971,
    "A Non-cooperative Equilibrium for Supergames",
    "Review of Economic Studies 38(1): 1–12",
)
GREEN_1984 = Reference(
    "Edward J. Green and Robert H. Porter",
    1984,
    "Noncooperative Collusion under Imperfect Price Information",
    "Econometrica 52(1): 87–100",
)
HALLER_1990 = Reference(
    "Hans Haller and Steinar Holden",
    1990,
    "A Letter to the Editor on Wage Bargaining",
    "Journal of Economic Theory 52(1): 232–236",
)
HARSANYI_1988 = Reference(
    "John C. Harsanyi and Reinhard Selten", 1988, "A General Theory of Equilibrium Selection in Games", "MIT Press"
)
HENDRICKS_1988 = Reference(
    "Ken Hendricks, Andrew Weiss and Charles Wilson",
    1988,
    "The War of Attrition in Continuous Time with Complete Information",
    "International Economic Review 29(4): 663–680",
)
HOVI_2005 = Reference(
    "Jon Hovi, Robert Huseby and Detlef F. Sprinz",
    2005,
    "When Do (Imposed) Economic Sanctions Work?",
    "World Politics 57(4): 479–499",
)
JOHNSON_1953 = Reference(
    "Harry G. Johnson", 1953, "Optimum Tariffs and Retaliation", "Review of Economic Studies 21(2): 142–153"
)
KENNAN_1988 = Reference(
    "John Kennan and Raymond Riezman",
    1988,
    "Do Big Countries Win Tariff Wars?",
    "International Economic Review 29(1): 81–85",
)
KREPS_1982 = Reference("David M. Kreps and Robert Wilson", 1982, "Sequential Equilibria", "Econometrica 50(4): 863–894")
KREPS_WILSON_1982 = Reference(
    "David M. Kreps and Robert Wilson",
    1982,
    "Reputation and Imperfect Information",
    "Journal of Economic Theory 27(2): 253–279",
)
KYDD_2017 = Reference(
    "Andrew H. Kydd and Roseanne W. McManus",
    2017,
    "Threats and Assurances in Crisis Bargaining",
    "Journal of Conflict Resolution 61(2): 325–348",
)
LACY_2004 = Reference(
    "Dean Lacy and Emerson M. S. Niou",
    2004,
    "A Theory of Economic Sanctions and Issue Linkage: The Roles of Preferences, Information, and Threats",
    "Journal of Politics 66(1): 25–42",
)
LEWIS_2003 = Reference(
    "Jeffrey B. Lewis and Kenneth A. Schultz",
    2003,
    "Revealing Preferences: Empirical Estimation of a Crisis Bargaining Game with Incomplete Information",
    "Political Analysis 11(4): 345–367",
)
LOCKWOOD_2002 = Reference(
    "Ben Lockwood and Jonathan P. Thomas",
    2002,
    "Gradualism and Irreversibility",
    "Review of Economic Studies 69(2): 339–356",
)
MARTIN_1992 = Reference(
    "Lisa L. Martin",
    1992,
    "Coercive Cooperation: Explaining Multilateral Economic Sanctions",
    "Princeton University Press",
)
MASKIN_2001 = Reference(
    "Eric Maskin and Jean Tirole",
    2001,
    "Markov Perfect Equilibrium: I. Observable Actions",
    "Journal of Economic Theory 100(2): 191–219",
)
MAYNARD_SMITH_1974 = Reference(
    "John Maynard Smith",
    1974,
    "The Theory of Games and the Evolution of Animal Conflicts",
    "Journal of Theoretical Biology 47(1): 209–221",
)
MILGROM_1982 = Reference(
    "Paul Milgrom and John Roberts",
    1982,
    "Predation, Reputation, and Entry Deterrence",
    "Journal of Economic Theory 27(2): 280–312",
)
MORROW_1991 = Reference(
    "James D. Morrow",
    1991,
    "Alliances and Asymmetry: An Alternative to the Capability Aggregation Model of Alliances",
    "American Journal of Political Science 35(4): 904–933",
)
MUTHOO_1999 = Reference("Abhinay Muthoo", 1999, "Bargaining Theory with Applications", "Cambridge University Press")
O_NEILL_1986 = Reference(
    "Barry O'Neill",
    1986,
    "International Escalation and the Dollar Auction",
    "Journal of Conflict Resolution 30(1): 33–50",
)
PAULY_2024 = Reference(
    "Reid B. C. Pauly",
    2024,
    "Damned If They Do, Damned If They Don't: The Assurance Dilemma in International Coercion",
    "International Security 49(1): 91–132",
)
POWELL_1990 = Reference(
    "Robert Powell", 1990, "Nuclear Deterrence Theory: The Search for Credibility", "Cambridge University Press"
)
POWELL_1999 = Reference(
    "Robert Powell",
    1999,
    "In the Shadow of Power: States and Strategies in International Politics",
    "Princeton University Press",
)
POWELL_2006 = Reference(
    "Robert Powell", 2006, "War as a Commitment Problem", "International Organization 60(1): 169–203"
)
PUTNAM_1988 = Reference(
    "Robert D. Putnam",
    1988,
    "Diplomacy and Domestic Politics: The Logic of Two-Level Games",
    "International Organization 42(3): 427–460",
)
RAPOPORT_1966 = Reference(
    "Anatol Rapoport and Melvin Guyer",
    1966,
    "A Taxonomy of 2 × 2 Games",
    "General Systems 11: 203–214",
)
ROBINSON_2005 = Reference(
    "David Robinson and David Goforth",
    2005,
    "The Topology of the 2 × 2 Games: A New Periodic Table",
    "Routledge",
)
ROMER_1978 = Reference(
    "Thomas Romer and Howard Rosenthal",
    1978,
    "Political Resource Allocation, Controlled Agendas, and the Status Quo",
    "Public Choice 33(4): 27–43",
)
ROTEMBERG_1986 = Reference(
    "Julio J. Rotemberg and Garth Saloner",
    1986,
    "A Supergame-Theoretic Model of Price Wars during Booms",
    "American Economic Review 76(3): 390–407",
)
RUBINSTEIN_1982 = Reference(
    "Ariel Rubinstein", 1982, "Perfect Equilibrium in a Bargaining Model", "Econometrica 50(1): 97–109"
)
SCHELLING_1960 = Reference("Thomas C. Schelling", 1960, "The Strategy of Conflict", "Harvard University Press")
SCHULTZ_1998 = Reference(
    "Kenneth A. Schultz",
    1998,
    "Domestic Opposition and Signaling in International Crises",
    "American Political Science Review 92(4): 829–844",
)
SCHULTZ_1999 = Reference(
    "Kenneth A. Schultz",
    1999,
    "Do Democratic Institutions Constrain or Inform? Contrasting Two Institutional Perspectives on Democracy and War",
    "International Organization 53(2): 233–266",
)
SCHULTZ_2001 = Reference("Kenneth A. Schultz", 2001, "Democracy and Coercive Diplomacy", "Cambridge University Press")
SELTEN_1978 = Reference("Reinhard Selten", 1978, "The Chain Store Paradox", "Theory and Decision 9(2): 127–159")
SIGNORINO_1999 = Reference(
    "Curtis S. Signorino",
    1999,
    "Strategic Interaction and the Statistical Analysis of International Conflict",
    "American Political Science Review 93(2): 279–297",
)
SINGH_1984 = Reference(
    "Nirvikar Singh and Xavier Vives",
    1984,
    "Price and Quantity Competition in a Differentiated Duopoly",
    "RAND Journal of Economics 15(4): 546–554",
)
SNYDER_1984 = Reference(
    "Glenn H. Snyder", 1984, "The Security Dilemma in Alliance Politics", "World Politics 36(4): 461–495"
)
TARAR_2005 = Reference(
    "Ahmer Tarar",
    2005,
    "Constituencies and Preferences in International Bargaining",
    "Journal of Conflict Resolution 49(3): 383–407",
)
TOPKIS_1979 = Reference(
    "Donald M. Topkis",
    1979,
    "Equilibrium Points in Nonzero-Sum n-Person Submodular Games",
    "SIAM Journal on Control and Optimization 17(6): 773–787",
)
TSEBELIS_1990 = Reference(
    "George Tsebelis",
    1990,
    "Are Sanctions Effective? A Game-Theoretic Analysis",
    "Journal of Conflict Resolution 34(1): 3–28",
)
WHANG_2013 = Reference(
    "Taehee Whang, Elena V. McLean and Douglas W. Kuberski",
    2013,
    "Coercion, Information, and the Success of Sanction Threats",
    "American Journal of Political Science 57(1): 65–81",
)
ZAGARE_2000 = Reference("Frank C. Zagare and D. Marc Kilgour", 2000, "Perfect Deterrence", "Cambridge University Press")
