// As much of vitest as the tests of the engine use, to run them many times in one process.
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  GLOBAL_EXPECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import * as chai from 'chai';

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

export const expect = Object.assign(
  (value, message) => chai.expect(value, message),
  chai.expect,
  globalThis[ASYMMETRIC_MATCHERS_OBJECT],
);
expect.extend = (matchers) => chai.expect.extend(expect, matchers);
expect.getState = () => getState(expect);
expect.setState = (state) => setState(state, expect);
setState({ assertionCalls: 0, isExpectingAssertions: false, testPath: '', currentTestName: '' }, expect);
Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect });

let tests = [];
const path = [];

/** What was said to be tested since the last call. */
export function takeTests() {
  const taken = tests;
  tests = [];
  return taken;
}

export function describe(name, fn) {
  path.push(name);
  fn();
  path.pop();
}

export function it(name, fn) {
  tests.push({ name: [...path, name].join(' > '), fn });
}

const each = (one) => (rows) => (name, fn) => {
  const spread = rows.every(Array.isArray);
  for (const [i, row] of rows.entries()) one(`${name} (${i})`, () => fn(...(spread ? row : [row])));
};
describe.each = each(describe);
it.each = each(it);
