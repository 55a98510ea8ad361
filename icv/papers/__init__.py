"""Floor 2: what leaves as a document. Rules in, bytes out."""
