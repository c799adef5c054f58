"""Tickets about personnel: timesheet, cards, leave."""

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
    accept_by_phone,
    ask,
    assign,
    cancel,
    note,
    refuse,
    reopen,
    say,
    send_back,
    solve,
    take,
    triage,
)  # fmt: skip
from asmo_support.tickets.states import Channel

TABLE = "смена;часы\nдневная;168\nночная;8\nитого;168\n"

STORIES = (
    Story(
        ago=18, who="panin", kind=BUG, where="staff/timesheet", impact=DEPARTMENT, urgency=HIGH,
        subject="Не суммируются часы в табеле за прошлый месяц",
        text="Итог по смене Панина О. В. 168 часов, должно быть 176: ночная смена не прибавилась. Табель сдаём в "
        "расчёт завтра.",
        file=("tabel.csv", TABLE),
        steps=(
            take(17.4, "engineer"),
            solve(15, "engineer", "Часы не складывались, если сменам заданы разные графики. Исправили запрос табеля, "
                  "файл приложен.", ("tabel-fix1.amd", "Запрос q_tabel_sum, редакция 2.\n")),
            send_back(8, "panin", "Дневные смены посчитались, ночные нет: 168 часов вместо 176."),
            say(5, "engineer", "Олег Викторович, нашла: запрос режет смену в полночь. Пришлю исправление до обеда."),
            note(4.6, "engineer", "Проверить заодно Сибэнергосбыт: у них ночные смены с 20:00."),
            solve(2, "engineer", "Часы не складывались, если смена переходила через полночь. Исправили запрос табеля. "
                  "Загрузите файл через «Сервис», «Метаданные», затем пересчитайте табель: у смены Панина О. В. должно "
                  "выйти 176 часов.", ("tabel-night-fix2.amd", "Запрос q_tabel_sum, редакция 3.\n")),
        ),
    ),
    Story(
        ago=1.6, who="morozova", kind=BUG, where="staff/cards",
        subject="Справка о стаже печатается без номера",
        text="Номер присваивается, в журнале он есть, а на бланке пустое место. Бланк менять не пробовали.",
    ),
    Story(
        ago=6.3, who="danilov", kind=BUG, where="platform/reports", impact=DEPARTMENT,
        subject="Не приходит письмо с отчётом по расписанию",
        text="Отчёт «Явка за сутки» должен приходить в 7:00. Не пришёл ни вчера, ни сегодня. Почтовый сервер не "
        "меняли.",
        steps=(
            take(5.6, "ryabov"),
            say(5, "ryabov", "Расписание встало после перевода часов на сервере. Смотрим, как поправить без "
                "остановки."),
        ),
    ),
    Story(
        ago=7.3, who="petrenko", kind=BUG, where="staff/timesheet", critical=True, impact=ORGANIZATION, urgency=HIGH,
        subject="Табель не открывается ни у кого",
        text="С утра при открытии табеля у всех «Истекло время ожидания». Расчёт зарплаты через два дня.",
        steps=(
            assign(7.1, "operator", "engineer", "ryabov"),
            say(6.8, "engineer", "Видим блокировку таблицы смен. Пришлите, пожалуйста, время, когда запускали "
                "перерасчёт."),
            say(6.2, "petrenko", "Перерасчёт запустили вчера в 18:40, он так и не закончился."),
            note(5.5, "ryabov", "Перерасчёт ждёт сам себя через триггер TR_SHIFT_LOG. Сеанс 118 можно снять, но "
                 "сначала копия журнала."),
            say(2.4, "engineer", "Сеанс снят, табель открывается у половины людей. Перестраиваем индекс, ещё около "
                "часа."),
        ),
    ),
    Story(
        ago=33, who="panin", kind=CHANGE, where="staff/timesheet", expected_in_days=35,
        subject="Просим добавить подпись главного инженера в форму Т-13",
        text="По приказу № 112 табель подписывает и главный инженер. Нужна третья строка подписи.",
        steps=(
            take(32, "ryabov"),
            say(31.5, "ryabov", "Входит в доработки по спецификации. Предложим срок после оценки."),
        ),
    ),
    Story(
        ago=2.7, who="sokolova", kind=BUG, where="staff/cards", channel=Channel.EMAIL,
        subject="Не вводится дата приёма раньше 2000 года",
        text="У работника дата приёма 14.09.1998. Программа пишет «Дата вне допустимого срока» и не сохраняет.",
    ),
    Story(
        ago=104, who="morozova", kind=CONSULTATION, where="staff/timesheet",
        subject="Как закрыть период табеля",
        text="После сдачи табеля люди продолжают его править. Как запретить?",
        steps=(
            solve(102.5, "operator", "«Сервис», «Периоды», отметка «Закрыт». Править сможет только роль «Расчётчик»."),
            accept(58, "morozova"),
            reopen(4.5, "morozova", "Период закрыт, а мастера участков всё равно правят. Роли «Расчётчик» у них нет."),
            note(3.8, "operator", "У мастеров роль «Бригадир», в ней галочка «закрытые периоды». Спросить, зачем."),
            say(3.5, "operator", "Нашли: право спрятано в роли «Бригадир». Проверяем, кому оно нужно, и пришлём "
                "порядок."),
        ),
    ),
    Story(
        ago=70, who="stranger", kind=CHANGE, where="staff/cards",
        subject="Просим вести кадровый учёт за нас на время отпуска",
        text="Наш специалист уходит в отпуск на месяц. Могли бы вы вносить приказы за него?",
        steps=(
            take(69, "operator"),
            refuse(66, "lead", "Ведение учёта за заказчика в техническую поддержку не входит. Научить заместителя "
                   "можем: два часа по телефону, в любой день."),
        ),
    ),
    Story(
        ago=130, who="stranger", kind=BUG, where="staff/leave",
        subject="График отпусков не помещается на лист",
        text="При печати обрезается правый край, колонка «Дата» не видна.",
        steps=(
            take(129, "ryabov"),
            solve(125, "ryabov", "Вернули альбомный лист: после обновления он сбился на книжный."),
            accept(120, "stranger"),
        ),
    ),
    Story(
        ago=12, who="zueva", kind=BUG, where="staff/leave",
        subject="Отпуск без сохранения не попадает в график",
        text="Приказ проведён, в карточке отпуск есть, в графике пусто.",
        steps=(
            take(11.2, "ryabov"),
            ask(10, "ryabov", "Пришлите, пожалуйста, номер приказа и дату, когда он проведён. И видно ли отпуск в "
                "табеле?"),
        ),
    ),
    Story(
        ago=48, who="panin", kind=CONSULTATION, where="staff/training", urgency=LOW,
        subject="Где посмотреть, у кого кончается допуск",
        text="Нужен список людей, у кого допуск истекает в этом месяце.",
        steps=(cancel(46, "panin"),),
    ),
    Story(
        ago=21, who="morozova", kind=BUG, where="staff/leave", impact=DEPARTMENT,
        subject="Остаток отпуска не учитывает перенос с прошлого года",
        text="У 14 человек остаток меньше на перенесённые дни. Пример: Иванова, должно быть 31, показывает 24.",
        steps=(
            take(20, "engineer"),
            triage(19, "engineer", "Перенос зависит от вашего положения об отпусках, типового решения нет.",
                   standard=False),
            say(18.5, "engineer", "Правило переноса у вас своё. Разберём положение и назовём срок."),
        ),
    ),
    Story(
        ago=84, who="panin", kind=CONSULTATION, where="staff/cards", channel=Channel.PHONE, author="operator",
        subject="Как восстановить удалённую карточку", text="По телефону: удалил карточку работника вместо черновика.",
        steps=(
            solve(83.6, "operator", "Карточка лежит в «Корзине» 30 дней: «Сервис», «Корзина», «Вернуть»."),
            accept_by_phone(83.4, "operator", "panin"),
        ),
    ),
)  # fmt: skip
