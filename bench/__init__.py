"""Repeatable measurements of the running program, as ratios in one run.

The unit is the time of one RSA-2048 signature on the same machine in the same run: no server
of this network can deliver or receive without about one of them.
"""
