"""Open311 GeoReport v2: programs of others list what may be reported, send reports, and follow published ones."""
