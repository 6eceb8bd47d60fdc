import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False on the server and in the first drawing in the browser, true afterwards. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
