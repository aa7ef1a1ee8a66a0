"""The features of the drift benchmark's tables."""
NUMBERS = [f"n{i:02d}" for i in range(20)]
CATEGORIES = [f"c{i}" for i in range(5)]
