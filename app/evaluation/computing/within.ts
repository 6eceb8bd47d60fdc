/** What has happened since a result was computed: when that began, and how many ratings were made after it. */
export type Behind = { at: number; ratings: number }

/** A result (`behind` where newer ratings are not in it yet), or that it is not there yet. */
export type Within<T> = { ready: true; value: T; behind?: Behind } | { ready: false }

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
