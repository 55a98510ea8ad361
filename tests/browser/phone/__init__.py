"""Reports written on a phone: kept there, opened without signal, and sent once."""
