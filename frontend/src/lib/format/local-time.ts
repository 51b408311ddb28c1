/** The years that a date can be of: what lies beyond was never meant, and half a year that is being typed is there. */
export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2999;

/** Whether a date as an input writes it, `2026-07-01` or with a time after it, may be meant. */
export function isSane(local: string): boolean {
  const year = Number(/^(\d{4})-\d\d-\d\d(T|$)/.exec(local)?.[1]);
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** A time that an address holds, ISO 8601 in UTC; null where it holds none, or none that may be meant. */
export function timeOf(text: string | null): string | null {
  const parsed = text === null ? Number.NaN : Date.parse(text);
  if (Number.isNaN(parsed)) return null;
  const time = new Date(parsed).toISOString();
  return isSane(time) ? time : null;
}

/**
 * What an input of type `datetime-local` shows for a time, in a zone that need not be the browser's.
 *
 * @param time ISO 8601, null for an empty input.
 * @param zone IANA name.
 */
export function toLocal(time: string | null, zone: string): string {
  const at = timeOf(time);
  return at === null ? '' : onClock(Date.parse(at), zone);
}

/** The time that such an input means, ISO 8601 in UTC; null where it is empty, half typed or of no sane year. */
export function fromLocal(local: string, zone: string): string | null {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc) || !isSane(local)) return null;
  // The offset depends on the time that is looked for: guess, look how far off the clock there is, and correct. Twice,
  // for a guess on the other side of a change to or from summer time.
  let time = asUtc;
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${onClock(time, zone)}Z`);
    time += asUtc - shown;
  }
  return new Date(time).toISOString();
}

/** What the clock shows there and then. */
function onClock(at: number, zone: string): string {
  // Swedish writes dates as ISO does.
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
  return parts.replace(' ', 'T');
}
