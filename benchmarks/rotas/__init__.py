"""Rotas of schemes of four sizes: how good, how quickly, how far proven, beside simpler ways of drawing."""
