import { expect, test } from 'vitest';
import { en } from '@/i18n/en/catalogue';
import { emailProblem, newPasswordProblem, nextPage } from './credentials';

test.each([
  ['', en.auth.missing.email],
  ['name', en.auth.badEmail],
  ['a b@example.com', en.auth.badEmail],
  [' name@example.com ', undefined],
])('the email %j: %j', (email, problem) => {
  expect(emailProblem(email, en)).toBe(problem);
});

test.each([
  ['Ab1!', en.auth.weakPassword.length],
  ['ABCDEFG1!', en.auth.weakPassword.lower],
  ['abcdefg1!', en.auth.weakPassword.upper],
  ['Abcdefgh!', en.auth.weakPassword.digit],
  ['Abcdefg1', en.auth.weakPassword.symbol],
  ['Abcdefg1!', undefined],
])('the password %j: %j', (password, problem) => {
  expect(newPasswordProblem(password, en)).toBe(problem);
});

test.each([
  ['/scenarios/1?tab=logs', '/scenarios/1?tab=logs'],
  ['https://elsewhere.example', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
])('after signing in with next=%s: %s', (next, page) => {
  expect(nextPage(new URLSearchParams({ next }))).toBe(page);
});
