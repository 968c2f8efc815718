"""The flows as a spreadsheet: it goes out, and comes back to be looked at before anything is kept."""
