/**
 * What an input of type `datetime-local` shows for a time, in a zone that need not be the browser's.
 *
 * @param time ISO 8601, null for an empty input.
 * @param zone IANA name.
 */
export function toLocal(time: string | null, zone: string): string {
  if (time === null) return '';
  // Swedish writes dates as ISO does.
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(time));
  return parts.replace(' ', 'T');
}

/** The time that such an input means, ISO 8601 in UTC; null where it is empty or half typed. */
export function fromLocal(local: string, zone: string): string | null {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  // The offset depends on the time that is looked for: guess, look how far off the clock there is, and correct. Twice,
  // for a guess on the other side of a change to or from summer time.
  let time = asUtc;
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${toLocal(new Date(time).toISOString(), zone)}Z`);
    time += asUtc - shown;
  }
  return new Date(time).toISOString();
}
