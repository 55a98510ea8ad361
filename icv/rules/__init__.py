"""Floor 1: what is true of custody visiting. Standard library only."""
