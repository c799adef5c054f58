"""The numbers people had before are found like new ones."""

import phonenumbers
from django.db import migrations

def find(apps, schema_editor) -> None:
    people = apps.get_model("people", "User")
    for person in people.objects.exclude(phone="").only("pk", "phone").iterator():
        person.numbers = list(_numbers(person.phone))
        person.save(update_fields=["numbers"])


def _numbers(typed: str):
    try:
        found = phonenumbers.parse(typed, "RU")
    except phonenumbers.NumberParseException:
        return
    if phonenumbers.is_possible_number(found):
        plain = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
        yield plain
        if found.extension:
            yield f"{plain};ext={found.extension}"


class Migration(migrations.Migration):
    dependencies = [("channels", "0010_keep_calls")]
    operations = [migrations.RunPython(find, migrations.RunPython.noop)]
