"""Getting into a workspace and out of it: the install flow, farewells, new tokens."""
