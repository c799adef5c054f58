"""Addresses of the desk: a deed's address is a noun."""

from django.urls import URLPattern, URLResolver, include, path

from asmo_support.desk.views import (
    attachments,
    calendars,
    calendars_drafts,
    catalog,
    customers,
    deadlines,
    deeds,
    letters,
    mail,
    menu,
    messages,
    outgoing,
    people,
    registration,
    tickets,
    watch,
)

app_name = "desk"

ticket_urls = [
    path("", tickets.show, name="ticket"),
    path("messages/", messages.messages, name="ticket-messages"),
    path("notes/", messages.notes, name="ticket-notes"),
    path("information-requests/", messages.information_requests, name="ticket-information-requests"),
    path("resolutions/", messages.resolutions, name="ticket-resolutions"),
    path("resolutions/<int:n>/acceptance/", deeds.acceptance, name="ticket-acceptance"),
    path("work/", deeds.work, name="ticket-work"),
    path("assignment/", deeds.assignment, name="ticket-assignment"),
    path("triage/", deeds.triage, name="ticket-triage"),
    path("refusal/", deeds.refusal, name="ticket-refusal"),
    path("deadline/<str:target>/", deadlines.deadline, name="ticket-deadline"),
    path("attachments/<int:pk>/", attachments.attachment, name="ticket-attachment"),
]

customer_urls = [
    path("", customers.show, name="customer"),
    path("details/", customers.details, name="customer-details"),
    path("people/new/", people.new_contact, name="customer-person-new"),
    path("contracts/new/", customers.new_contract, name="customer-contract-new"),
]

calendar_urls = [
    path("", calendars.show, name="calendar"),
    path("hours/", calendars.hours, name="calendar-hours"),
    path("loading/", calendars_drafts.loading, name="calendar-loading"),
    path("draft/", calendars_drafts.draft, name="calendar-draft"),
    path("draft/dropping/", calendars_drafts.dropping, name="calendar-dropping"),
    path("versions/<int:n>/", calendars.version, name="calendar-version"),
    path("versions/<int:n>/rollback/", calendars.rollback, name="calendar-rollback"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", tickets.index, name="tickets"),
    path("menu/", menu.menu, name="menu"),
    path("deadlines/", watch.risks, name="risks"),
    path("load/", watch.load, name="load"),
    path("tickets/new/", registration.new, name="ticket-new"),
    path("tickets/<int:number>/", include(ticket_urls)),
    path("customers/", customers.index, name="customers"),
    path("customers/new/", customers.new, name="customer-new"),
    path("customers/<int:pk>/", include(customer_urls)),
    path("contracts/<int:pk>/", customers.contract, name="contract"),
    path("people/", people.index, name="people"),
    path("people/new/", people.new, name="person-new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/access/", people.access, name="person-access"),
    path("people/<int:pk>/invitation/", people.invitation, name="person-invitation"),
    path("letters/", letters.index, name="letters"),
    path("letters/<int:pk>/", letters.show, name="letter"),
    path("letters/<int:pk>/raw/", letters.raw, name="letter-raw"),
    path("letters/<int:pk>/attempts/", letters.attempts, name="letter-attempts"),
    path("letters/<int:pk>/dismissal/", letters.dismissal, name="letter-dismissal"),
    path("letters/<int:pk>/ticket/", letters.ticket, name="letter-ticket"),
    path("letters/outgoing/", outgoing.index, name="outgoing"),
    path("letters/outgoing/<int:pk>/", outgoing.show, name="outgoing-letter"),
    path("letters/outgoing/<int:pk>/attempts/", outgoing.attempts, name="outgoing-attempts"),
    path("mail/", mail.index, name="mail"),
    path("mail/mailboxes/new/", mail.new, name="mailbox-new"),
    path("mail/mailboxes/<int:pk>/", mail.mailbox, name="mailbox"),
    path("mail/mailboxes/<int:pk>/closing/", mail.closing, name="mailbox-closing"),
    path("mail/mailboxes/<int:pk>/check/", mail.mailbox_check, name="mailbox-check"),
    path("mail/smtp/", mail.smtp, name="mail-smtp"),
    path("mail/smtp/closing/", mail.smtp_closing, name="mail-smtp-closing"),
    path("mail/smtp/check/", mail.smtp_check, name="mail-smtp-check"),
    path("calendars/", calendars.index, name="calendars"),
    path("calendars/new/", calendars.new, name="calendar-new"),
    path("calendars/<int:pk>/", include(calendar_urls)),
    path("catalog/services/", catalog.services, name="catalog-services"),
    path("catalog/products/", catalog.products, name="catalog-products"),
    path("catalog/modules/", catalog.modules, name="catalog-modules"),
    path("catalog/services/<int:pk>/", catalog.service, name="catalog-service"),
    path("catalog/products/<int:pk>/", catalog.product, name="catalog-product"),
    path("catalog/modules/<int:pk>/", catalog.module, name="catalog-module"),
]
