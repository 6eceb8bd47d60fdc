import { useSyncExternalStore } from 'react'

function watch(fn: () => void): () => void {
  addEventListener('online', fn)
  addEventListener('offline', fn)
  return () => {
    removeEventListener('online', fn)
    removeEventListener('offline', fn)
  }
}

/** Whether the browser believes to have a network. True on the server and in the first drawing. */
export const useOnline = (): boolean =>
  useSyncExternalStore(
    watch,
    () => navigator.onLine,
    () => true,
  )
