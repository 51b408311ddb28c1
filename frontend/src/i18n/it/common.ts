import type { Catalogue } from '../en/catalogue';

export const common: Catalogue['common'] = {
  cancel: 'Annulla',
  close: 'Chiudi',
  copied: 'Copiato',
  copy: 'Copia',
  copyByHand: (keys) => `Il browser non permette a questa pagina di copiare. È selezionato: premi ${keys}.`,
  create: 'Crea',
  delete: 'Elimina',
  edit: 'Modifica',
  loading: 'Caricamento…',
  more: 'Altro',
  next: 'Avanti',
  no: 'No',
  none: 'Nessuno',
  optional: 'facoltativo',
  page: (page, pages) => `Pagina ${page} di ${pages}`,
  previous: 'Indietro',
  retry: 'Riprova',
  save: 'Salva',
  saved: 'Salvato.',
  twoReadings: (one, other) => `Qui un punto si può leggere in due modi. Scrivi ${one} oppure ${other}.`,
  notANumber: 'Un numero, come 1.500 o 0,25.',
  yes: 'Sì',
  perMonth: 'al mese',
  changedAgo: (ago) => `Aggiornato ${ago}`,
};

export const errors: Catalogue['errors'] = {
  reference: 'Riferimento',
  unknown: {
    title: 'Qualcosa è andato storto sul server.',
    advice:
      'Nulla di ciò che hai scritto è perso. Riprova; se succede ancora, segnalalo con il riferimento qui sotto.',
  },
  network: {
    title: 'Il server non è raggiungibile.',
    advice: 'Controlla la connessione e riprova. Ciò che hai scritto è ancora qui.',
  },
  unavailable: {
    title: 'Il server è momentaneamente non disponibile.',
    advice: 'Di solito si riprende in pochi secondi. Riprova; ciò che hai scritto è ancora qui.',
  },
  forbidden: {
    title: 'Il tuo ruolo non lo permette.',
    advice: 'Chiedi a un superuser di cambiarti il ruolo, o di farlo per te.',
  },
  notFound: {
    title: 'Non esiste, o non è tuo.',
    advice: 'Forse è stato eliminato. Torna all’elenco e scegline un altro.',
  },
  conflict: {
    title: 'Lo stato attuale non lo permette.',
    advice: 'Forse qualcuno l’ha cambiato nel frattempo. Ricarica per vedere come sta.',
  },
  invalid: {
    title: 'Alcuni dei dati inseriti non si possono usare.',
    advice: 'Correggi ciò che è segnalato e invia di nuovo.',
  },
  unauthorized: {
    title: 'La sessione è chiusa.',
    advice: 'Accedi per continuare.',
  },
  rateLimited: (seconds) => ({
    title: 'Troppe richieste in un minuto.',
    advice: seconds === null ? 'Aspetta un minuto e riprova.' : `Aspetta ${seconds} secondi e riprova.`,
  }),
  field: {
    required: () => 'Serve.',
    shortest: (text, count) => `Almeno ${text} ${count === 1 ? 'carattere' : 'caratteri'}.`,
    longest: (text, count) => `Al massimo ${text} ${count === 1 ? 'carattere' : 'caratteri'}.`,
    characters: () => 'Contiene caratteri non ammessi.',
    fewest: (text) => `Almeno ${text}.`,
    most: (text) => `Al massimo ${text}.`,
    above: (text) => `Più di ${text}.`,
    atLeast: (text) => `${text} o più.`,
    below: (text) => `Meno di ${text}.`,
    atMost: (text) => `${text} o meno.`,
    number: () => 'Un numero.',
    places: (text, count) => `Al massimo ${text} ${count === 1 ? 'decimale' : 'decimali'}.`,
    digits: (text, count) => `Al massimo ${text} ${count === 1 ? 'cifra' : 'cifre'}.`,
  },
  crashed: {
    title: 'Questa pagina ha incontrato un errore.',
    advice: 'Ricaricala; il resto del cruscotto non ne risente.',
    reload: 'Ricarica la pagina',
  },
  noPage: {
    title: 'Questa pagina non esiste',
    advice: 'L’indirizzo può contenere un errore, o la pagina è stata spostata.',
    home: 'Agli scenari',
  },
};
