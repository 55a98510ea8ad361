"""The import formats: what may stand in a cell, and what must hold between the cells of a row."""
