"""Tickets about the platform itself: its constructor, reports, rights, exchange."""

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
    note,
    say,
    send_back,
    solve,
    take,
    triage,
)  # fmt: skip
from asmo_support.tickets.states import Channel

QUERY = "select d.name, sum(h.value) from hours h join dept d on d.id = h.dept_id group by d.name\n"

STORIES = (
    Story(
        ago=22, who="coordinator", kind=CHANGE, where="platform/access", impact=DEPARTMENT, expected_in_days=20,
        subject="Права на форму для подрядных организаций",
        text="Подрядчик должен видеть только свои наряды и не видеть стоимость. Сейчас доступ к форме целиком.",
        steps=(
            take(21, "lead"),
            say(20.5, "lead", "Приняли. Готовим правила по строкам и скрытие столбцов, предложим срок."),
        ),
    ),
    Story(
        ago=5.6, who="coordinator", kind=CONSULTATION, where="platform/queries",
        subject="Запрос со сводом по подразделениям выполняется минуту",
        text="Запрос приложен. На прошлой неделе выполнялся за две секунды, данных столько же.",
        file=("zapros.sql", QUERY),
        steps=(
            take(5.2, "ryabov"),
            ask(4.8, "ryabov", "Не создавали ли в эти дни новых полей в таблице hours? Пришлите, пожалуйста, план "
                "запроса: кнопка «План» в конструкторе."),
        ),
    ),
    Story(
        ago=0.9, who="coordinator", kind=BUG, where="platform/forms", impact=DEPARTMENT, urgency=HIGH,
        subject="Конструктор форм не сохраняет порядок вкладок",
        text="Меняю порядок, сохраняю, после перезахода порядок прежний. Проверено у двух администраторов.",
    ),
    Story(
        ago=66, who="coordinator", kind=BUG, where="platform/exchange", impact=ORGANIZATION, urgency=HIGH,
        subject="Обмен с бухгалтерией остановился в полночь", text="Последний пакет 0:02, дальше очередь растёт.",
        steps=(
            assign(65.6, "operator", "engineer"),
            say(65, "engineer", "Истёк сертификат обмена. Порядок замены высылаем."),
            solve(63.5, "engineer", "Сертификат заменяется в «Сервис», «Обмен», «Ключи». После замены очередь уйдёт "
                  "сама."),
            accept(61, "coordinator"),
        ),
    ),
    Story(
        ago=160, who="coordinator", kind=CONSULTATION, where="platform/reports",
        subject="Как сделать отчёт с группировкой по месяцам", text="Группировка по дате даёт строку на каждый день.",
        steps=(
            solve(158.5, "melnik", "В конструкторе у поля «Дата» выберите «Округлить до месяца»."),
            accept(150, "coordinator"),
        ),
    ),
    Story(
        ago=3.4, who="danilov", kind=BUG, where="platform/access", impact=ORGANIZATION, urgency=HIGH,
        subject="Новые пользователи входят без единого права",
        text="Завели пятерых, роль «Оператор» назначена, меню пустое. У старых всё работает.",
        steps=(
            take(2.9, "operator"),
            note(2.5, "operator", "Проверить, не в отпуске ли синхронизация ролей: похоже на прошлую пятницу."),
            say(2.2, "operator", "Роли назначены, но не применились: стоит ночное задание. Запускаем его вручную."),
        ),
    ),
    Story(
        ago=9.2, who="kim", kind=CONSULTATION, where="platform/queries",
        subject="Как в запросе взять значение на дату",
        text="Есть справочник с датами действия. Нужен тариф на день операции, а не последний.",
        steps=(
            take(8.5, "melnik"),
            solve(2.2, "melnik", "В условии соединения поставьте «действует на», поле «дата операции». Пример "
                  "приложен.",
                  ("primer.sql", "… join tariff t on t.valid @> op.day\n")),
        ),
    ),
    Story(
        ago=46, who="tikhonov", kind=BUG, where="platform/reports",
        subject="Отчёт уходит в PDF без русских букв", text="Вместо букв квадраты, на экране хорошо.",
        steps=(
            take(45, "ryabov"),
            solve(41, "ryabov", "Шрифт не вкладывался в файл. Обновите службу печати, пакет приложен."),
            send_back(35, "tikhonov", "Буквы появились, но «ё» по-прежнему квадрат."),
            solve(32.5, "ryabov", "Заменили шрифт на полный, проверили все 33 буквы."),
            accept(28, "tikhonov"),
        ),
    ),
    Story(
        ago=2.2, who="tikhonov", kind=CHANGE, where="platform/forms", urgency=LOW, expected_in_days=25,
        subject="Подсветить просроченные заявки в списке", text="Просим красить строки, где срок поставки прошёл.",
        steps=(take(1.3, "melnik"),),
    ),
    Story(
        ago=10.7, who="yakovleva", kind=BUG, where="platform/exchange", impact=DEPARTMENT, urgency=HIGH,
        subject="Файл обмена с весовой приходит дважды",
        text="Каждое взвешивание в журнале по две строки, разница в одну секунду.",
        steps=(
            take(9.9, "operator"),
            triage(9.7, "operator", "Обмен с весовой ваш собственный, написан не нами: типового решения нет.",
                   standard=False),
            say(9.5, "operator", "Обмен писали ваши специалисты. Посмотрим код и скажем, что можем сделать и когда."),
        ),
    ),
    Story(
        ago=7, who="stranger", kind=CONSULTATION, where="platform/reports", channel=Channel.EMAIL,
        subject="Отчёт для проверки Росприроднадзора",
        text="Ждём проверку. Какие отчёты программы обычно просят показать?",
        steps=(
            take(6.6, "melnik"),
            ask(6.2, "melnik", "Уточните, пожалуйста, проверка плановая или по обращению, и за какой период?"),
        ),
    ),
    Story(
        ago=74, who="sokolova", kind=BUG, where="platform/forms",
        subject="Программа не запускается после переустановки Windows", text="Ярлык есть, окно мигает и закрывается.",
        steps=(
            take(73.5, "operator"),
            ask(73, "operator", "Какая версия Windows теперь стоит? Это видно в «Параметры», «О системе»."),
            say(70, "sokolova", "Windows 11, 24H2."),
            solve(69, "operator", "Поставьте пакет совместимости с нашего сайта, раздел «Загрузки», и запустите "
                  "снова."),
            accept(66, "sokolova"),
        ),
    ),
    Story(
        ago=1.9, who="nazarova", kind=CONSULTATION, where="platform/forms",
        subject="Как вывести на форму норматив рядом с замером",
        text="Хотим видеть предельное значение рядом с результатом пробы и красить превышение.",
    ),
)  # fmt: skip
