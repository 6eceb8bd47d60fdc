/** What kind of Problem an action ends in, its code where that says more; `done` where it ends in none. */
export const kindOf = (action: Promise<unknown>): Promise<string> =>
  action.then(
    () => 'done',
    (error: { kind?: string; code?: string; message: string }) => error.code ?? error.kind ?? error.message,
  )

/** Does the same so many times at once. */
export const times = <T>(n: number, fn: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, (_, i) => fn(i)))
