import { describe, expect, test } from 'vitest';
import { numberFormats } from './numbers';

const en = numberFormats('en-US');
const it = numberFormats('it-IT');
const number = (value: string) => ({ kind: 'number', value });
const none = { kind: 'none' };

describe('in English', () => {
  test.each([
    ['12', number('12')],
    ['$ 12.50', number('12.5')],
    ['1,500', number('1500')],
    ['1,234,567.89', number('1234567.89')],
    ['1.500', number('1.5')],
    ['0.000000030900', number('0.0000000309')],
    ['12,5', number('12.5')],
    ['0,4', number('0.4')],
    ['1 500', number('1500')],
    ['0,125', { kind: 'ambiguous', readings: ['125', '0.125'] }],
    ['1500,250', { kind: 'ambiguous', readings: ['1500250', '1500.25'] }],
    ['', none],
    ['.', none],
    ['1,50,000', none],
    ['1.234,5', none],
    ['1.2.3', none],
    ['1e3', none],
    ['-5', none],
    ['1234567890123', none],
  ])('%j is %j', (text, typed) => {
    expect(en.read(text)).toEqual(typed);
  });
});

describe('in Italian', () => {
  test.each([
    ['1.500', number('1500')],
    ['1.500,25 $', number('1500.25')],
    ['10.000', number('10000')],
    ['1,500', number('1.5')],
    ['99,50', number('99.5')],
    ['99.5', number('99.5')],
    ['0.0004', number('0.0004')],
    ['1\u202f500', number('1500')],
    ['0.125', { kind: 'ambiguous', readings: ['125', '0,125'] }],
    ['1500.250', { kind: 'ambiguous', readings: ['1500250', '1500,25'] }],
    ['1,234.5', none],
  ])('%j is %j', (text, typed) => {
    expect(it.read(text)).toEqual(typed);
  });
});

test.each(['0', '0.125', '1500.25', '1234567', '0.0000000309'])(
  '%s, written to be typed on, is read as itself',
  (value) => {
    for (const format of [en, it]) expect(format.read(format.plain(value))).toEqual(number(value));
    expect(it.plain(value)).toBe(value.replace('.', ','));
  },
);
