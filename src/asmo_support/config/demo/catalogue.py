"""What the demo's vendor serves: lines of the service, products of the platform and their modules."""

from datetime import timedelta

from django.utils import timezone

from asmo_support.catalog.models import Module, Product, RequestType, Service, Version
from asmo_support.tickets.states import Kind

SERVICES = {
    "consulting": "Консультации по установке и использованию",
    "fixing": "Исправление ошибок",
    "versions": "Новые версии и документация",
    "changes": "Доработки в пределах спецификации",
    "development": "Развитие: новые функции и подсистемы",
}
PRODUCTS = {
    "ecology": ("АСМО-экология", {
        "air": "Воздух", "waste": "Отходы", "water": "Вода", "fees": "Плата за воздействие"}),
    "staff": ("АСМО-кадры", {
        "timesheet": "Табель", "cards": "Личные карточки", "leave": "Отпуска", "training": "Обучение"}),
    "stock": ("АСМО-склад", {
        "balance": "Остатки", "moves": "Движение", "inventory": "Инвентаризация", "orders": "Заявки"}),
    "plan": ("АСМО-планирование", {
        "production": "План производства", "repairs": "Ремонты", "dispatch": "Диспетчерская"}),
    "platform": ("Платформа АСМО", {
        "forms": "Конструктор форм", "queries": "Конструктор запросов", "reports": "Отчёты",
        "access": "Права доступа", "exchange": "Обмен данными"}),
}  # fmt: skip
VERSIONS = {
    "ecology": ("7.2", "7.1"),
    "staff": ("5.4",),
    "stock": ("3.9",),
    "plan": ("2.6",),
    "platform": ("12.1", "11.4"),
}
TYPES = (
    (
        "printing",
        "Не печатается форма или отчёт",
        Kind.BUG,
        "fixing",
        "",
        True,
        "Приложите снимок окна и назовите форму: её код виден в заголовке. Напишите, на каком принтере пробовали.",
    ),
    (
        "access",
        "Настроить права доступа",
        Kind.CONSULTATION,
        "consulting",
        "platform",
        True,
        "Назовите роль и что она должна видеть и менять.",
    ),
    (
        "new-form",
        "Нужна новая форма или отчёт",
        Kind.CHANGE,
        "changes",
        "",
        False,
        "Опишите, кто и как часто будет ей пользоваться; приложите образец.",
    ),
    (
        "update",
        "Обновить программу",
        Kind.CONSULTATION,
        "versions",
        "",
        True,
        "Напишите, какая версия стоит сейчас и когда удобно обновляться.",
    ),
)
USUAL = {Kind.BUG: "fixing", Kind.CONSULTATION: "consulting", Kind.CHANGE: "changes"}


class Catalogue:
    """Services by the kind of request, modules by `product/module`."""

    def __init__(self) -> None:
        self._services = {code: Service.objects.create(code=code, name=name) for code, name in SERVICES.items()}
        self._modules: dict[str, Module] = {}
        for code, (name, modules) in PRODUCTS.items():
            product = Product.objects.create(code=code, name=name)
            for part, title in modules.items():
                module = Module.objects.create(product=product, code=part, name=title)
                self._modules[f"{code}/{part}"] = module
            self._versions(product, VERSIONS[code])
        for code, name, kind, service, product_code, standard, hint in TYPES:
            about = Product.objects.filter(code=product_code).first()
            RequestType.objects.create(code=code, name=name, kind=kind, service=self._services[service],
                                       product=about, standard=standard, hint=hint)  # fmt: skip

    def _versions(self, product: Product, names: tuple[str, ...]) -> None:
        """The newest one is supported without an end, the one before for half a year more."""
        today = timezone.localdate()
        for age, name in enumerate(names):
            released = today - timedelta(days=120 + 400 * age)
            until = today + timedelta(days=180) if age else None
            Version.objects.create(product=product, name=name, released_on=released, supported_until=until)

    def service(self, kind: Kind) -> Service:
        return self._services[USUAL[kind]]

    def module(self, where: str) -> Module:
        return self._modules[where]
