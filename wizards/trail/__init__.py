"""The trail: entries chained by hash, and their verification. Pure: storage keeps them, this says if they hold."""
