"""Where readers enter: every public address."""

from django.urls import path

from public.views import case_feed, cases, corrections, courts, home, matters, people, reference

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path("matters/<slug:slug>/", matters.matter, name="matter"),
    path("cases/", cases.case_list, name="cases"),
    path("cases/<slug:slug>/", cases.case, name="case"),
    path("cases/<slug:slug>/feed/", case_feed.case_feed, name="case_feed"),
    path("people/", people.search, name="people"),
    path("people/<slug:slug>/", people.person, name="person"),
    path("suggest/", people.suggest, name="suggest"),
    path("courts/", courts.court_list, name="courts"),
    path("courts/<slug:slug>/", courts.court, name="court"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/feed/", corrections.feed, name="corrections_feed"),
    path("glossary/", reference.glossary, name="glossary"),
    path("about/", reference.about, name="about"),
    path("gallery/", reference.gallery, name="gallery"),
    path("robots.txt", reference.robots, name="robots"),
]
