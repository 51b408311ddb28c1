"""What a report and its mail say, in English and Italian."""

from dataclasses import dataclass
from functools import cache

from shared.mockupaws.contracts.reports import Language


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text of a report in one language; `{…}` is filled in."""

    cost_report: str
    page_of: str
    monthly_cost: str
    per_month: str
    interval: str
    interval_says: str
    since_last: str
    since_last_on: str
    first_report: str
    within_budget: str
    over_budget: str
    not_priced: str
    no_traffic: str
    recorded: str
    recorded_range: str
    logs: str
    per_thousand: str
    per_million_tokens: str
    duplicates: str
    with_pii: str
    good_to_know: str
    breakdown: str
    breakdown_says: str
    service: str
    month: str
    share: str
    total: str
    observed_cost: str
    timeseries: str
    cost_over_time: str
    logs_over_time: str
    each: str
    bars_alt: str
    interval_alt: str
    drivers: str
    drivers_says: str
    what: str
    quantity: str
    unit_price: str
    cost: str
    what_if: str
    what_if_says: str
    design: str
    region: str
    change: str
    no_model: str
    same_design: str
    left_out: str
    not_built: str
    not_sold: str
    savings: str
    savings_says: str
    saving: str
    no_savings: str
    all_steps: str
    pii: str
    pii_says: str
    kind: str
    findings: str
    no_pii: str
    addresses: str
    duplicates_say: str
    levels: str
    assumptions: str
    queue: str
    function: str
    model: str
    reduce: str
    account: str
    tokens: str
    projection: str
    standard_queue: str
    queue_says: str
    function_says: str
    model_says: str
    cached: str
    not_cached: str
    deduplicated: str
    sampled: str
    dropped: str
    redacted: str
    all_kept: str
    free_tier: str
    no_free_tier: str
    account_says: str
    tokens_say: str
    projection_says: str
    prices: str
    prices_say: str
    list_price: str
    valid_from: str
    source: str
    confirmed: str
    unconfirmed: str
    reproduce: str
    reproduce_says: str
    price_hash: str
    traffic_hash: str
    version: str
    command: str
    made_at: str
    mail_subject: str
    mail_download: str
    mail_expires: str


_EN = Texts(
    cost_report="Cost report",
    page_of="Page {page} of {pages}",
    monthly_cost="Expected monthly cost",
    per_month="a month",
    interval="Likely range",
    interval_says="{low} to {high}: where nine months out of ten end if traffic goes on as recorded",
    since_last="Change since the last report",
    since_last_on="{change} since the report of {day}",
    first_report="First report of this scenario",
    within_budget="{share} of the budget of {budget} a month",
    over_budget="{over} over the budget of {budget} a month",
    not_priced="No price",
    no_traffic="Nothing was recorded in this range of time.",
    recorded="Recorded",
    recorded_range="{begin} to {end} UTC",
    logs="Logs",
    per_thousand="Per 1,000 logs",
    per_million_tokens="Model tokens a month",
    duplicates="Duplicates",
    with_pii="With personal data",
    good_to_know="Before you use this figure",
    breakdown="Where the money goes",
    breakdown_says="A month of the traffic as recorded, by service.",
    service="Service",
    month="A month",
    share="Share",
    total="Total",
    observed_cost="As recorded",
    timeseries="Over time",
    cost_over_time="Cost of the recorded traffic, at list price",
    logs_over_time="Logs recorded",
    each="each bar {duration}, times in UTC",
    bars_alt="Bar chart. {what}: {bars} bars of {duration} each from {begin}, {total} in all, the highest {highest}.",
    interval_alt="A scale from {low} to {high} on which {expected} is marked.",
    drivers="What drives the cost",
    drivers_says="Every line of the month's bill, the dearest first. Quantity times unit price is the cost, exactly.",
    what="What is charged",
    quantity="Quantity",
    unit_price="Unit price",
    cost="Cost",
    what_if="What if",
    what_if_says="Other designs on the same recorded traffic, a month each.",
    design="Design",
    region="Region",
    change="Change",
    no_model="Without a model",
    same_design="The same design",
    left_out="Asked for, but not in the table:",
    not_built="AWS doesn't build it with the scenario's design of today.",
    not_sold="What it needs has no price today.",
    savings="What could be saved",
    savings_says=(
        "Each change alone, a month. What they save together is less than their sum, since they work on the same lines."
    ),
    saving="Saving",
    no_savings="No single change that we know of would save anything.",
    all_steps="All of them together: {monthly} a month, {saving} less.",
    pii="Personal data and duplicates",
    pii_says="{logs} of {total} logs ({share}) carried personal data. Messages aren't kept; previews are masked.",
    kind="Kind",
    findings="Findings",
    no_pii="No personal data was found.",
    addresses="IP addresses, not counted as personal data in this scenario",
    duplicates_say="{duplicates} of {total} logs ({share}) repeated a message that had been recorded before.",
    levels="Logs by severity",
    assumptions="Assumptions",
    queue="Queue",
    function="Function",
    model="Model",
    reduce="Before the model",
    account="Account",
    tokens="Tokens",
    projection="Projection",
    standard_queue="Standard",
    queue_says=(
        "{kind}. Messages are sent {send} at a time and received up to {receive} at a time; a batch waits {window} s. "
        "{retry} of them are worked on twice. {empty} empty receives a minute."
    ),
    function_says=(
        "{architecture}, {memory} MB. {base} ms an invocation and {each} ms a log. {storage} MB of temporary storage."
    ),
    model_says=(
        "{model}, {mode}. {logs} logs a call with {prompt} tokens of instructions ({cached}) and {output} tokens of "
        "answer. {share} of the logs reach it."
    ),
    cached="from the prompt cache",
    not_cached="not cached",
    deduplicated="repeated messages are left out",
    sampled="{share} of the logs are kept",
    dropped="logs of these levels are left out: {levels}",
    redacted="personal data is masked",
    all_kept="Nothing is left out.",
    free_tier="With the free tier",
    no_free_tier="Without the free tier",
    account_says="{tier}. A month has {hours} hours.",
    tokens_say="{factor} ({low} to {high}) of the model's tokens for each token of cl100k_base: {source}.",
    projection_says="Recorded: {recorded}; {scale} times as much is the month of {hours} hours.",
    prices="Prices and their sources",
    prices_say="Every price in this report, as AWS publishes it.",
    list_price="List price",
    valid_from="Valid from",
    source="Source",
    confirmed="confirmed by AWS",
    unconfirmed="not confirmed",
    reproduce="To reproduce these figures",
    reproduce_says="The same prices and the same recorded traffic give the same figures, to the last digit.",
    price_hash="Prices (SHA-256)",
    traffic_hash="Traffic (SHA-256)",
    version="Version",
    command="Command",
    made_at="Made at",
    mail_subject="Cost report: {scenario}",
    mail_download="Download the report",
    mail_expires=(
        "The link above works for 15 minutes and for whoever has it. After that, find the report here, signed in:"
    ),
)

_IT = Texts(
    cost_report="Report dei costi",
    page_of="Pagina {page} di {pages}",
    monthly_cost="Mese previsto",
    per_month="al mese",
    interval="Intervallo probabile",
    interval_says="da {low} a {high}: dove finiscono nove mesi su dieci se il traffico continua come registrato",
    since_last="Variazione dall'ultimo report",
    since_last_on="{change} dal report del {day}",
    first_report="Primo report di questo scenario",
    within_budget="{share} del budget di {budget} al mese",
    over_budget="{over} oltre il budget di {budget} al mese",
    not_priced="Nessun prezzo",
    no_traffic="In questo intervallo di tempo non è stato registrato nulla.",
    recorded="Registrato",
    recorded_range="dal {begin} al {end} UTC",
    logs="Log",
    per_thousand="Ogni 1.000 log",
    per_million_tokens="Token del modello al mese",
    duplicates="Duplicati",
    with_pii="Con dati personali",
    good_to_know="Prima di usare questa cifra",
    breakdown="Dove va il denaro",
    breakdown_says="Un mese del traffico registrato, per servizio.",
    service="Servizio",
    month="Al mese",
    share="Quota",
    total="Totale",
    observed_cost="Come registrato",
    timeseries="Nel tempo",
    cost_over_time="Costo del traffico registrato, a prezzo di listino",
    logs_over_time="Log registrati",
    each="ogni barra {duration}, orari in UTC",
    bars_alt=(
        "Grafico a barre. {what}: {bars} barre di {duration} ciascuna dal {begin}, {total} in tutto, la più alta "
        "{highest}."
    ),
    interval_alt="Una scala da {low} a {high} su cui è segnato {expected}.",
    drivers="Che cosa determina il costo",
    drivers_says=("Ogni riga del conto mensile, dalla più cara. Quantità per prezzo unitario è il costo, esattamente."),
    what="Che cosa si paga",
    quantity="Quantità",
    unit_price="Prezzo unitario",
    cost="Costo",
    what_if="E se…",
    what_if_says="Altri progetti sullo stesso traffico registrato, un mese ciascuno.",
    design="Progetto",
    region="Regione",
    change="Variazione",
    no_model="Senza modello",
    same_design="Lo stesso progetto",
    left_out="Richiesti, ma non nella tabella:",
    not_built="AWS non lo realizza con il progetto attuale dello scenario.",
    not_sold="Ciò che gli serve oggi non ha un prezzo.",
    savings="Che cosa si può risparmiare",
    savings_says=(
        "Ogni modifica da sola, al mese. Insieme fanno risparmiare meno della loro somma: agiscono sulle stesse righe."
    ),
    saving="Risparmio",
    no_savings="Nessuna singola modifica a noi nota farebbe risparmiare.",
    all_steps="Tutte insieme: {monthly} al mese, {saving} in meno.",
    pii="Dati personali e duplicati",
    pii_says=(
        "{logs} log su {total} ({share}) contenevano dati personali. I messaggi non si conservano; le anteprime sono "
        "mascherate."
    ),
    kind="Tipo",
    findings="Occorrenze",
    no_pii="Nessun dato personale trovato.",
    addresses="Indirizzi IP, non contati come dati personali in questo scenario",
    duplicates_say="{duplicates} log su {total} ({share}) ripetevano un messaggio già registrato.",
    levels="Log per gravità",
    assumptions="Ipotesi",
    queue="Coda",
    function="Funzione",
    model="Modello",
    reduce="Prima del modello",
    account="Account",
    tokens="Token",
    projection="Proiezione",
    standard_queue="Standard",
    queue_says=(
        "{kind}. I messaggi sono inviati {send} alla volta e ricevuti fino a {receive} alla volta; un lotto attende "
        "{window} s. Il {retry} è elaborato due volte. {empty} ricezioni a vuoto al minuto."
    ),
    function_says=(
        "{architecture}, {memory} MB. {base} ms per invocazione e {each} ms per log. {storage} MB di spazio temporaneo."
    ),
    model_says=(
        "{model}, {mode}. {logs} log per chiamata, con {prompt} token di istruzioni ({cached}) e {output} token di "
        "risposta. Lo raggiunge il {share} dei log."
    ),
    cached="dalla cache del prompt",
    not_cached="non in cache",
    deduplicated="i messaggi ripetuti sono esclusi",
    sampled="si tiene il {share} dei log",
    dropped="sono esclusi i log di questi livelli: {levels}",
    redacted="i dati personali sono mascherati",
    all_kept="Nulla è escluso.",
    free_tier="Con il piano gratuito",
    no_free_tier="Senza il piano gratuito",
    account_says="{tier}. Un mese ha {hours} ore.",
    tokens_say="{factor} (da {low} a {high}) token del modello per ogni token di cl100k_base: {source}.",
    projection_says="Registrato: {recorded}; {scale} volte tanto è il mese di {hours} ore.",
    prices="Prezzi e loro fonti",
    prices_say="Ogni prezzo di questo report, come AWS lo pubblica.",
    list_price="Prezzo di listino",
    valid_from="Valido dal",
    source="Fonte",
    confirmed="confermato da AWS",
    unconfirmed="non confermato",
    reproduce="Per riprodurre queste cifre",
    reproduce_says="Gli stessi prezzi e lo stesso traffico danno le stesse cifre, fino all'ultima.",
    price_hash="Prezzi (SHA-256)",
    traffic_hash="Traffico (SHA-256)",
    version="Versione",
    command="Comando",
    made_at="Creato il",
    mail_subject="Report dei costi: {scenario}",
    mail_download="Scarica il report",
    mail_expires=(
        "Il link qui sopra funziona per 15 minuti, per chiunque lo abbia. Dopo, il report si trova qui, con accesso:"
    ),
)


@cache
def texts(language: Language) -> Texts:
    """The texts of a language."""
    return _IT if language == "it" else _EN
