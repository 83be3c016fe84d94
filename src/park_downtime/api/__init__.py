"""The HTTP side: application factory and one module per resource."""
