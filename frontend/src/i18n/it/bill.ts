import type { Catalogue } from '../en/catalogue';

export const services: Catalogue['services'] = { sqs: 'SQS', lambda: 'Lambda', bedrock: 'Bedrock' };

export const regions: Catalogue['regions'] = {
  'us-east-1': 'Virginia settentrionale',
  'us-west-2': 'Oregon',
  'eu-west-1': 'Irlanda',
  'eu-central-1': 'Francoforte',
};

export const bill: Catalogue['bill'] = {
  headline: 'Mese previsto',
  period: (hours, region) => `Un mese di ${hours} ore ai prezzi di ${region}`,
  interval: (low, high, share) =>
    `Tra ${low} e ${high} nel ${share} dei mesi, se il traffico continua come registrato`,
  low: 'Minimo',
  expected: 'Previsto',
  high: 'Massimo',
  budget: 'Budget',
  budgetUsed: (percent) => `${percent} del budget`,
  overBudget: (by) => `${by} oltre il budget`,
  noBudget: 'Nessun budget impostato',
  noFigure: 'Ancora nessuna cifra',
  noFigureLead: 'Arriva con il primo log.',
  facts: {
    logs: 'Log al mese',
    perThousandLogs: 'Ogni 1.000 log',
    perThousandTokens: 'Ogni 1.000 token di log',
    recorded: 'Registrato finora, a prezzo di listino',
    recordedOf: (logs, duration) => `${logs} log in ${duration}`,
  },
  breakdown: 'Il conto',
  breakdownLead: 'Una quantità per un prezzo pubblicato, riga per riga. La somma torna esatta.',
  total: 'Mese previsto',
  formula: (quantity, unit, price, per) => `${quantity} ${unit} × ${price} ${per}`,
  units: {
    request: (n) => (Number(n) === 1 ? 'richiesta' : 'richieste'),
    'GB-second': () => 'GB-s',
    token: () => 'token',
  },
  per: {
    per_million_requests: 'per milione di richieste',
    per_gb_second: 'per GB-secondo',
    per_1k_tokens: 'ogni 1.000 token',
    per_million_tokens: 'per milione di token',
  },
  items: {
    send: 'Invii',
    receive: 'Ricezioni',
    delete: 'Cancellazioni',
    empty_receive: 'Ricezioni a vuoto dei poller inattivi',
    requests: 'Richieste',
    duration: 'Durata',
    ephemeral_storage: 'Spazio temporaneo oltre 512 MB',
    provisioned_concurrency: 'Ambienti tenuti pronti',
    provisioned_duration: 'Durata sugli ambienti pronti',
    input_tokens: 'Token in ingresso',
    output_tokens: 'Token in uscita',
    cache_read_tokens: 'Token letti dalla cache del prompt',
    cache_write_tokens: 'Token scritti nella cache del prompt',
    free_tier_requests: 'Piano gratuito: richieste',
    free_tier_duration: 'Piano gratuito: durata',
  },
  source: {
    open: (item) => `Da dove viene il prezzo di «${item}»`,
    price: 'Prezzo',
    since: (date) => `In vigore dal ${date}`,
    verified: 'Confermato dal listino di AWS',
    unverified: 'Non confermato da AWS: per questa regione non si è trovata una fonte diretta',
    tier: 'Fascia di prezzo',
    tiers: {
      standard: 'Coda standard',
      fifo: 'Coda FIFO',
      x86_64: 'x86',
      arm64: 'arm64',
      on_demand: 'On demand',
      batch: 'Batch',
      flex: 'Flex',
      priority: 'Priority',
      free: 'Piano gratuito',
    },
    band: (from, to) => `da ${from} a ${to} unità al mese`,
    bandOpen: (from) => `oltre ${from} unità al mese`,
    link: 'La fonte',
  },
  unverifiedMark: 'prezzo non confermato',
  drivers: 'Che cosa lo determina',
  driversLead: 'Le righe del conto, dalla più cara.',
  driver: (percent) => `${percent} del mese`,
  free: 'Piano gratuito',
  freeOn: 'Il piano gratuito dell’account è contato per questa pipeline.',
  freeOff: 'Nessun piano gratuito: gli altri carichi dell’account possono esaurirlo.',
  empty: 'Non si paga nulla.',
  pricingAsOf: (date) => `Prezzi al ${date}`,
  stamp: (ago) => `Calcolato ${ago}`,
  warningsTitle: 'Prima di usare questa cifra',
  warnings: {
    no_traffic: () => 'Non è stato registrato traffico: non c’è nulla da proiettare.',
    short_sample: (recorded) =>
      `La registrazione dura solo ${recorded}: troppo poco per dire di quanto il mese possa scostarsi.`,
    no_daily_cycle: (recorded) =>
      `La registrazione dura solo ${recorded}: meno di un giorno, possono mancare ore calme o di punta.`,
    no_weekly_cycle: (recorded) =>
      `La registrazione dura solo ${recorded}: meno di una settimana, i fine settimana possono essere diversi.`,
    long_silence: () =>
      'Gran parte del tempo registrato è un solo lungo silenzio, contato come tempo tranquillo.',
    stray_times: () =>
      'Alcuni log dicono di risalire a molto prima che lo scenario fosse attivo: sono contati, il tempo trascorso da allora no.',
    invocation_too_long: () =>
      'Un lotto pieno durerebbe più dei 15 minuti dopo i quali Lambda ferma una funzione: servono lotti più piccoli.',
    prompt_not_cached: () =>
      'Il prompt è troppo breve perché questo modello lo tenga in cache: ogni volta si paga come input.',
    unverified_prices: () =>
      'Alcuni prezzi non sono confermati dal listino di AWS. Nel conto sono segnalati.',
    unmeasured_tokenizer: () =>
      'Quanti token conti questo modello non è stato misurato: l’intervallo comprende un’ipotesi. `mockupaws calibrate` li misura.',
  },
  warningMore: (warning) => `Di più su questo: ${warning}`,
  explained: {
    long_silence: (silence: string) =>
      `Per ${silence}, gran parte del tempo registrato, non è arrivato nulla, e conta come tempo tranquillo. Se non lo era, registra in uno scenario a sé, e fermalo mentre non si invia nulla.`,
    stray_times: (logs: string) =>
      `Log con un’ora molto anteriore all’avvio dello scenario: ${logs}. Sono contati, il tempo trascorso da allora no.`,
    invocation_too_long: (logs: string, ms: string) =>
      `Un lotto pieno di ${logs} log impegnerebbe la funzione per ${ms} ms, e Lambda la ferma dopo 15 minuti: servono lotti più piccoli.`,
    prompt_not_cached: (tokens: string, model: string, least: string) =>
      `Il prompt di ${tokens} token è troppo breve per la cache, quindi si paga come input: ${model} tiene in cache prompt di almeno ${least}.`,
    unverified_prices: (prices: string) => `Non confermati dal listino di AWS: ${prices}.`,
    unmeasured_tokenizer: (factor: string, low: string, high: string) =>
      `Si assume che ne conti ${factor} per ogni token contato qui (cl100k_base), da ${low} a ${high}.`,
  },
};

export const savings: Catalogue['savings'] = {
  title: 'Che cosa lo abbasserebbe',
  lead: 'Singole modifiche, ognuna da sola, per risparmio mensile. Si sovrappongono: insieme fanno meno della somma.',
  together: (saved, left) => `Tutte insieme risparmiano ${saved} al mese e lasciano ${left}.`,
  none: 'Nessuna singola modifica a noi nota rende più economico questo progetto.',
  tryIt: 'Prova',
  tryAll: 'Provale tutte',
  perMonth: (saved) => `${saved} al mese`,
  ideas: {
    send_batches: (d) => [
      `Invia ${d.sqs.send_batch_size} messaggi per chiamata`,
      'Chi invia trattiene i messaggi finché il lotto è pieno o passa un momento.',
    ],
    standard_queue: () => [
      'Usa una coda standard',
      'I messaggi possono arrivare in altro ordine, o due volte.',
    ],
    batch_window: (d) => [
      `Lascia che un lotto attenda ${d.sqs.batch_window_s} s altri messaggi`,
      `Un log è elaborato fino a ${d.sqs.batch_window_s} s più tardi.`,
    ],
    larger_batches: (d) => [
      `Dai a Lambda fino a ${d.sqs.receive_batch_size} log per volta, attendendo ${d.sqs.batch_window_s} s`,
      `Un log è elaborato fino a ${d.sqs.batch_window_s} s più tardi, e un lotto fallito è più grande.`,
    ],
    arm64: () => ['Esegui la funzione su arm64', 'Ciò di cui è fatta deve esistere per arm64.'],
    included_storage: () => ['Resta nei 512 MB di /tmp che non costano', 'La funzione deve farseli bastare.'],
    deduplicate: () => [
      'Non chiedere al modello di un messaggio che ha già visto',
      'La funzione deve ricordare gli hash; i messaggi ripetuti sono solo contati.',
    ],
    drop_debug: () => ['Non dare al modello i log trace e debug', 'Non li vedrà.'],
    batch_mode: () => [
      'Chiama il modello in modalità batch',
      'Le risposte arrivano entro ore, da file su S3.',
    ],
    flex_mode: () => ['Chiama il modello in modalità flex', 'Quando Bedrock è carico le risposte tardano.'],
    on_demand_mode: () => ['Chiama il modello on demand', 'Le chiamate non passano più davanti alle altre.'],
    cached_prompt: () => [
      'Metti il prompt in cache',
      'Le istruzioni devono venire prima e restare le stesse.',
    ],
    larger_prompts: (d) => [
      `Chiedi di ${d.bedrock.logs_per_call} log in una chiamata, da lotti fino a ${d.sqs.receive_batch_size}`,
      `Una risposta di ${d.bedrock.output_tokens_per_call} token deve bastare per tutti; un log attende fino a ${d.sqs.batch_window_s} s.`,
    ],
    global_profile: (d) => [
      `Chiama ${d.bedrock.model_id}`,
      'Lo stesso modello, ovunque nel mondo: i log possono lasciare la regione.',
    ],
    smaller_model: (d) => [
      `Usa ${d.bedrock.model_id}`,
      'Un modello più piccolo: confronta le sue risposte con quelle di ora.',
    ],
  },
};
