"""What the pages, the figures and the process cost at three sizes of scheme, measured as they are used."""
