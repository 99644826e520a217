"""Attacks on the program: kills, races and random lives, each with figures that it has to reach.

Every part is a module with `attack(times, seed)`, which yields figures; nothing here is a test,
because a part takes minutes. `python -m bench.attack --list` says what there is.
"""
