"""Floor 3: what people do, one function an act. Never commits, sends or asks the clock."""
