"""Reading an evaluation file: every part checked, every fault collected with its JSON path."""
