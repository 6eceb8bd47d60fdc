import { useHydrated } from '#app/ui/hydrated.ts'

/** A key together with Ctrl or, on a Mac, Cmd. */
export function CommandKey({ with: key }: { with: string }) {
  const mac = useHydrated() && /Mac|iPhone|iPad/.test(navigator.userAgent)
  return (
    <kbd>
      {mac ? '⌘' : 'Ctrl'} {key}
    </kbd>
  )
}
