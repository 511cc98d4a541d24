import type { Reporter } from './diagnostics.ts';
import { Estimate } from './estimate.ts';
import type { Facts } from './estimate.ts';
import type { ExtensionReading } from './extension.ts';
import type { Limits } from './limits.ts';
import { canonicalName, referenceKey } from './names.ts';
import type { Scope } from './scope.ts';
import { planBinary, planElement, sizeOf } from './shapes.ts';
import type { Span } from './span.ts';
import { namesNode } from './syntax.ts';
import type { Definee, Expression, Reference, Statement } from './syntax.ts';

/** One definition of a name. */
interface Version {
  /** Null after a problem, which has been reported. */
  readonly facts: Facts | null;
  /** True if it makes leaves of its own, which a value from outside can replace. */
  readonly leaf: boolean;
}

/** A program that can be recorded, and what recording it takes. */
export interface CheckedProgram {
  /** Names without a definition that stand for a leaf given from outside, in that order. */
  readonly given: readonly string[];
  /** Values from outside, by the key of the node they belong to (see `nodeKey`). */
  readonly values: ReadonlyMap<string, number>;
  /** How many definitions each key has. */
  readonly versions: ReadonlyMap<string, number>;
  /** The key of the node that is differentiated; null after a problem. */
  readonly output: string | null;
  /** An upper bound of the number of nodes and edges, exact for programs without vectors. */
  readonly nodes: number;
  readonly edges: number;
}

export interface CheckOptions {
  readonly text: string;
  readonly scope: Scope;
  readonly reporter: Reporter;
  readonly limits: Limits;
  /** Values from outside, by the name as given. */
  readonly values: ReadonlyMap<string, number>;
  /** Names whose definition could not be read: using them is no further problem. */
  readonly broken: ReadonlySet<string>;
  /** The name of the node to differentiate, in place of the program's output. */
  readonly of: string | null;
  readonly extension?: ExtensionReading | undefined;
}

/** The key of one definition of a name: the latest has the plain name, earlier ones `c@1`, `c@2`. */
export function nodeKey(key: string, version: number, count: number): string {
  return version === count ? key : `${key}@${version}`;
}

/**
 * Goes through the program without computing anything: shapes, use before definition, the size of the
 * graph. Everything wrong is reported; the result is of use only if nothing was.
 */
export function checkProgram(statements: readonly Statement[], options: CheckOptions): CheckedProgram {
  return new Checker(statements, options).check();
}

class Checker {
  readonly #statements: readonly Statement[];
  readonly #options: CheckOptions;
  readonly #versions = new Map<string, Version[]>();
  /** Where each name is first defined. */
  readonly #firstDefinition = new Map<string, Definee>();
  /** Values from outside by key, with the name as given. */
  readonly #values = new Map<string, { readonly name: string; readonly value: number }>();
  readonly #given = new Set<string>();
  readonly #used = new Set<string>();
  readonly #estimate: Estimate;

  constructor(statements: readonly Statement[], options: CheckOptions) {
    this.#statements = statements;
    this.#options = options;
    this.#estimate = new Estimate(options.text, options.reporter);
    for (const statement of statements) {
      if (statement.kind !== 'definition' || this.#firstDefinition.has(statement.name.key)) continue;
      this.#firstDefinition.set(statement.name.key, statement.name);
    }
    for (const [name, value] of options.values)
      this.#values.set(canonicalName(name) ?? name, { name, value });
  }

  check(): CheckedProgram {
    const { reporter, extension } = this.#options;
    let last: Statement | null = null;
    let lastComputed: Definee | null = null;
    let directive: Expression | null = null;
    for (const statement of this.#statements) {
      if (statement.kind === 'output') {
        if (directive !== null)
          reporter.report('second-output', statement, { name: this.#text(statement.of) });
        directive = statement.of;
        continue;
      }
      if (statement.kind === 'extension') {
        const { nodes, edges } = extension!.size();
        this.#estimate.count(nodes, edges);
        this.#checkSize(statement);
        this.#learn();
        continue;
      }
      if (statement.kind === 'definition') {
        if (this.#define(statement)) lastComputed = statement.name;
      } else this.#output(statement.value);
      last = statement;
      this.#checkSize(statement);
      this.#learn();
    }
    const output = this.#outputKey(last, directive, lastComputed);
    const values = this.#assignValues();
    return {
      given: [...this.#given],
      values,
      versions: new Map([...this.#versions].map(([key, versions]) => [key, versions.length])),
      output,
      nodes: this.#estimate.nodes,
      edges: this.#estimate.edges,
    };
  }

  /** Names of an extension that are known from here on. */
  #learn(): void {
    for (const { name, leaf } of this.#options.extension?.known() ?? []) {
      this.#bind(canonicalName(name)!, { facts: { shape: [], constant: false }, leaf });
    }
  }

  /** True if the definition is computed from others, rather than a leaf or another name for one. */
  #define({ name, update, value, ...span }: Statement & { readonly kind: 'definition' }): boolean {
    const { reporter } = this.#options;
    this.#checkElement(name);
    let facts = this.#appraise(value, name.key);
    if (update !== null) {
      const before = this.#lookUp({ ...name, kind: 'reference', version: null }, name.key);
      if (before === null || facts === null) facts = null;
      else {
        const texts: [string, string] = [this.#text(name), this.#text(value)];
        const after = this.#estimate.combine(planBinary(update, before.shape, facts.shape, texts), span, [
          before,
          facts,
        ]);
        if (after !== null && after.shape.length !== before.shape.length) {
          const { shape } = after;
          reporter.report('update-shape', span, { name: name.spelling, before: before.shape, after: shape });
        }
        facts = after;
      }
    }
    const leaf = facts?.constant === true;
    if (leaf) this.#estimate.count(sizeOf(facts!.shape), 0);
    const alias = update === null && namesNode(value);
    this.#bind(name.key, { facts: facts === null ? null : { shape: facts.shape, constant: false }, leaf });
    return !leaf && !alias;
  }

  #checkElement({ key, spelling, ...span }: Definee): void {
    const whole = key.replace(/(?:\[\d+\])+$/, '');
    if (whole !== key && this.#firstDefinition.has(whole)) {
      const name = this.#options.scope.spellingOf(whole);
      this.#options.reporter.report('element-of-defined', span, { name: spelling, whole: name });
    }
  }

  #bind(key: string, version: Version): void {
    const versions = this.#versions.get(key);
    if (versions === undefined) this.#versions.set(key, [version]);
    else versions.push(version);
  }

  #appraise(expression: Expression, defining: string | null): Facts | null {
    return this.#estimate.appraise(expression, (reference) => this.#lookUp(reference, defining));
  }

  /** What a name stands for at this point of the program, inside the definition of `defining`. */
  #lookUp({ key, spelling, version, ...span }: Reference, defining: string | null): Facts | null {
    const { reporter, broken, scope } = this.#options;
    this.#used.add(key);
    const first = this.#firstDefinition.get(key);
    const versions = this.#versions.get(key);
    if (versions === undefined) {
      if (broken.has(key)) return null;
      if (this.#values.has(key) && (first === undefined || defining === key)) {
        this.#given.add(key);
        this.#estimate.count(1, 0);
        this.#bind(key, { facts: { shape: [], constant: false }, leaf: true });
        return this.#lookUp({ key, spelling, version, ...span }, defining);
      }
      const name = scope.spellingOf(key);
      if (first === undefined) reporter.reportOnce(key, 'undefined-name', span, { name });
      else if (defining === key) reporter.report('self-reference', span, { name });
      else reporter.reportOnce(key, 'used-before', span, { name, line: reporter.lineOf(first.from) });
      return null;
    }
    const found = version === null ? versions.at(-1) : versions[version - 1];
    if (found === undefined) {
      reporter.report('unknown-version', span, { name: spelling, version: version!, count: versions.length });
      return null;
    }
    return found.facts;
  }

  #checkSize(statement: Span): void {
    const { reporter, limits } = this.#options;
    const { nodes, edges } = this.#estimate;
    if (nodes > limits.nodes) {
      reporter.reportOnce('', 'too-many-nodes', statement, { count: nodes, limit: limits.nodes });
    } else if (edges > limits.edges) {
      reporter.reportOnce('', 'too-many-edges', statement, { count: edges, limit: limits.edges });
    }
  }

  // The output

  #output(value: Expression): void {
    const facts = this.#appraise(value, null);
    if (facts?.constant === true) this.#estimate.count(sizeOf(facts.shape), 0);
    if (!namesNode(value)) this.#bind('out', { facts, leaf: facts?.constant === true });
  }

  #outputKey(
    last: Statement | null,
    directive: Expression | null,
    lastComputed: Definee | null,
  ): string | null {
    const { reporter, of, scope } = this.#options;
    if (of !== null) return this.#named(of);
    if (directive !== null) return this.#expressionKey(directive);
    const own = this.#options.extension?.output ?? null;
    if (own !== null && (own.firm || last === null))
      return this.#scalarKey(canonicalName(own.name)!, null, [], { from: 0, to: 0 });
    if (last?.kind === 'formula') return this.#expressionKey(last.value);
    if (last?.kind !== 'definition') return null;
    const { key } = last.name;
    if (!reporter.failed && lastComputed !== null && this.#versions.get(key)?.at(-1)?.leaf === true) {
      const computed = scope.spellingOf(lastComputed.key);
      if (lastComputed.key !== key) {
        reporter.report('leaf-output', last.name, { name: scope.spellingOf(key), last: computed });
      }
    }
    return this.#scalarKey(key, null, [], last.name);
  }

  #expressionKey(expression: Expression): string | null {
    if (expression.kind === 'reference') {
      return this.#scalarKey(expression.key, expression.version, [], expression);
    }
    if (expression.kind === 'element' && expression.of.kind === 'reference') {
      return this.#scalarKey(expression.of.key, expression.of.version, expression.indices, expression);
    }
    return this.#scalarKey('out', null, [], expression);
  }

  /** The key of a number in the program, or null with a report why it is none. */
  #scalarKey(key: string, version: number | null, indices: readonly number[], span: Span): string | null {
    const { reporter, scope } = this.#options;
    const versions = this.#versions.get(key);
    const number = version ?? versions?.length ?? 0;
    const facts = versions?.[number - 1]?.facts ?? null;
    if (versions === undefined || facts === null) {
      if (!reporter.failed) reporter.report('unknown-output', span, { name: this.#text(span) });
      return null;
    }
    const plan = planElement(facts.shape, indices);
    if (plan.kind === 'refused') return this.#estimate.refuse(plan, span);
    if (plan.shape.length > 0) {
      // A statement that could not be read may have been the output.
      if (reporter.failed) return null;
      const name = referenceKey(scope.spellingOf(key), version, indices);
      reporter.report('output-shape', span, { name, shape: plan.shape });
      return null;
    }
    return referenceKey(nodeKey(key, number, versions.length), null, indices);
  }

  /** The key of the node that a name from outside means; reports if there is none. */
  #named(name: string): string | null {
    const found = this.#resolve(name);
    if (found !== null) return this.#scalarKey(found.key, found.version, found.indices, { from: 0, to: 0 });
    const { reporter, scope } = this.#options;
    if (!reporter.failed) {
      reporter.report(
        'unknown-output',
        { from: 0, to: 0 },
        { name },
        scope.nearest(canonicalName(name) ?? name.trim()),
      );
    }
    return null;
  }

  #resolve(name: string): { key: string; version: number | null; indices: number[] } | null {
    const canonical = canonicalName(name);
    if (canonical === null) return null;
    if (this.#versions.has(canonical)) return { key: canonical, version: null, indices: [] };
    const [, base, version, elements] = /^(.*?)(?:@(\d+))?((?:\[\d+\])*)$/s.exec(canonical)!;
    const key = this.#versions.has(base) ? base : this.#options.scope.find(base);
    if (key === null || !this.#versions.has(key)) return null;
    const indices = [...elements.matchAll(/\d+/g)].map(([index]) => Number(index));
    return { key, version: version === undefined ? null : Number(version), indices };
  }

  // Values from outside

  #assignValues(): Map<string, number> {
    const { reporter, scope } = this.#options;
    const assigned = new Map<string, number>();
    if (reporter.failed) return assigned;
    for (const { name, value } of this.#values.values()) {
      const found = this.#resolve(name);
      const versions = found === null ? undefined : this.#versions.get(found.key);
      const count = versions?.length ?? 0;
      // A name that is given a value before its first definition: the value is version 1.
      const first = found !== null && found.version === null && this.#given.has(found.key);
      const number = first ? 1 : (found?.version ?? count);
      const version = versions?.[number - 1];
      if (found === null || version === undefined || version.facts === null) {
        reporter.report('unused-value', { from: 0, to: 0 }, { name });
        continue;
      }
      const span = this.#firstDefinition.get(found.key) ?? { from: 0, to: 0 };
      const shown = referenceKey(scope.spellingOf(found.key), found.version, found.indices);
      const plan = planElement(version.facts.shape, found.indices);
      if (plan.kind === 'refused') this.#estimate.refuse(plan, span);
      else if (plan.shape.length > 0)
        reporter.report('value-of-shape', span, { name: shown, shape: plan.shape });
      else if (!version.leaf) {
        const first = found.version === null && versions![0].leaf ? `${shown}@1` : null;
        reporter.report('value-of-computed', span, { name: shown }, first);
      } else assigned.set(referenceKey(nodeKey(found.key, number, count), null, found.indices), value);
    }
    return assigned;
  }

  #text({ from, to }: Span): string {
    return this.#options.text.slice(from, to);
  }
}
