/**
 * What this browser keeps for a rater until the server has it. Local storage on purpose: a write is done when the call
 * returns, so that an entry is kept before the next item is painted and before a closing page is gone.
 */

export type Keep = {
  read: <T>(key: string) => T | null
  /** False when the browser would not keep it. */
  write: (key: string, value: unknown) => boolean
  drop: (key: string) => void
  /** The keys that begin so, oldest names first. */
  keys: (prefix: string) => string[]
}

/** Keeps values as JSON in a storage, which may be missing, full or forbidden. */
export function keepIn(storage: () => Storage): Keep {
  return {
    read<T>(key: string) {
      try {
        const text = storage().getItem(key)
        return text === null ? null : (JSON.parse(text) as T)
      } catch {
        return null
      }
    },
    write(key, value) {
      try {
        storage().setItem(key, JSON.stringify(value))
        return true
      } catch {
        return false
      }
    },
    drop(key) {
      try {
        storage().removeItem(key)
      } catch {
        // Nothing was kept, so there is nothing to drop.
      }
    },
    keys(prefix) {
      try {
        const store = storage()
        const all = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '')
        return all.filter((key) => key.startsWith(prefix)).sort()
      } catch {
        return []
      }
    },
  }
}

export const browserKeep: Keep = keepIn(() => localStorage)
