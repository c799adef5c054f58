from django.urls import include, path

from asmo_support.portal.views import deeds, organization, reading, tickets

app_name = "portal"

# /tickets/<number>/
ticket_urls = [
    path("", tickets.show, name="ticket"),
    path("history/", reading.history, name="ticket-history"),
    path("deadline/<str:target>/", reading.deadline, name="ticket-deadline"),
    path("attachments/<int:pk>/", reading.attachment, name="ticket-attachment"),
    path("letters/<int:letter>/", reading.letter, name="ticket-letter"),
    path("messages/", deeds.messages, name="ticket-messages"),
    path("resolutions/<int:n>/acceptance/", deeds.acceptance, name="ticket-acceptance"),
    path("resolutions/<int:n>/return/", deeds.send_back, name="ticket-return"),
    path("cancellation/", deeds.cancellation, name="ticket-cancellation"),
    path("reopening/", deeds.reopening, name="ticket-reopening"),
]
urlpatterns = [
    path("", tickets.home, name="home"),
    path("tickets/", tickets.index, name="tickets"),
    path("tickets/new/", tickets.new, name="ticket-new"),
    path("tickets/<int:number>/", include(ticket_urls)),
    path("organization/", organization.show, name="organization"),
]
