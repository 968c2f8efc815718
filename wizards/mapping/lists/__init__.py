"""Lists from elsewhere: members are counted, add-ons, groups and forms become proposed rows."""
