import { useRouteLoaderData } from '@remix-run/react'
import type { loader } from '#app/routes/project.tsx'
import { Tabs } from '#app/ui/tabs.tsx'

/** The pages about the pools that one may open, from any of them. */
export function PoolTabs() {
  const groups = useRouteLoaderData<typeof loader>('routes/project')?.groups ?? []
  const matter = groups.flatMap(({ links }) => links).find(({ pages }) => pages.length > 1)
  return matter ? <Tabs label={matter.label} pages={matter.pages} /> : null
}
