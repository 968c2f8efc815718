"""The log box of an office: its certificates, its folder of files, and what this computer keeps of it."""
