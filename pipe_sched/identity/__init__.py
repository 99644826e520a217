"""Proofs of who somebody is: passwords, second factors, tokens and recovery codes.

Pure of any storage, so that the few lines on which everything rests can be read in one place.
"""
