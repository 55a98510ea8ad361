"""Words by which the identity guard tells names from other words. Short lists: browsers are sent them too."""

ABBREVIATED = ("Mr", "Mrs", "Ms", "Mx", "Dr", "PC", "PS", "DC", "DS", "Sgt", "Insp")
"""Titles after which a full stop may stand."""
WHOLE = ("Miss", "Sergeant", "Inspector")
"""Titles after which a full stop ends a sentence."""

_NO_NAMES = """
A After All Also An And Any Are Arrived As Asked At Because Before Both But By Called Came Can Cell Cells
Could Custody Desk Detainee Detainees Did During Each Every Everyone Everything For From Gave Given Had Has
Have He Her His How However If In Is It Its Later Left Never No Nobody None Not Nothing Now Of On Or Our
Overall Please Review Reviews Room Said Saw Screen Seen She Some Staff Told That The Their Then There These
They This Those To Until Visit Visitors Was We Were When Where Which While Who Why With Without Would Your
"""
NO_NAMES = tuple(_NO_NAMES.split())
"""What may stand after a title that names nobody. May, Day and the like are left out: they are surnames."""

_FORENAMES = """
Aaron Adam Ahmed Aisha Alan Alex Ali Amanda Amina Amy Andrew Angela Anita Ann Anna Anne Anthony Barbara Ben
Brian Carl Carol Catherine Chris Christine Claire Colin Craig Dan Daniel Darren David Deborah Denise Diane
Donna Edward Elizabeth Emily Emma Eric Fatima Fiona Gareth Gary George Graham Hannah Harry Hassan Helen Ian
Ibrahim Imran Jack Jacob Jacqueline James Jane Janet Jason Jean Jennifer Jessica Joan Joanne Joe John
Jonathan Joseph Joshua Julie Karen Karl Kate Keith Kelly Kevin Khadija Laura Lauren Lee Leon Liam Linda Lisa
Louise Lucy Luke Margaret Maria Martin Mary Matthew Melissa Michael Michelle Mohamed Mohammad Mohammed
Muhammad Natalie Nathan Neil Nicola Nigel Olivia Omar Patricia Paul Pauline Peter Philip Priya Rachel
Rebecca Richard Robert Roger Ruth Ryan Samantha Samuel Sandra Sarah Scott Sean Sharon Shaun Simon Sophie
Stacey Stephen Steven Stuart Susan Tariq Thomas Tom Tracey Wayne William Yasmin Yusuf Zainab
"""
FORENAMES = tuple(_FORENAMES.split())
"""Common ones that are neither places nor other words."""

_ALSO_WORDS = """
amber april art bell best bill bishop black bond bright brook brown carter cook dawn day dean drew field
frank good green guy hall hill hope joy june king knight law little long love mark may miles moody nick
noble norm page pat penny power price ray rich rob rock rose sharp short sky small spring stone sue summer
swift wade wall walls ward waters white will wise wood young
"""
ALSO_WORDS = frozenset(_ALSO_WORDS.split())
"""Parts of names that may as well begin any sentence."""
