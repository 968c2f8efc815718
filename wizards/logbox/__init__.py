"""The log box of an office: what it is told, as functions of names, paths and ports. Pure: no file is made here."""
