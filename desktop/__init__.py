"""What Guia touches: window, storage, keyring, reports, network.

May import wizards; wizards never imports this. Each outside thing has one door here: storage for SQLite, vault for the
keyring, reports for ReportLab, connect for the network, clock for the time, paths for where files are.
"""
