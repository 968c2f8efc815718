"""The only door to the network: Nextcloud, the log box, a time authority. Opened only by a button or a command.

Every connection has a time-out, can be given up, takes only so much, and goes to the address that the owner named:
no proxy of the surroundings, no other host, no wrong certificate.
"""
