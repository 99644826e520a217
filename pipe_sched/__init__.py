"""Weekly timetables for psychologically informed approved premises.

The package plans residents' sessions, staff's own support and floor cover
together, and says in plain words why something does not fit.
"""
