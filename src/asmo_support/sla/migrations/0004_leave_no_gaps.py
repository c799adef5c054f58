"""Published versions of a regulation follow each other day by day, and the last one has no end."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION sla_regulation_without_gaps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT ends_on, lead(starts_on) OVER (ORDER BY starts_on) AS next_on FROM sla_regulationversion
            WHERE state = 'published' AND regulation_id = coalesce(NEW.regulation_id, OLD.regulation_id)
        ) AS versions
        WHERE ends_on IS DISTINCT FROM next_on - 1
    ) THEN
        RAISE EXCEPTION 'The versions of a regulation leave a gap or an end'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'regulation_without_gaps';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER regulation_without_gaps AFTER INSERT OR UPDATE OR DELETE ON sla_regulationversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sla_regulation_without_gaps();
"""
BACK = """
DROP TRIGGER regulation_without_gaps ON sla_regulationversion;
DROP FUNCTION sla_regulation_without_gaps();
"""


class Migration(migrations.Migration):
    dependencies = [("sla", "0003_prepare_calendars")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
