"""The history of the tables, a step a file. A step is history: it imports no current code."""
