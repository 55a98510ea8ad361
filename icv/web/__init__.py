"""Floor 4: pages. Flask, forms and sessions."""
