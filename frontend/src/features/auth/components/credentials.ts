import type { Catalogue } from '@/i18n/en/catalogue';

const MIN_CHARACTERS = 8;
const MAX_CHARACTERS = 128;

export function emailProblem(email: string, t: Catalogue): string | undefined {
  if (email.trim() === '') return t.auth.missing.email;
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? undefined : t.auth.badEmail;
}

/** The first of the API's rules that a new password breaks; the API has the last word. */
export function newPasswordProblem(password: string, t: Catalogue): string | undefined {
  const weak = t.auth.weakPassword;
  const characters = Array.from(password.normalize('NFC')).length;
  if (characters < MIN_CHARACTERS || characters > MAX_CHARACTERS) return weak.length;
  if (!/[a-z]/.test(password)) return weak.lower;
  if (!/[A-Z]/.test(password)) return weak.upper;
  if (!/[0-9]/.test(password)) return weak.digit;
  if (!/[!@#$%^&*]/.test(password)) return weak.symbol;
  return undefined;
}

/** Where to go after signing in: a page of ours, never another site's. */
export function nextPage(search: URLSearchParams): string {
  const next = search.get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}
