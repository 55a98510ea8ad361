"""Floor 2: what is kept and what is asked of it. SQLAlchemy, no Flask."""
