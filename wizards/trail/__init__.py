"""The trail: entries chained by hash, and their verification. Pure: storage keeps the entries, this says if they hold."""
