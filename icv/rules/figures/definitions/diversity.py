"""What the figures of visitors' diversity count."""

DIVERSITY = {
    "diversity.visitors": (
        "Visitors who gave the answer, of all who answered the question, in an anonymous count on one day. No"
        " answer is kept of anybody."
    ),
    "diversity.county": "The share of people in the county who are so, as the source named publishes it.",
}
