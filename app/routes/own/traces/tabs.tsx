import { Tabs } from '#app/ui/tabs.tsx'

const PAGES = [
  { to: 'traces', label: 'All traces' },
  { to: 'traces/rules', label: 'Rules' },
  { to: 'traces/duplicates', label: 'Near-duplicates' },
]

/** The pages about traces, from any of them. */
export const TraceTabs = () => <Tabs label="Traces" pages={PAGES} />
