"""The checks: each module has one, ``check(workings)``, and knows nothing of the others."""
