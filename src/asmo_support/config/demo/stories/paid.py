"""What the demo's stories cost: work written down, and commercial offers; by the subject of the ticket."""

from dataclasses import replace
from decimal import Decimal

from asmo_support.config.demo.story import Step, Story


def worked(ago: float, who: str, minutes: int, text: str, *, billable: bool = True) -> Step:
    return Step(ago, "work", who, text, more=(minutes, billable))


def ask_offer(ago: float, who: str) -> Step:
    return Step(ago, "ask_offer", who)


def offer(ago: float, who: str, text: str, cost: int, hours: int) -> Step:
    return Step(ago, "offer", who, text, more=(Decimal(cost), hours * 60))


MORE: dict[str, tuple[Step, ...]] = {
    "Просим добавить подпись главного инженера в форму Т-13": (
        worked(26, "ryabov", 380, "Строка подписи в форме Т-13, печать"),
        worked(27.5, "ryabov", 145, "Проверка на табелях за год"),
    ),
    "План производства по бригадам": (
        worked(24, "engineer", 430, "Разбор требований с диспетчерской, макет плана"),
        worked(15, "engineer", 395, "Разрез по бригадам в форме плана"),
        worked(9, "melnik", 110, "Описание для пользователей", billable=False),
    ),
    "Права на форму для подрядных организаций": (worked(12, "melnik", 200, "Роль «подрядчик», права на форму заявки"),),
    "Согласование заявки двумя подписями": (
        worked(21, "melnik", 450, "Маршрут согласования с двумя подписями"),
        worked(11, "ryabov", 400, "Замещение на время отпуска, письма подписантам"),
        worked(5, "melnik", 235, "Проверка на копии базы, исправления"),
    ),
    "Подсветить просроченные заявки в списке": (worked(0.8, "melnik", 95, "Правило подсветки, цвета для печати"),),
    "Не проводится ни один расход": (worked(91, "engineer", 460, "Восстановление последовательности документов"),),
    "Опись печатается без подписей комиссии": (worked(41, "melnik", 235, "Шаблон описи, печать подписей"),),
    "Остаток отпуска не учитывает перенос с прошлого года": (worked(17.5, "ryabov", 310, "Перерасчёт переносов"),),
    "Не приходит письмо с отчётом по расписанию": (worked(4, "engineer", 205, "Разбор очереди писем на сервере"),),
    "Добавить в журнал отходов номер договора на вывоз": (
        ask_offer(14.2, "kim"),
        offer(4.5, "melnik", "Графа «Номер договора» в журнале движения отходов, выбор из справочника договоров и "
              "вывод в печатную форму. Работа на вашей копии базы, проверка вместе с вами.", 96_000, 24),
    ),
}  # fmt: skip


def priced(stories: list[Story]) -> list[Story]:
    """The same stories with what they cost."""
    return [replace(one, steps=(*one.steps, *MORE.get(one.subject, ()))) for one in stories]
