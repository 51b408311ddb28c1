import type { Catalogue } from '../en/catalogue';

export const shell: Catalogue['shell'] = {
  skip: 'Vai al contenuto',
  navigation: 'Pagine',
  openMenu: 'Apri il menu',
  asksAgain: (seconds) =>
    seconds === 1 ? 'Si riprova tra un secondo.' : `Si riprova tra ${seconds} secondi.`,
  scenarios: 'Scenari',
  compare: 'Confronto',
  reports: 'Report',
  keys: 'Chiavi API',
  prices: 'Prezzi',
  users: 'Utenti',
  account: (name) => `Account e aspetto: ${name}`,
  profile: 'Il tuo account',
  signOut: 'Esci',
  display: 'Tema e lingua',
  theme: 'Tema',
  themes: { system: 'Come il sistema', light: 'Chiaro', dark: 'Scuro' },
  language: 'Lingua',
  zone: 'Orari in',
  zones: { local: (name) => name, UTC: 'UTC' },
};
