"""Tickets about planning: production, repairs, dispatch."""

from asmo_support.config.demo.story import (
    BUG,
    CHANGE,
    CONSULTATION,
    DEPARTMENT,
    HIGH,
    ORGANIZATION,
    Story,
    accept,
    agree,
    agree_by_phone,
    ask,
    assign,
    note,
    offer,
    phone,
    say,
    send_back,
    solve,
    take,
    triage,
)  # fmt: skip
from asmo_support.tickets.states import Channel

STORIES = (
    Story(
        ago=4.1, who="lukin", kind=BUG, where="plan/dispatch", critical=True, impact=ORGANIZATION, urgency=HIGH,
        subject="Диспетчерская не показывает остановы печей",
        text="С 10 утра журнал остановов пустой, хотя печь № 2 стоит. Диспетчеры ведут журнал в тетради.",
        steps=(
            assign(3.9, "lead", "ryabov", "engineer"),
            say(3.7, "ryabov", "Подключились, смотрим обмен с контроллерами."),
            note(2.9, "ryabov", "Служба обмена жива, но очередь стоит: одно сообщение с датой 1970 года."),
            say(2.5, "ryabov", "Нашли сообщение с неверной датой от контроллера печи № 2. Убираем его и ставим "
                "защиту."),
        ),
    ),
    Story(
        ago=29, who="lukin", kind=CHANGE, where="plan/production", impact=DEPARTMENT, expected_in_days=60,
        subject="План производства по бригадам",
        text="Сейчас план считается по цеху. Нужна разбивка по бригадам с учётом графика смен.",
        steps=(
            take(28, "lead"),
            say(27, "lead", "Задача понятна, входит в доработки по спецификации. Срок предложим после совещания с "
                "разработкой."),
            offer(24, "lead", 25, "Нужны новые показатели и отчёт, три недели разработки и неделя проверки."),
            agree(20, "lukin", 1),
            offer(5, "lead", 32, "Разработка показателей потребовала изменить расчёт смен, это ещё неделя."),
        ),
    ),
    Story(
        ago=0.3, who="lukin", kind=CONSULTATION, where="plan/repairs",
        subject="Как перенести ремонт на другую неделю вместе с материалами",
        text="Переносим капитальный ремонт насоса, материалы остаются на старой дате. Переносить по одному долго.",
    ),
    Story(
        ago=110, who="lukin", kind=BUG, where="plan/production",
        subject="В плане на выходные стоят рабочие смены",
        text="На субботу запланировано три смены, завод не работает.",
        steps=(
            take(109, "ryabov"),
            solve(104, "ryabov", "Календарь предприятия кончился в декабре. Загрузили следующий год, план пересчитан."),
            accept(99, "lukin"),
        ),
    ),
    Story(
        ago=7.9, who="petrenko", kind=BUG, where="plan/repairs", impact=DEPARTMENT,
        subject="График ремонтов не открывается за квартал",
        text="За месяц открывается, за квартал крутится и закрывается без ошибки.",
        steps=(
            take(6.4, "melnik"),
            ask(5.9, "melnik", "Сколько строк в графике за квартал и какая версия браузера у диспетчера?"),
            say(4.9, "petrenko", "Строк примерно 4 200, браузер Firefox 128. В Chromium то же самое."),
        ),
    ),
    Story(
        ago=13, who="petrenko", kind=CONSULTATION, where="plan/dispatch",
        subject="Как назначить замену диспетчеру на ночь", text="Диспетчер заболел, нужно передать смену другому.",
        steps=(
            say(12.5, "operator", "«Смены», строка смены, «Передать». Журнал запомнит обоих."),
            solve(12.4, "operator", "Передача смены описана в руководстве, глава 7. Права есть у начальника смены."),
        ),
    ),
    Story(
        ago=57, who="petrenko", kind=BUG, where="plan/dispatch",
        subject="Время остановов сдвинуто на час", text="На графике все остановы на час раньше, в журнале верно.",
        steps=(
            take(56, "engineer"),
            note(55.5, "engineer", "График считал по зоне сервера, там UTC+4 с прошлого переезда."),
            solve(53, "engineer", "График теперь показывает время предприятия. Обновите страницу с очисткой кэша."),
            accept(50, "petrenko"),
        ),
    ),
    Story(
        ago=8.9, who="danilov", kind=BUG, where="plan/production", urgency=HIGH, impact=DEPARTMENT,
        subject="Пересчёт плана обрывается на 80 %",
        text="Пересчёт идёт сорок минут и останавливается, в журнале «Недостаточно памяти».",
        steps=(
            take(8.2, "ryabov"),
            say(7.6, "ryabov", "План держит в памяти все варианты. Уменьшаем шаг, проверяем на вашей копии."),
        ),
    ),
    Story(
        ago=31, who="danilov", kind=CONSULTATION, where="plan/repairs", channel=Channel.PHONE, author="operator",
        subject="Сколько ремонтов можно вести в одном графике",
        text="По телефону: планируют объединить графики трёх филиалов, около 11 тысяч строк.",
        steps=(
            assign(30.8, "operator", "melnik"),
            triage(30, "melnik", "Ответ зависит от вашего оборудования, нужен замер.", standard=False),
            offer(29.9, "melnik", -1, "Замер на копии займёт два дня."),
            phone(29.85, "melnik", 6, "На замер согласен, копию загрузит сегодня.", outgoing=True),
            agree_by_phone(29.8, "melnik", 1, "danilov"),
            say(29.5, "melnik", "Проведём замер на копии и назовём предел. Копию загрузили, спасибо."),
        ),
    ),
    Story(
        ago=17, who="yakovleva", kind=BUG, where="plan/repairs",
        subject="Материалы ремонта не резервируются",
        text="Ремонт утверждён, на складе материалы свободны, резерв не создаётся.",
        steps=(
            take(16, "engineer"),
            ask(15, "engineer", "Проверьте, пожалуйста, заполнен ли склад в карточке ремонта, и пришлите его номер."),
            say(12, "yakovleva", "Склад заполнен, ремонт № 340."),
            solve(9, "engineer", "Резерв не создавался для складов с пробелом в коде. Исправили, резерв по № 340 "
                  "создан."),
            send_back(1.8, "yakovleva", "По № 340 резерв есть, по № 341 и № 352 по-прежнему нет."),
        ),
    ),
)  # fmt: skip
