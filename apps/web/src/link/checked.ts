/** Reads data from elsewhere: what is right of it, or undefined where it is something else. JSON has no undefined. */
export type Check<T> = (found: unknown) => T | undefined;

/** What a check lets through. */
export type Checked<C> = C extends Check<infer T> ? T : never;

export function text(most: number): Check<string> {
  return (found) => (typeof found === 'string' && found.length <= most ? found : undefined);
}

export function number(least = -Number.MAX_VALUE, most = Number.MAX_VALUE): Check<number> {
  return (found) => (typeof found === 'number' && found >= least && found <= most ? found : undefined);
}

export function whole(least: number, most: number): Check<number> {
  const within = number(least, most);
  return (found) => (Number.isInteger(found) ? within(found) : undefined);
}

/** One of a few words or numbers. */
export function oneOf<const T>(...choices: readonly T[]): Check<T> {
  return (found) => choices.find((choice) => choice === found);
}

export const flag = oneOf(true, false);

export function either<A, B>(a: Check<A>, b: Check<B>): Check<A | B> {
  return (found) => a(found) ?? b(found);
}

export function list<T>(each: Check<T>, most: number): Check<T[]> {
  return (found) => {
    if (!Array.isArray(found) || found.length > most) return undefined;
    const checked = found.map(each);
    return checked.includes(undefined) ? undefined : (checked as T[]);
  };
}

type Members<T> = { readonly [K in keyof T]: Check<T[K]> };

/** An object with these members, and perhaps some of the others; what it has beside them is dropped. */
export function members<R, O = unknown>(
  required: Members<R>,
  optional?: Members<O>,
): Check<R & { [K in keyof O]?: O[K] }> {
  const needed = Object.keys(required);
  const checks = Object.entries<Check<unknown>>({ ...required, ...optional });
  return (found) => {
    if (typeof found !== 'object' || found === null || needed.some((key) => !Object.hasOwn(found, key)))
      return undefined;
    const kept: Record<string, unknown> = {};
    for (const [key, check] of checks) {
      if (!Object.hasOwn(found, key)) continue;
      if ((kept[key] = check(Reflect.get(found, key))) === undefined) return undefined;
    }
    return kept as R & { [K in keyof O]?: O[K] };
  };
}
