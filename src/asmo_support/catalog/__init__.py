"""What we serve: services, products, modules, versions."""
