/** A result, or that it is not there yet. */
export type Within<T> = { ready: true; value: T } | { ready: false }

/** The promise's value if it comes within so many milliseconds. Rejects when the promise does so in time. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<Within<T>> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Within<T>>((resolve) => {
    timer = setTimeout(() => resolve({ ready: false }), ms)
  })
  const done = promise.then((value): Within<T> => ({ ready: true, value }))
  try {
    return await Promise.race([done, late])
  } finally {
    clearTimeout(timer)
  }
}
