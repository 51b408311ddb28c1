import { describe, expect, test } from 'vitest';
import { numberFormats } from './numbers';

const en = numberFormats('en-US');
const it = numberFormats('it-IT');

describe('dollars', () => {
  test.each([
    ['0', '$0.00'],
    ['0.5', '$0.50'],
    ['12', '$12.00'],
    ['1234.567', '$1,234.57'],
    ['0.0149', '$0.015'],
    ['0.00004321', '$0.000043'],
    ['-0.00012', '-$0.00012'],
    ['99999999999999999999.129', '$99,999,999,999,999,999,999.13'],
  ])('%s is %s: nothing is rounded away, nothing goes through a float', (amount, text) => {
    expect(en.usd(amount)).toBe(text);
  });

  test('a change has its sign, none at zero', () => {
    expect(en.usdChange('3')).toBe('+$3.00');
    expect(en.usdChange('-3')).toBe('-$3.00');
    expect(en.usdChange('0')).toBe('$0.00');
  });

  test('a unit price keeps every digit', () => {
    expect(en.usdExact('0.0000000309')).toBe('$0.0000000309');
    expect(en.usdExact('0.4')).toBe('$0.40');
  });

  test('in Italian, grouped even at four digits', () => {
    expect(it.usd('1234.5')).toBe('1.234,50\u00a0$');
    expect(it.quantity('1234')).toBe('1.234');
  });
});

test('percentages: a share is scaled, a change is in percent already', () => {
  expect(en.percent(0.1234)).toBe('12.3%');
  expect(en.percent(0.00002)).toBe('<0.1%');
  expect(en.percent(0)).toBe('0%');
  expect(en.percentChange('12.5')).toBe('+12.5%');
  expect(en.percentChange('-3')).toBe('-3%');
});

test.each([
  [0, '0\u00a0B'],
  [999, '999\u00a0B'],
  [1500, '1.5\u00a0kB'],
  [2_345_678_901, '2.35\u00a0GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(en.bytes(bytes)).toBe(text);
});
