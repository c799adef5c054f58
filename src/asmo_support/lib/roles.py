"""The names of the roles, for floors that must not know people."""

CUSTOMERS = frozenset({"contact", "coordinator"})
WORKING = frozenset({"operator", "engineer", "lead"})
STAFF = WORKING | {"release", "security", "admin"}
ALL_ROLES = CUSTOMERS | STAFF
