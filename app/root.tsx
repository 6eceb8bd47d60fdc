import type { LinksFunction, MetaFunction } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration } from '@remix-run/react'
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

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  return (
    <html lang="en" data-levels="4" suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <script src="/theme.js" nonce={nonce} />
        <Meta />
        <Links />
      </head>
      <body>
        <a className="unseen skip" href="#main">
          Skip to the content
        </a>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function App() {
  return <Outlet />
}

export { Failure as ErrorBoundary }
