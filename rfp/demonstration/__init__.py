"""A made-up consultation at any stage, built through the services: what a newcomer looks at first."""
