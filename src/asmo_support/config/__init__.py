"""Where the house is put together: settings, routes, wiring, command line, web server."""
