"""The planning rules, one file each, and the kinds of claim they are written in.

A rule is declared once and read three ways: by the solver, by the referee and by explanations.
"""
