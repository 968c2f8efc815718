"""The pages of the log: where it stands, Guia's own trail, the log box of an office, several sites."""
