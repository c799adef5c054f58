"""What the demo vendor serves: services, products and their modules."""

from asmo_support.catalog.models import Module, Product, Service

SERVICES = {
    "consulting": "Консультации по установке и работе",
    "bugs": "Устранение ошибок",
    "updates": "Обновление версий",
    "docs": "Обновление документации",
    "changes": "Изменения в рамках спецификации",
}
PRODUCTS = {
    "ecology": ("АСМО-Экология", {"air": "Воздух", "waste": "Отходы", "water": "Вода"}),
    "staff": ("АСМО-Кадры", {"time": "Табель", "vacation": "Отпуска"}),
    "stock": ("АСМО-Склад", {"turnover": "Оборотная ведомость", "orders": "Заявки"}),
    "plan": ("АСМО-Планирование", {"cost": "Себестоимость", "shop": "Цеховой план"}),
    "platform": ("Платформа АСМО", {"constructor": "Конструктор", "reports": "Отчёты", "access": "Доступ"}),
}
Shelves = dict[str, Service | Product | Module]


def furnish() -> Shelves:
    """Make the catalogue; the shelves are found by code, modules by `product.module`."""
    shelves: Shelves = {code: Service.objects.create(code=code, name=name) for code, name in SERVICES.items()}
    for code, (name, modules) in PRODUCTS.items():
        product = Product.objects.create(code=code, name=name)
        shelves[code] = product
        for part, title in modules.items():
            shelves[f"{code}.{part}"] = Module.objects.create(product=product, code=part, name=title)
    return shelves
