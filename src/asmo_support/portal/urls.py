from django.urls import include, path

from asmo_support.portal.views import (
    contracts,
    dates,
    deeds,
    installations,
    links,
    offers,
    organization,
    people,
    reading,
    tickets,
)

app_name = "portal"

# /tickets/<number>/
ticket_urls = [
    path("", tickets.show, name="ticket"),
    path("history/", reading.history, name="ticket-history"),
    path("deadline/<str:target>/", reading.deadline, name="ticket-deadline"),
    path("messages/<int:said>/whole/", reading.whole, name="ticket-whole"),
    path("first-letter/", reading.first_letter, name="ticket-first-letter"),
    path("attachments/<int:pk>/", reading.attachment, name="ticket-attachment"),
    path("attachments/<int:pk>/picture/", reading.picture, name="ticket-picture"),
    path("letters/<int:letter>/", reading.letter, name="ticket-letter"),
    path("messages/", deeds.messages, name="ticket-messages"),
    path("resolutions/<int:n>/acceptance/", deeds.acceptance, name="ticket-acceptance"),
    path("resolutions/<int:n>/return/", deeds.send_back, name="ticket-return"),
    path("planned-dates/", dates.offers, name="ticket-planned-dates"),
    path("planned-dates/<int:n>/acceptance/", dates.acceptance, name="ticket-planned-date-acceptance"),
    path("planned-dates/<int:n>/refusal/", dates.refusal, name="ticket-planned-date-refusal"),
    path("cancellation/", deeds.cancellation, name="ticket-cancellation"),
    path("reopening/", deeds.reopening, name="ticket-reopening"),
    path("offer/", offers.asking, name="ticket-offer"),
    path("offer/acceptance/", offers.acceptance, name="ticket-offer-acceptance"),
    path("offer/refusal/", offers.refusal, name="ticket-offer-refusal"),
]
urlpatterns = [
    path("", tickets.home, name="home"),
    path("tickets/", tickets.index, name="tickets"),
    path("tickets/new/", tickets.new, name="ticket-new"),
    path("tickets/<int:number>/", include(ticket_urls)),
    path("links/<str:key>/acceptance/", links.acceptance, name="link-acceptance"),
    path("links/<str:key>/return/", links.send_back, name="link-return"),
    path("contracts/<int:pk>/", contracts.show, name="contract"),
    path("contracts/<int:pk>/files/<int:file>/", contracts.paper, name="contract-file"),
    path("organization/", organization.show, name="organization"),
    path("organization/<int:pk>/", organization.branch, name="branch"),
    path("installations/", installations.index, name="installations"),
    path("people/new/", people.new, name="person-new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/access/", people.access, name="person-access"),
    path("people/<int:pk>/invitation/", people.invitation, name="person-invitation"),
    path("people/<int:pk>/tickets/", people.tickets, name="person-tickets"),
    path("invitations/<int:pk>/withdrawal/", people.withdrawal, name="invitation-withdrawal"),
]
