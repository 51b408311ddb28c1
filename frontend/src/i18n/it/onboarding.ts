import type { Catalogue } from '../en/catalogue';

export const onboarding: Catalogue['onboarding'] = {
  title: 'Invia log',
  lead: 'Tre passi, e il primo log appare qui.',
  steps: { start: 'Avvia la registrazione', key: 'Prendi una chiave', shipper: 'Punta qui il tuo shipper' },
  startLead: 'Uno scenario prende log solo mentre registra.',
  running: 'Registra.',
  archived: 'Uno scenario archiviato non prende log.',
  keyLead: 'Una chiave API che può inviare log e nient’altro.',
  keyAction: 'Crea una chiave',
  keyName: (scenario) => `Shipper per ${scenario}`,
  keyReady: 'La tua chiave, mostrata solo ora. È già nei frammenti qui sotto.',
  key: 'Chiave API',
  shipper: 'Shipper',
  snippet: (shipper, file) => `${shipper}: ${file}`,
  limits:
    'Una richiesta porta fino a 6 MB (su AWS 4,5 MB se compressa o binaria) e 10.000 log, un log 256 KiB. I frammenti tengono i lotti al di sotto dove lo shipper lo consente; Fluent Bit no.',
  notes: {
    curl: [
      'Fino a 10.000 righe e, su AWS, 4,5 MB; un file gzip si può inviare così com’è. `--retry` attende quanto chiede la risposta, fino a dieci minuti in tutto.',
    ],
    mockupaws: [
      'File di ogni dimensione, gzip, UTF-16 o lo standard input; `--follow` attende il seguito, come `tail -F`. Riprova per dieci minuti (`--patience`). Un invio interrotto riprende da dove era, e non conta nessuna riga due volte. `--shift` sposta i tempi di un file vecchio perché l’ultima riga sia di adesso.',
    ],
    'fluent-bit': [
      'Invia un chunk per richiesta: circa 2 MB, di quanti record capita, e non ha impostazioni né per l’uno né per gli altri. Un chunk con più di 10.000 record è rifiutato, e Fluent Bit lo scarta (`chunk will not be retried` nel suo log). Succede dove più di 10.000 record sotto i 200 byte arrivano entro il suo intervallo `Flush` di un secondo; `Flush 0.2` nella sua `[SERVICE]` ne permette cinque volte tanti. Dove ne arrivano di più, o si leggono file vecchi, usa Vector, che li conta.',
    ],
    logstash: [
      'Invia un lotto della pipeline (`pipeline.batch.size`, 125 eventi) per richiesta, e riprova finché serve.',
    ],
    'syslog-ng': [
      'Riprova ogni `time-reopen` secondi, finché serve; aggiungi `disk-buffer()` perché nulla si perda quando riparte.',
    ],
    rsyslog: [
      'Il modulo non conosce gli stati HTTP: legge nella risposta quali documenti sono stati rifiutati e li rimette in coda. La pausa della coda, 0,2 secondi, lo limita a 5.000 log e 5 richieste al secondo.',
    ],
    python: [
      'L’exporter prova un lotto sei volte, che con il nostro `Retry-After` sono 25 secondi, e poi lo scarta. Per interruzioni più lunghe metti in mezzo un Collector o rotel.',
    ],
    rotel: ['Le applicazioni inviano OTLP all’agente, su `localhost:4318`.'],
    loki: [
      '`batch_size` conta i byte delle righe: con righe di 26 byte un lotto ne ha 10.000. Alloy scarta ciò che è rifiutato perché ne ha di più; dove le righe sono così corte, imposta di meno. Promtail (`batchsize: 262144`) e altri che prendono utente e password: lo scenario e la chiave.',
    ],
    'python-logging-loki': ['Una richiesta per riga: oltre 1.000 righe al minuto è meglio OpenTelemetry.'],
    'splunk-handler': ['Prova un lotto `retry_count` volte, attendendo quanto chiede la risposta.'],
    'python-logstash-async': [
      'Ciò che non si è potuto inviare resta in `logs.db` ed è riprovato ogni dieci secondi, anche dopo un riavvio.',
    ],
    firehose: [
      'La destinazione «HTTP endpoint» di un flusso Firehose (`--http-endpoint-destination-configuration` di `aws firehose create-delivery-stream`, che vuole anche un bucket S3 per ciò che fallisce). I record di CloudWatch Logs al suo interno vengono aperti; l’id della richiesta fa sì che una consegna ripetuta conti una volta.',
      'A Firehose non si può dire quanti log inviare, e un megabyte del gzip di CloudWatch Logs ne contiene decine di migliaia. Perciò solo questa porta ne prende fino a 100.000 per richiesta, in lotti da 10.000. Ciò che ne ha di più, o aperto supera i 16 MB, riceve un 400: Firehose lo rinvia per quanto dice `RetryOptions`, poi lo mette nel bucket S3 (con un 413 lo scarterebbe). Un record troppo grande è rifiutato da solo. `SizeInMBs` non può essere meno di 1; un `IntervalInSeconds` sotto 60 rende le consegne più piccole.',
    ],
    cloudwatch: [
      '`$STREAM_ARN` è l’ARN dello stream che l’output `LogStreamName` dello stack nomina, `$ROLE_ARN` un ruolo che può scriverci record. I gruppi di log sono dell’account AWS, perciò è un superuser a darli a uno scenario, di chiunque sia: `$ADMIN_KEY` è la chiave di un superuser con lo scope `write:scenarios`, non quella che invia i log. Invece del secondo comando un superuser può scriverli dove la dashboard modifica lo scenario.',
    ],
  },
  readonly: 'Il tuo ruolo non può creare chiavi. Chiedine una a chi possiede lo scenario.',
  waiting: 'In attesa del primo log…',
  waitingLead: 'Appare qui entro pochi secondi dall’arrivo.',
  notRunning: 'Avvia la registrazione, poi invia un log.',
  arrived: 'Il primo log è arrivato.',
  arrivedLead: (source, ago) => `Da ${source}, ${ago}.`,
  toBill: 'Al conto',
  toLogs: 'Ai log',
  sampleTitle: 'Nessun log a portata di mano?',
  sampleLead: (count) =>
    `${count} log inventati di un negozio online, sparsi sugli ultimi sette giorni: bastano a vedere tutta la pagina all’opera.`,
  sampleAction: 'Invia dati d’esempio',
  sampleSent: (count) => `${count} log d’esempio sono in viaggio.`,
  samplePending: 'Invio…',
  parsed: {
    level: 'Livello',
    tokens: 'Token',
    size: 'Dimensione',
    pii: 'Dati personali',
    blocks: 'Unità SQS',
  },
};
