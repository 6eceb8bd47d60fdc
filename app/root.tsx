import type { LinksFunction, MetaFunction } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useMatches } from '@remix-run/react'
import type { ReactNode } from 'react'
import styles from './styles/all.css?url'
import { Failure } from './ui/failure.tsx'
import { useNonce } from './ui/nonce.ts'

/** Where a page has no title of its own, as when it failed. */
export const meta: MetaFunction = () => [{ title: 'Assay' }]

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' },
]

type Program = { script: string; preload: string[] }

/** The program that the page brings itself, in place of the framework's; none for nearly every page. */
function useOwnProgram(): Program | undefined {
  const given = useMatches().map(({ data }) => (data as { program?: Program } | undefined)?.program)
  return given.find(Boolean)
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const program = useOwnProgram()
  return (
    <html lang="en" data-levels="4" suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <script src="/theme.js" nonce={nonce} />
        <Meta />
        <Links />
        {program?.preload.map((href) => (
          <link key={href} rel="modulepreload" href={href} nonce={nonce} />
        ))}
      </head>
      <body>
        <a className="unseen skip" href="#main">
          Skip to the content
        </a>
        {children}
        {program ? (
          <script type="module" src={program.script} nonce={nonce} />
        ) : (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        )}
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export { Failure as ErrorBoundary }
