"""What the source says and what is on record, where the two differ."""

from analyses.arguments import Fact
from games.sources import COMMENTARY, Quoted

FACTS = (
    Fact(
        "An export ban on 63 organisations, 57 of them Russian, and one date: 22 December.",
        Quoted(COMMENTARY, 3, "The sanctions will be implemented on 22 December"),
        "Announced on 15 December 2023: 57 organisations in Russia from 22 December, six in third countries from 27 "
        "December.",
        ("A11", "A16"),
    ),
    Fact(
        "The sanctions are joint (paragraph 1), “cross-border” (3), joint and several (4).",
        Quoted(COMMENTARY, 3, 'United States in "cross-border sanctions"'),
        "The three look like one term that was garbled in translation: secondary sanctions, on third countries' "
        "organisations. That is our reading; the six of 27 December were in Armenia, Syria, the United Arab Emirates "
        "and Uzbekistan.",
        ("A11",),
    ),
    Fact(
        "Russia changed its wording to “inherent lands” because of Japan's sanctions.",
        Quoted(COMMENTARY, 2, 'defining the Kuril Islands as their "inherent lands"'),
        "Contemporary press has Japan restoring such wording in its Diplomatic Bluebook of 2022, after Russia had "
        "suspended the talks in March 2022. No report of a change by Russia in 2023 was found. The order of moves is "
        "therefore run both ways.",
        ("A1", "A5"),
    ),
    Fact(
        "Japan's sanctions aim at a concession on the islands.",
        Quoted(COMMENTARY, 4, "forcing Russia to compromise on the territorial dispute"),
        "Japan's official wording ties these rounds to Ukraine and peace, not to the islands. That they aim at the "
        "islands is the source's own assumption, and its most consequential one.",
        ("core", "A2", "A3", "A16"),
    ),
    Fact(
        "The islands are spoken of as a whole and never divided.",
        Quoted(COMMENTARY, 5, "insisting that the Kuril Islands are Japanese territory"),
        "The Joint Declaration of 1956 promised the two smaller islands after a peace treaty. Their share of the area "
        "is no payoff weight.",
        ("A4", "A14"),
    ),
    Fact(
        "What a side gains is called a benefit (paragraph 1), what it suffers pressure.",
        Quoted(COMMENTARY, 6, "further increasing pressure on Japan"),
        "Nothing in it fixes the size of any payoff. The models carry ranges and orders, and a verdict is of all "
        "payoffs within them.",
        (),
    ),
)
