"""Tickets about the warehouse: balance, moves, inventory, orders."""

from asmo_support.config.demo.story import (
    BUG,
    CHANGE,
    CONSULTATION,
    DEPARTMENT,
    HIGH,
    LOW,
    ORGANIZATION,
    Story,
    accept,
    ask,
    assign,
    cancel,
    note,
    refuse,
    say,
    send_back,
    solve,
    take,
    triage,
)  # fmt: skip
from asmo_support.tickets.states import Channel

CARD = "номенклатура;остаток\nТруба 57х3,5;120\nТруба 57х3,5;-120\n"

STORIES = (
    Story(
        ago=14, who="contact", kind=BUG, where="stock/balance", impact=DEPARTMENT,
        subject="Неверные остатки реактивов на складе № 2",
        text="По журналу 14 кг, программа показывает 26. Каждый день прибавляется ровно 2 кг.",
        steps=(
            take(13.2, "operator"),
            ask(8, "operator", "С какого числа растут остатки и проводили ли в эти дни перемещение между складами?"),
        ),
    ),
    Story(
        ago=6.9, who="gusev", kind=BUG, where="stock/moves", urgency=HIGH, channel=Channel.EMAIL,
        subject="Двойной приход по одной накладной",
        text="Накладная № 2214 проведена один раз, в карточке труба 57х3,5 пришла дважды.",
        file=("kartochka.csv", CARD),
        steps=(
            take(6.1, "melnik"),
            say(5.5, "melnik", "Видим вторую проводку той же секунды. Похоже на двойное нажатие при медленной сети."),
        ),
    ),
    Story(
        ago=1.1, who="gusev", kind=CONSULTATION, where="stock/inventory",
        subject="Как начать инвентаризацию только по одному стеллажу",
        text="Нужно пересчитать стеллаж Б-4, а программа предлагает весь склад.",
    ),
    Story(
        ago=52, who="gusev", kind=BUG, where="stock/orders", impact=DEPARTMENT,
        subject="Заявка теряет строки при копировании",
        text="Копирую заявку из 40 строк, в новой 38. Пропадают последние.",
        steps=(
            take(51, "ryabov"),
            solve(47, "ryabov", "Терялись строки без единицы измерения. Теперь копируются и они."),
            send_back(41, "gusev", "Строки на месте, но единица измерения в них чужая."),
            solve(38, "ryabov", "Единица берётся из исходной заявки. Проверили на вашей заявке № 871."),
            accept(33, "gusev"),
        ),
    ),
    Story(
        ago=25, who="tikhonov", kind=CHANGE, where="stock/orders", impact=DEPARTMENT, expected_in_days=45,
        subject="Согласование заявки двумя подписями",
        text="Заявки дороже 300 тысяч должны подписывать снабжение и главный инженер.",
        steps=(
            take(24, "lead"),
            ask(22.5, "lead", "Подскажите, подписи ставятся по очереди или в любом порядке? И что делать, если один в "
                "отпуске?"),
        ),
    ),
    Story(
        ago=11.4, who="tikhonov", kind=BUG, where="stock/balance", urgency=HIGH,
        subject="Остатки на начало месяца не равны остаткам на конец прошлого",
        text="На конец прошлого месяца 812 позиций, на начало этого 809. Трёх позиций нет ни в одном документе.",
        steps=(
            take(10.9, "ryabov"),
            note(9, "ryabov", "Три позиции сменили склад в момент закрытия месяца. Нужна правка закрытия, не данных."),
            say(8.7, "ryabov", "Позиции нашли, они «между складами». Готовим правку закрытия месяца."),
        ),
    ),
    Story(
        ago=36, who="tikhonov", kind=CONSULTATION, where="stock/inventory",
        subject="Можно ли вести инвентаризацию со сканером", text="Есть сканеры штрихкодов, хотим считать ими.",
        steps=(
            say(35, "melnik", "Можно, сканер работает как клавиатура."),
            solve(34.5, "melnik", "Включите «Ввод со сканера» в настройках рабочего места, порядок приложен.",
                  ("skaner.txt", "1. Сервис, Рабочее место.\n2. Ввод со сканера: да.\n3. Окончание строки: Enter.\n")),
        ),
    ),
    Story(
        ago=96, who="danilov", kind=BUG, where="stock/moves", impact=ORGANIZATION, critical=True, urgency=HIGH,
        subject="Не проводится ни один расход", text="Ошибка «Нет открытого периода» у всех кладовщиков.",
        steps=(
            assign(95.7, "lead", "engineer"),
            solve(93.5, "engineer", "Период закрылся ночью по расписанию раньше срока. Открыли, расписание исправили."),
            accept(92, "danilov"),
        ),
    ),
    Story(
        ago=44, who="danilov", kind=BUG, where="stock/inventory",
        subject="Опись печатается без подписей комиссии", text="Состав комиссии заполнен, на печати пусто.",
        steps=(
            take(43, "melnik"),
            triage(42, "melnik", "Работать с описью можно, не печатается только подпись: один человек, не срочно.",
                   urgency=LOW),
            solve(30, "melnik", "Подписи берутся из приказа о комиссии. Исправленный шаблон в обновлении метаданных."),
        ),
    ),
    Story(
        ago=8.3, who="yakovleva", kind=BUG, where="stock/balance", impact=DEPARTMENT,
        subject="Отчёт по неликвидам считает и списанное",
        text="В отчёте 1 140 позиций, из них около двухсот уже списаны.",
        steps=(
            take(7.4, "engineer"),
            solve(1.4, "engineer", "Отчёт смотрел на дату поступления, а не на остаток. Поправили отбор, списанного "
                  "в нём больше нет."),
        ),
    ),
    Story(
        ago=64, who="yakovleva", kind=CONSULTATION, where="stock/orders",
        subject="Кто может отменить заявку", text="Заявку отменил человек, у которого такого права быть не должно.",
        steps=(
            say(63, "operator", "Отменять может автор и начальник отдела. Проверьте замещения: на прошлой неделе он "
                "замещал начальника."),
            cancel(61, "yakovleva", "Так и есть, замещение забыли снять. Спасибо."),
        ),
    ),
    Story(
        ago=76, who="kim", kind=CHANGE, where="stock/balance",
        subject="Разработать мобильное приложение кладовщика", text="Хотим вести склад с телефона, без компьютера.",
        steps=(
            take(75, "operator"),
            refuse(72, "lead", "Приложение вне состава договора поддержки. Коммерческое предложение отправили Глебу "
                   "Данилову."),
        ),
    ),
)  # fmt: skip
