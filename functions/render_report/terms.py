"""The cost engine's words in the report's language. The engine says them in English, with a code beside each."""

from collections.abc import Mapping

from shared.mockupaws.contracts.estimates import Line, Saving, Warned
from shared.mockupaws.contracts.prices import PriceUnit
from shared.mockupaws.contracts.reports import Language

_LINES: Mapping[str, str] = {
    "send": "Invii",
    "receive": "Ricezioni",
    "delete": "Cancellazioni",
    "empty_receive": "Ricezioni a vuoto di una coda inattiva",
    "requests": "Richieste",
    "duration": "Durata",
    "ephemeral_storage": "Spazio temporaneo oltre 512 MB",
    "input_tokens": "Token in ingresso",
    "output_tokens": "Token in uscita",
    "cache_read_tokens": "Token letti dalla cache del prompt",
    "cache_write_tokens": "Token scritti nella cache del prompt",
    "free_tier_requests": "Piano gratuito: il primo milione di richieste al mese",
    "free_tier_duration": "Piano gratuito: i primi 400.000 GB-secondi al mese",
}
# With what the changed design has in the place of names: `sqs` and `bedrock` are its parts.
_CHANGES: Mapping[str, tuple[str, str]] = {
    "send_batches": (
        "Inviare {sqs.send_batch_size} messaggi per chiamata",
        "Chi invia trattiene i messaggi finché un lotto è pieno o è passato un momento.",
    ),
    "standard_queue": ("Usare una coda standard", "I messaggi possono arrivare fuori ordine, o due volte."),
    "batch_window": (
        "Far attendere un lotto {sqs.batch_window_s} s per altri messaggi",
        "Un log viene elaborato fino a {sqs.batch_window_s} s più tardi.",
    ),
    "larger_batches": (
        "Dare a Lambda fino a {sqs.receive_batch_size} log per volta, attendendo {sqs.batch_window_s} s",
        "Un log viene elaborato fino a {sqs.batch_window_s} s più tardi, e un lotto fallito è più grande.",
    ),
    "arm64": ("Eseguire la funzione su arm64", "Ciò di cui è fatta deve esistere per arm64."),
    "included_storage": ("Restare nei 512 MB di /tmp che non costano nulla", "Alla funzione devono bastare."),
    "deduplicate": (
        "Non chiedere al modello di un messaggio già visto",
        "La funzione deve ricordare gli hash, e i messaggi ripetuti vengono solo contati.",
    ),
    "drop_debug": ("Tenere i log trace e debug lontani dal modello", "Non li vedrà."),
    "batch_mode": ("Chiamare il modello in modalità batch", "Le risposte arrivano entro ore, da file in S3."),
    "flex_mode": (
        "Chiamare il modello in modalità flex",
        "Le risposte possono tardare quando Bedrock è occupato.",
    ),
    "on_demand_mode": (
        "Chiamare il modello in modalità on-demand",
        "Le chiamate non passano più davanti alle altre.",
    ),
    "cached_prompt": ("Tenere il prompt in cache", "Le istruzioni devono stare all'inizio e restare le stesse."),
    "larger_prompts": (
        "Chiedere di {bedrock.logs_per_call} log in una chiamata, da lotti fino a {sqs.receive_batch_size}",
        (
            "Una risposta di {bedrock.output_tokens_per_call} token deve bastare per tutti; un log attende fino a "
            "{sqs.batch_window_s} s."
        ),
    ),
    "global_profile": (
        "Chiamare {bedrock.model_id}",
        "Lo stesso modello, ovunque nel mondo: i log possono lasciare la regione.",
    ),
    "smaller_model": (
        "Usare {bedrock.model_id}",
        "Un modello più piccolo: le sue risposte vanno confrontate con quelle di ora.",
    ),
}
_UNITS: Mapping[str, tuple[str, str]] = {
    "request": ("richiesta", "richieste"),
    "token": ("token", "token"),
    "GB-second": ("GB-secondo", "GB-secondi"),
}
_PRICE_UNITS: Mapping[PriceUnit, tuple[str, str]] = {
    "per_million_requests": ("1 M requests", "1 M richieste"),
    "per_gb_second": ("GB-second", "GB-secondo"),
    "per_1k_tokens": ("1,000 tokens", "1.000 token"),
    "per_million_tokens": ("1 M tokens", "1 M token"),
}
# What `tokenizers.json` says of a factor, in pieces.
_SOURCES: tuple[tuple[str, str], ...] = (
    ("measured for this scenario", "misurato per questo scenario"),
    (
        "nine other tokenizers need this much for the same logs",
        "nove altri tokenizer ne usano tanti per gli stessi log",
    ),
    ("taken to be near Llama 3's and o200k_base's", "si assume vicino a quelli di Llama 3 e di o200k_base"),
    ("taken to be near o200k_base's", "si assume vicino a quello di o200k_base"),
    ("taken to be Claude 4.8's", "si assume quello di Claude 4.8"),
    ("cl100k_base's tokens, to the last one", "sono i token di cl100k_base, fino all'ultimo"),
    ("the text part of", "la parte testuale di"),
    ("not measured", "non misurato"),
    ("measured on LogHub with", "misurato su LogHub con"),
)
_WARNINGS: Mapping[str, str] = {
    "no_traffic": "Non è stato registrato traffico: non c'è nulla da proiettare.",
    "short_sample": "La registrazione è troppo breve per dire di quanto il mese possa scostarsi.",
    "no_daily_cycle": "È stato registrato meno di un giorno: possono mancare ore tranquille o di punta.",
    "no_weekly_cycle": "È stata registrata meno di una settimana: i fine settimana possono essere diversi.",
    "long_silence": "Gran parte del tempo registrato è un solo lungo silenzio, contato come tempo tranquillo.",
    "stray_times": (
        "Alcuni log dicono di risalire a molto prima che lo scenario fosse attivo: sono contati, il tempo da allora no."
    ),
    "invocation_too_long": (
        "Un lotto pieno durerebbe più dei 15 minuti dopo i quali Lambda ferma la funzione: servono lotti più piccoli."
    ),
    "prompt_not_cached": (
        "Il prompt è troppo breve perché il modello lo tenga in cache: ogni volta si paga come input."
    ),
    "unverified_prices": "Alcuni prezzi non sono confermati dal listino di AWS; la tabella dei prezzi dice quali.",
    "unmeasured_tokenizer": "I token del modello sono una stima: il suo tokenizer non è stato misurato.",
}
_KINDS: Mapping[str, tuple[str, str]] = {
    "email": ("Email addresses", "Indirizzi email"),
    "phone": ("Phone numbers", "Numeri di telefono"),
    "credit_card": ("Payment cards", "Carte di pagamento"),
    "ssn": ("US social security numbers", "Numeri di previdenza USA"),
    "iban": ("IBANs", "IBAN"),
    "codice_fiscale": ("Italian tax codes", "Codici fiscali"),
    "aws_access_key": ("AWS access keys", "Chiavi di accesso AWS"),
    "aws_secret_key": ("AWS secret keys", "Chiavi segrete AWS"),
    "jwt": ("JSON web tokens", "JSON web token"),
    "ipv4": ("IPv4 addresses", "Indirizzi IPv4"),
    "ipv6": ("IPv6 addresses", "Indirizzi IPv6"),
}


def line(of: Line, language: Language) -> str:
    """What a line of the bill charges."""
    # Which model it is stands on the cover.
    english = of.description.partition(", ")[0] if of.service == "bedrock" else of.description
    return _LINES.get(of.item, english) if language == "it" else english


def unit(of: Line, language: Language) -> str:
    """What a line's quantity counts."""
    one, many = _UNITS.get(of.unit, (of.unit, f"{of.unit}s")) if language == "it" else (of.unit, f"{of.unit}s")
    return one if of.quantity == 1 else many


def price_unit(of: PriceUnit, language: Language) -> str:
    """What a list price is for."""
    english, italian = _PRICE_UNITS[of]
    return italian if language == "it" else english


def saving(of: Saving, language: Language) -> tuple[str, str]:
    """A change, and what else it does."""
    said = (of.description, of.consequence)
    if language == "en" or of.change not in _CHANGES:
        return said
    changed = of.pipeline
    change, consequence = (text.format(sqs=changed.sqs, bedrock=changed.bedrock) for text in _CHANGES[of.change])
    return change, consequence


def warning(of: Warned, language: Language) -> str:
    """What to know before a figure is used."""
    return _WARNINGS.get(of.code, of.message) if language == "it" else of.message


def measured_by(source: str, language: Language) -> str:
    """Who measured a model's tokens, or that nobody did."""
    for english, italian in _SOURCES if language == "it" else ():
        source = source.replace(english, italian)
    return source


def level(name: str, language: Language) -> str:
    """A log's severity; those that logs write are what they are."""
    return "sconosciuto" if (name, language) == ("unknown", "it") else name


def pii_kind(kind: str, language: Language) -> str:
    """A kind of personal data."""
    english, italian = _KINDS.get(kind, (kind, kind))
    return italian if language == "it" else english
