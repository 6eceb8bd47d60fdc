import { Tabs } from '#app/ui/tabs.tsx'

/** The pages about references, from any of them; those who only write and check have one. */
export function ReferenceTabs({ waiting }: { waiting: { missing: number; candidates: number } | null }) {
  if (!waiting) return null
  const { missing, candidates } = waiting
  return (
    <Tabs
      label="References"
      pages={[
        { to: 'references', label: 'To write and check' },
        {
          to: 'references/missing',
          label: missing > 0 ? `Missing (${missing.toLocaleString('en')} cases)` : 'Missing',
        },
        {
          to: 'references/candidates',
          label: candidates > 0 ? `Better answers (${candidates.toLocaleString('en')})` : 'Better answers',
        },
      ]}
    />
  )
}
