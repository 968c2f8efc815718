"""What Guia knows: content, interview, mapping, planning, review, trail.

Pure and deterministic. May not import desktop, Qt, disk, network, clock or keyring; the day is passed in.
Words for people come from content, never from here.
"""
