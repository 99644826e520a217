"""Plain frozen values that every other part speaks in; standard library only.

Values hold ids, never names, so that stored reasons, worker files and logs
cannot leak who a person is. `labels` turns ids into words at the very edge.
"""
