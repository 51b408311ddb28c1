export const common = {
  cancel: 'Cancel',
  close: 'Close',
  copied: 'Copied',
  copy: 'Copy',
  copyByHand: (keys: string) => `The browser doesn’t let this page copy. It is selected: press ${keys}.`,
  create: 'Create',
  delete: 'Delete',
  edit: 'Edit',
  loading: 'Loading…',
  more: 'More',
  next: 'Next',
  no: 'No',
  none: 'None',
  optional: 'optional',
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  previous: 'Previous',
  retry: 'Try again',
  save: 'Save',
  saved: 'Saved.',
  twoReadings: (one: string, other: string) =>
    `A comma can be read in two ways here. Write ${one} or ${other}.`,
  notANumber: 'A number, such as 1,500 or 0.25.',
  yes: 'Yes',
  perMonth: 'a month',
  changedAgo: (ago: string) => `Updated ${ago}`,
};

type FieldWords = Record<
  | 'required'
  | 'shortest'
  | 'longest'
  | 'characters'
  | 'fewest'
  | 'most'
  | 'above'
  | 'atLeast'
  | 'below'
  | 'atMost'
  | 'number'
  | 'places'
  | 'digits',
  (text: string, count: number) => string
>;

export const errors = {
  reference: 'Reference',
  unknown: {
    title: 'Something went wrong on the server.',
    advice: 'Nothing you typed is lost. Try again; if it happens again, report it with the reference below.',
  },
  network: {
    title: 'The server can’t be reached.',
    advice: 'Check your connection, then try again. What you typed is still here.',
  },
  unavailable: {
    title: 'The server is briefly unavailable.',
    advice: 'It usually recovers within seconds. Try again; what you typed is still here.',
  },
  forbidden: {
    title: 'Your role doesn’t allow this.',
    advice: 'Ask a superuser to change your role, or to do it for you.',
  },
  notFound: {
    title: 'This doesn’t exist, or isn’t yours.',
    advice: 'It may have been deleted. Go back to the list and pick another.',
  },
  conflict: {
    title: 'Its current state doesn’t allow this.',
    advice: 'Somebody may have changed it meanwhile. Reload to see how it stands.',
  },
  invalid: {
    title: 'Some of what you entered can’t be used.',
    advice: 'Change what is marked, then send it again.',
  },
  unauthorized: {
    title: 'You are signed out.',
    advice: 'Sign in to go on.',
  },
  rateLimited: (seconds: number | null) => ({
    title: 'Too many requests in a minute.',
    advice: seconds === null ? 'Wait a minute, then try again.' : `Wait ${seconds} seconds, then try again.`,
  }),
  /** What the server's checks of a value find: the number as it is written here, and the number. */
  field: {
    required: () => 'This is needed.',
    shortest: (text, count) => `At least ${text} character${count === 1 ? '' : 's'}.`,
    longest: (text, count) => `At most ${text} character${count === 1 ? '' : 's'}.`,
    characters: () => 'It has characters that can’t be in it.',
    fewest: (text) => `At least ${text}.`,
    most: (text) => `At most ${text}.`,
    above: (text) => `More than ${text}.`,
    atLeast: (text) => `${text} or more.`,
    below: (text) => `Less than ${text}.`,
    atMost: (text) => `${text} or less.`,
    number: () => 'A number.',
    places: (text, count) => `At most ${text} decimal${count === 1 ? '' : 's'}.`,
    digits: (text, count) => `At most ${text} digit${count === 1 ? '' : 's'}.`,
  } as FieldWords,
  crashed: {
    title: 'This page ran into an error.',
    advice: 'Reload it; the rest of the dashboard is not affected.',
    reload: 'Reload the page',
  },
  noPage: {
    title: 'There is no such page',
    advice: 'The address may be mistyped, or the page has moved.',
    home: 'To the scenarios',
  },
};
