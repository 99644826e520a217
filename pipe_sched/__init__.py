"""Plan the week of PIPE approved premises.

Sessions, staff support and double cover are planned together, so that what cannot be held is seen.
"""
