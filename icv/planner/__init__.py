"""The rota builder: plain data in, a rota with its reasons out. It knows nothing of the rest of icv."""
