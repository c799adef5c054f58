"""A family of customers has no circles and three levels at most, whoever moves branches and how many at once.

The function runs as the owner of the tables: what it has to see must not depend on who asks.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION people_keep_family() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    up integer;
    down integer;
BEGIN
    -- Two moves at one moment could close a circle that neither of them sees.
    PERFORM pg_advisory_xact_lock(hashtextextended('people_family', 0));
    WITH RECURSIVE above (parent_id, level) AS (
        SELECT parent_id, 1 FROM people_organization WHERE id = NEW.id
        UNION ALL
        SELECT one.parent_id, above.level + 1
        FROM people_organization one JOIN above ON one.id = above.parent_id WHERE above.level < 9
    ) SELECT max(level) INTO up FROM above;
    WITH RECURSIVE below (id, level) AS (
        SELECT NEW.id, 0
        UNION ALL
        SELECT one.id, below.level + 1
        FROM people_organization one JOIN below ON one.parent_id = below.id WHERE below.level < 9
    ) SELECT max(level) INTO down FROM below;
    IF up + down > 3 THEN
        RAISE EXCEPTION 'organization_family: a circle, or more than three levels'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organization_family', TABLE = 'people_organization';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION people_keep_family() FROM PUBLIC;
CREATE TRIGGER organization_family AFTER INSERT OR UPDATE OF parent_id ON people_organization
    FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION people_keep_family();
"""
UNMAKE = """
DROP TRIGGER organization_family ON people_organization;
DROP FUNCTION people_keep_family();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_keep_customers_and_people")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
