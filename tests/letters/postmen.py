"""Returned and late letters as many mail servers tell of them to people, in words of our own."""

from tests.letters.build import said, text

LOST, OTHER = "petr@kama.example", "oleg@ruda.example"
OURS = "support@asmo.example"
COPY = f"\n\nMessage-ID: <t1042.abc@asmo.example>\nFrom: {OURS}\nTo: {LOST}\nSubject: Re: Akt\n\nАкт исправлен.\n"

# Name: (sender, subject, words, [recipient, status, hard]…).
WORDS = {
    "qmail-host": (
        "MAILER-DAEMON@mx.kama.example",
        "failure notice",
        (
            "Hi. This is the qmail-send program at mx.kama.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
            f"This is a permanent error; I've given up. Sorry it didn't work out.\n\n<{LOST}>:\nSorry, I couldn't find any host named kama.example. (#5.1.2)\n\n"
            f"--- Below this line is a copy of the message.{COPY}"
        ),
        [LOST, "5.1.2", True],
    ),
    "qmail-remote": (
        "MAILER-DAEMON@mx.asmo.example",
        "failure notice",
        (
            f"Hi. This is the qmail-send program at mx.asmo.example.\n\n<{LOST}>:\n192.0.2.7 does not like recipient.\nRemote host said: 550 5.1.1 unknown user\n"
            f"Giving up on 192.0.2.7.\n\n<{OTHER}>:\n192.0.2.8 failed after I sent the message.\nRemote host said: 552 5.2.2 quota exceeded\n\n"
            f"--- Below this line is a copy of the message.{COPY}"
        ),
        [LOST, "5.1.1", True],
        [OTHER, "5.2.2", False],
    ),
    "qmail-late": (
        "MAILER-DAEMON@mx.asmo.example",
        "failure notice",
        (
            f"Hi. This is the qmail-send program at mx.asmo.example.\n\n<{LOST}>:\nCNAME lookup failed temporarily. (#4.4.3)\n"
            f"I'm not going to try again; this message has been in the queue too long.\n\n--- Below this line is a copy of the message.{COPY}"
        ),
        [LOST, "4.4.3", False],
    ),
    "exim-unroutable": (
        "Mail Delivery System <Mailer-Daemon@mx.asmo.example>",
        "Mail delivery failed: returning message to sender",
        (
            "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. "
            f"This is a permanent error. The following address(es) failed:\n\n  {LOST}\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------{COPY}"
        ),
        [LOST, "", True],
    ),
    "exim-two": (
        "Mail Delivery System <Mailer-Daemon@mx.asmo.example>",
        "Mail delivery failed: returning message to sender",
        (
            "A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n"
            f"  {LOST}\n    host mx.kama.example [192.0.2.7]\n    SMTP error from remote mail server after RCPT TO:<{LOST}>:\n    550 Requested action not taken: mailbox unavailable\n"
            f"  {OTHER}\n    host mx.ruda.example [192.0.2.8]\n    SMTP error from remote mail server after end of data:\n    554 5.7.1 rejected: looks like spam\n\n"
            f"------ This is a copy of your message, including all the headers. ------{COPY}"
        ),
        [LOST, "5.0.0", True],
        [OTHER, "5.7.1", False],
    ),
    "exim-frozen": (
        "Mail Delivery System <Mailer-Daemon@mx.asmo.example>",
        "Warning: message 1aBcDe-0001 delayed 48 hours",
        (
            "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\n"
            f"recipients after more than 48 hours on the queue on mx.asmo.example.\n\nThe address to which the message has not yet been delivered is:\n\n  {LOST}\n"
            "    host mx.kama.example [192.0.2.7]\n    Delay reason: SMTP error from remote mail server after RCPT TO:\n    450 4.2.0 greylisted, try again later\n\n"
            "No action is required on your part. Delivery attempts will continue for\nsome time."
        ),
        [LOST, "4.2.0", False],
    ),
    "exim-retry-over": (
        "Mail Delivery System <Mailer-Daemon@mx.asmo.example>",
        "Mail delivery failed: returning message to sender",
        (
            f"A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  {LOST}\n"
            f"    host mx.kama.example [192.0.2.7]\n    retry timeout exceeded\n\n------ This is a copy of the message, including all the headers. ------{COPY}"
        ),
        [LOST, "", False],
    ),
    "postfix-words": (
        "Mail Delivery System <MAILER-DAEMON@mx.asmo.example>",
        "Undelivered Mail Returned to Sender",
        (
            "This is the mail system at host mx.asmo.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n"
            f"                   The mail system\n\n<{LOST}>: Host or domain name not found. Name service error for\n    name=kama.example type=AAAA: Host not found\n"
        ),
        [LOST, "", True],
    ),
    "postfix-local": (
        "Mail Delivery System <MAILER-DAEMON@mx.asmo.example>",
        "Undelivered Mail Returned to Sender",
        (
            f'This is the mail system at host mx.asmo.example.\n\nYour message could not be delivered to one or more recipients.\n\n<{LOST}>: unknown user: "petr"\n\n'
            f"<{OTHER}>: mail for ruda.example loops back to myself\n"
        ),
        [LOST, "", True],
        [OTHER, "", False],
    ),
    "sendmail": (
        "Mail Delivery Subsystem <MAILER-DAEMON@mx.asmo.example>",
        "Returned mail: see transcript for details",
        (
            f"The original message was received at Mon, 16 Nov 2026 10:15:00 +0300\nfrom localhost [127.0.0.1]\n\n   ----- The following addresses had permanent fatal errors -----\n<{LOST}>\n"
            f"    (reason: 550 5.1.1 <{LOST}>... User unknown)\n\n   ----- Transcript of session follows -----\n... while talking to mx.kama.example.:\n>>> DATA\n<<< 550 5.1.1 <{LOST}>... User unknown\n"
        ),
        [LOST, "5.1.1", True],
    ),
    "sendmail-late": (
        "Mail Delivery Subsystem <MAILER-DAEMON@mx.asmo.example>",
        "Warning: could not send message for past 4 hours",
        (
            "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n"
            f"    **********************************************\n\n   ----- The following addresses had transient non-fatal errors -----\n<{LOST}>\n\n"
            "   ----- Transcript of session follows -----\n451 4.4.1 reply: read error from mx.kama.example.\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n"
        ),
        [LOST, "4.4.1", False],
    ),
    "yandex-nobody": (
        "mailer-daemon@yandex.example",
        "Недоставленное сообщение",
        (
            "Это письмо отправлено почтовым сервером yandex.example.\n\nК сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может\nбыть отправлено одному или нескольким адресатам. Технические подробности можно найти ниже.\n\n"
            f"<{LOST}>: host mx.kama.example[192.0.2.7] said: 550 5.7.1 No such user! (in reply to RCPT TO command)\n"
        ),
        [LOST, "5.7.1", True],
    ),
    "yandex-full": (
        "mailer-daemon@yandex.example",
        "Недоставленное сообщение",
        f"Это письмо отправлено почтовым сервером yandex.example.\n\nВаше письмо не может быть доставлено одному или нескольким адресатам.\n\n<{LOST}>: Почтовый ящик переполнен\n",
        [LOST, "", False],
    ),
    "mailru-nobody": (
        "mailer-daemon@corp.mail.example",
        "Mail failure.",
        (
            "Это письмо создано автоматически сервером Mail.ru, отвечать на него не нужно.\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n"
            f"**********************\n\n{LOST}\nuser not found\n\n**********************{COPY}"
        ),
        [LOST, "", True],
    ),
    "mailru-blocked": (
        "mailer-daemon@corp.mail.example",
        "Mail failure.",
        (
            "Это письмо создано автоматически сервером Mail.ru, отвечать на него не нужно.\n\nВаше письмо не может быть доставлено одному или нескольким получателям:\n\n"
            f"{LOST}\naccount is disabled: такого пользователя нет\n"
        ),
        [LOST, "", True],
    ),
    "rambler": (
        "Mail Delivery System <MAILER-DAEMON@rambler.example>",
        "Письмо не доставлено",
        f"Здравствуйте!\n\nПисьмо, отправленное вами, не было доставлено следующим адресатам:\n\n{LOST} — 550 5.1.1 Пользователь не найден\n",
        [LOST, "5.1.1", True],
    ),
    "communigate": (
        "Mail Administrator <postmaster@mx.kama.example>",
        "Undeliverable mail: Re: Akt",
        f"Failed to deliver to '{LOST}'\nLOCAL module(account petr) reports:\n account is full (quota exceeded)\n",
        [LOST, "", False],
    ),
    "communigate-nobody": (
        "<MAILER-DAEMON@mx.kama.example>",
        "Undeliverable mail: Re: Akt",
        f"Failed to deliver to '{LOST}'\nSMTP module(domain kama.example) reports:\n host mx.kama.example says:\n 550 5.1.1 unknown user account\n",
        [LOST, "5.1.1", True],
    ),
    "exchange-old-ru": (
        "Администратор системы <postmaster@kama.example>",
        "Недоставлено: Акт",
        (
            f"Сообщение не доставлено некоторым или всем получателям.\n\n      Тема:\tАкт\n      Отправлено:\t16.11.2026 10:15\n\nСледующие получатели недоступны:\n\n      {LOST} 16.11.2026 10:16\n"
            "            Учетная запись электронной почты не существует в организации, куда отправлено сообщение.\n            <mx.kama.example #5.1.1>\n"
        ),
        [LOST, "5.1.1", True],
    ),
    "exchange-new-ru": (
        "postmaster@kama.example",
        "Не удается доставить: Акт",
        (
            f"Не удалось доставить сообщение следующим получателям или группам:\n\n{LOST}\nУказанный адрес электронной почты не найден. Проверьте адрес и отправьте сообщение еще раз.\n\n"
            "Диагностические сведения для администраторов:\n\nСоздающий сервер: mx.kama.example\n\n"
            f"{LOST}\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'\n"
        ),
        [LOST, "5.1.10", True],
    ),
    "exchange-en": (
        "Microsoft Outlook <postmaster@kama.example>",
        "Undeliverable: Akt",
        (
            f"Delivery has failed to these recipients or groups:\n\n{LOST}\nThe email address you entered couldn't be found. Please check the recipient's email address and try to resend the message.\n\n"
            f"Diagnostic information for administrators:\n\nGenerating server: mx.kama.example\n\n{LOST}\nRemote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'\n"
        ),
        [LOST, "5.1.1", True],
    ),
    "exchange-too-big": (
        "Microsoft Outlook <postmaster@kama.example>",
        "Undeliverable: Akt",
        (
            f"Delivery has failed to these recipients or groups:\n\n{LOST}\nYour message is too large to send.\n\nDiagnostic information for administrators:\n\n{LOST}\n"
            "Remote Server returned '550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient'\n"
        ),
        [LOST, "5.2.3", False],
    ),
    "gmail-nobody": (
        "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        "Delivery Status Notification (Failure)",
        (
            f"** Address not found **\n\nYour message wasn't delivered to {LOST} because the address couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n"
            "550 5.1.1 The email account that you tried to reach does not exist.\n"
        ),
        [LOST, "5.1.1", True],
    ),
    "gmail-ru": (
        "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        "Delivery Status Notification (Failure)",
        f"** Адрес не найден **\n\nСообщение для {LOST} не доставлено: адрес не найден или не может принимать почту.\n\nОтвет:\n550 5.1.1 The email account that you tried to reach does not exist.\n",
        [LOST, "5.1.1", True],
    ),
    "gmail-late": (
        "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        "Delivery Status Notification (Delay)",
        (
            f"** Delivery incomplete **\n\nThere was a temporary problem delivering your message to {LOST}. Gmail will retry for 46 more hours. You'll be notified if the delivery fails permanently.\n\n"
            "The response was:\nThe recipient server did not accept our requests to connect. [mx.kama.example 192.0.2.7: timed out]\n"
        ),
        [LOST, "", False],
    ),
    "gmail-ru-late": (
        "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
        "Delivery Status Notification (Delay)",
        f"** Сообщение ещё не доставлено **\n\nПри доставке сообщения для {LOST} возникла временная проблема. Попытки продолжатся ещё 45 часов.\n",
        [LOST, "", False],
    ),
    "icloud": (
        "Mail Delivery System <MAILER-DAEMON@cloud.example>",
        "Undelivered Mail Returned to Sender",
        f"Your message could not be delivered to one or more recipients.\n\n<{LOST}>: user is over quota (in reply to RCPT TO command) 552 5.2.2\n",
        [LOST, "5.2.2", False],
    ),
    "lotus": (
        "Mail Router <postmaster@kama.example>",
        "DELIVERY FAILURE: User petr (petr@kama.example) not listed in Domino Directory",
        f"Your message\n\n  Subject: Akt\n\nwas not delivered to:\n\n  {LOST}\n\nbecause:\n\n  User petr ({LOST}) not listed in Domino Directory\n",
        [LOST, "", True],
    ),
    "groupwise": (
        "Mailer-Daemon@kama.example",
        "Message status - undeliverable",
        f"The attached file had the following undeliverable recipient(s):\n\t{LOST}\n\nTranscript of session follows:\n\nCommand: RCPT TO:<{LOST}>\nResponse: 550 No such recipient\n",
        [LOST, "5.0.0", True],
    ),
    "mdaemon": (
        "MDaemon at kama.example <MDaemon@kama.example>",
        "Warning: petr@kama.example - User unknown!",
        f"The following data may contain sections which represent BASE64 encoded\nfile attachments.\n\n{LOST} - no such user here.\n\nThe message could not be delivered.\n",
        [LOST, "", True],
    ),
    "kerio": (
        "Mail Delivery Subsystem <postmaster@kama.example>",
        "Undelivered Mail: Akt",
        f"Your message has encountered delivery problems\nto the following recipient(s):\n\n<{LOST}>\n    Delivery failed\n    550 5.1.1 User unknown\n",
        [LOST, "5.1.1", True],
    ),
    "mailenable": (
        "postmaster@kama.example",
        "Message Delivery Failure",
        f"MailEnable: Message could not be delivered to some recipients.\nThe following recipient(s) could not be reached:\n\n\tRecipient: [SMTP:{LOST}]\n\tReason: Remote SMTP server has returned: 550 Mailbox not found\n",
        [LOST, "5.0.0", True],
    ),
    "hmail": (
        "mailer-daemon@kama.example",
        "Message undeliverable: Akt",
        (
            f"Your message did not reach some or all of the intended recipients.\n\n   Sent: Mon, 16 Nov 2026 10:15:00 +0300\n   Subject: Akt\n\nThe following recipient(s) could not be reached:\n\n{LOST}\n"
            "   Error Type: SMTP\n   Remote server (192.0.2.7) issued an error.\n   hMailServer sent: RCPT TO\n   Remote server replied: 550 Unknown user\n\nhMailServer\n"
        ),
        [LOST, "5.0.0", True],
    ),
    "courier": (
        "Courier mail server at mx.asmo.example <postmaster@mx.asmo.example>",
        "NOTICE: mail delivery status.",
        (
            f"This is a delivery status notification from mx.asmo.example,\nrunning the Courier mail server.\n\nUNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<{LOST}>:\n"
            "    mx.kama.example [192.0.2.7]:\n<<< 550 User unknown\n"
        ),
        [LOST, "5.0.0", True],
    ),
    "james": (
        "postmaster@kama.example",
        "Delivery failure",
        f"Hi. This is the James mail server at kama.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up.\n\n{LOST}\n\nThe error message below was caused by: 550 no such mailbox\n",
        [LOST, "5.0.0", True],
    ),
    "german": (
        "Mail Delivery System <mailer-daemon@kama.example>",
        "Unzustellbar: Akt",
        f"Ihre Nachricht konnte nicht zugestellt werden.\n\nFolgende Empfänger wurden nicht erreicht:\n\n{LOST}\n\n550 5.1.1 Der Empfänger ist unbekannt\n",
        [LOST, "5.1.1", True],
    ),
    "german-full": (
        "Mailer-Daemon@kama.example",
        "Mail konnte nicht zugestellt werden",
        f"Diese Nachricht wurde automatisch erzeugt.\n\nDie folgende Adresse ist fehlgeschlagen:\n\n{LOST}\n    Das Postfach ist voll, 552 5.2.2\n",
        [LOST, "5.2.2", False],
    ),
    "french": (
        "Mail Delivery System <mailer-daemon@kama.example>",
        "Échec de la remise : Akt",
        f"Votre message n'a pas pu être remis aux destinataires suivants :\n\n{LOST}\n550 5.1.1 Utilisateur inconnu\n",
        [LOST, "5.1.1", True],
    ),
    "spanish": (
        "Mail Delivery System <mailer-daemon@kama.example>",
        "No se puede entregar: Akt",
        f"No se ha podido entregar el mensaje a los siguientes destinatarios:\n\n{LOST}\nEl buzón no existe. 550 5.1.1\n",
        [LOST, "5.1.1", True],
    ),
    "polish": (
        "MAILER-DAEMON@kama.example",
        "Niedostarczona wiadomość",
        f"Wiadomość nie została dostarczona do adresata:\n\n<{LOST}>: 550 5.1.1 Nie ma takiego użytkownika\n",
        [LOST, "5.1.1", True],
    ),
    "italian": (
        "Mail Delivery System <mailer-daemon@kama.example>",
        "Mancato recapito: Akt",
        f"Impossibile recapitare il messaggio ai seguenti destinatari:\n\n{LOST}\nUtente sconosciuto (550 5.1.1)\n",
        [LOST, "5.1.1", True],
    ),
    "ukrainian-postman": (
        "Mail Delivery System <mailer-daemon@kama.example>",
        "Не вдалося доставити повідомлення",
        f"Ваше повідомлення не вдалося доставити такому одержувачу:\n\n{LOST}\n550 5.1.1 Такої скриньки не існує\n",
        [LOST, "5.1.1", True],
    ),
    "russian-late": (
        "Служба доставки <mailer-daemon@asmo.example>",
        "Доставка письма задерживается",
        f"Ваше письмо пока не доставлено адресату:\n\n{LOST}\n    451 4.4.1 сервер не отвечает\n\nПопытки доставки продолжаются, отправлять письмо ещё раз не нужно.\n",
        [LOST, "4.4.1", False],
    ),
    "russian-spam": (
        "Служба доставки <mailer-daemon@kama.example>",
        "Письмо отклонено",
        f"Ваше письмо не доставлено получателю {LOST}: оно похоже на спам (554 5.7.1).\n",
        [LOST, "5.7.1", False],
    ),
    "russian-dismissed": (
        "Служба доставки <mailer-daemon@kama.example>",
        "Письмо не доставлено",
        f"Письмо не доставлено: почтовый ящик {LOST} заблокирован или удалён, пользователь не существует.\n",
        [LOST, "", True],
    ),
}


def cases():
    for name, (sender, subject, words, *reports) in WORDS.items():
        raw = text(words, sender=sender, subject=subject, more=[("Return-Path", "<>")])
        yield f"postman-{name}", raw, bounced(reports)


def bounced(reports, *, bounce=True):
    wanted = said(machine=True, bounce=bounce, reports=reports)
    return {name: value for name, value in wanted.items() if name not in {"from", "subject"}}
