"""How long what is typed or imported may be: one bound for the form and for the file."""

MOST_NAME = 100
"""Of the scheme, a person, a suite, a team, a round, a category."""
MOST_REFERENCE = 100
MOST_PHONE = 40
MOST_LEVEL = 40
"""Of a vetting: the level alone fits, what was disclosed does not."""
MOST_ADDRESS = 300
"""Of a suite."""
MOST_VISITS_A_WEEK = 21
"""Of a suite; a file may say more, and is asked whether that is meant."""
MOST_REASON = 1_000
MOST_ANSWER = 4_000
"""Of a report’s answers in words, and of a finding: what a visit was stopped by is exported as its reason."""
