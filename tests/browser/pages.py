"""Every page of the dashboard: its path, and its heading in English and in Italian.

What is in braces is an id: the demo's scenario, its rival, a schedule.
"""

from playwright.sync_api import ViewportSize

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}

PUBLIC = {
    "sign-in": ("/sign-in", "Sign in", "Accedi"),
    "register": ("/register", "Create an account", "Crea un account"),
    "forgotten-password": ("/forgotten-password", "Forgotten password", "Password dimenticata"),
    "reset-password": ("/reset-password#token=x", "Set a new password", "Scegli una nuova password"),
}
PRIVATE = {
    "scenarios": ("/", "Scenarios", "Scenari"),
    "scenario": ("/scenarios/{demo}", "The bill", "Il conto"),
    "logs": ("/scenarios/{demo}/logs", "Logs", "Log"),
    "rejected": ("/scenarios/{rival}/rejected", "Rejected records", "Record rifiutati"),
    "send": ("/scenarios/{demo}/send", "Send logs", "Invia log"),
    "edit": ("/scenarios/{demo}/edit", "Edit the scenario", "Modifica lo scenario"),
    "new": ("/scenarios/new", "New scenario", "Nuovo scenario"),
    "compare": ("/compare?ids={demo},{rival}", "Line by line", "Riga per riga"),
    "scenario-reports": ("/scenarios/{demo}/reports", "Reports", "Report"),
    "reports": ("/reports", "Reports", "Report"),
    "schedules": ("/reports/schedules", "Schedules", "Pianificazioni"),
    "new-schedule": ("/reports/schedules/new", "New schedule", "Nuova pianificazione"),
    "schedule": ("/reports/schedules/{schedule}", "Edit the schedule", "Modifica la pianificazione"),
    "keys": ("/keys", "API keys", "Chiavi API"),
    "prices": ("/prices", "Prices", "Prezzi"),
    "users": ("/users", "Users", "Utenti"),
    "account": ("/account", "Your account", "Il tuo account"),
    "no-page": ("/nowhere", "There is no such page", "Questa pagina non esiste"),
}
