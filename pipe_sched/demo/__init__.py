"""Two made-up premises and one week of their life, made by code from a fixed seed.

Nobody here could be taken for a real person: residents are called after plants,
workers after colours, visitors after birds.
"""
