type Found = readonly (readonly [kind: string, count: number])[];

const ADDRESSES = new Set(['ipv4', 'ipv6']);

/**
 * What was found, the most first, parted into what the scenario takes for personal data and what it doesn't.
 *
 * @param byKind how often each kind was found.
 * @param ipAddresses whether the scenario asks for IP addresses.
 */
export function findings(
  byKind: Readonly<Record<string, number>>,
  ipAddresses: boolean,
): { personal: Found; apart: Found } {
  const found = Object.entries(byKind).sort(([, a], [, b]) => b - a);
  const isApart = ([kind]: readonly [string, number]) => !ipAddresses && ADDRESSES.has(kind);
  return { personal: found.filter((each) => !isApart(each)), apart: found.filter(isApart) };
}
