import type { Catalogue } from '../en/catalogue';

export const compare: Catalogue['compare'] = {
  title: 'Confronto',
  lead: 'Da due a quattro scenari fianco a fianco; ognuno è messo accanto al primo.',
  choose: 'Scenari da confrontare',
  add: 'Aggiungi uno scenario',
  first: 'Il primo',
  makeFirst: (name) => `Metti gli altri accanto a ${name}`,
  remove: (name) => `Togli ${name}`,
  needTwo: 'Scegli almeno due scenari che abbiano registrato qualcosa.',
  most: 'Quattro è il massimo che sta fianco a fianco.',
  month: 'Mese previsto',
  interval: 'Dal minimo al massimo',
  against: 'Rispetto al primo',
  perThousand: 'Ogni 1.000 log',
  logs: 'Log al mese',
  region: 'Regione',
  bill: 'Riga per riga',
  billLead: 'Le righe dei conti fianco a fianco, dalla differenza maggiore.',
  line: 'Riga',
  none: '–',
  why: 'Perché',
  whyDearer: (name, amount, line, part) =>
    `${name} costa ${amount} al mese più del primo; di questi, ${line} da soli fanno ${part}.`,
  whyCheaper: (name, amount, line, part) =>
    `${name} costa ${amount} al mese meno del primo; di questi, ${line} da soli fanno ${part}.`,
  whySame: (name) => `${name} costa quanto il primo.`,
  design: 'Dove i progetti differiscono',
  designSame: 'I progetti sono uguali.',
  field: 'Impostazione',
};
