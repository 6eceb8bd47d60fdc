import { isRouteErrorResponse, Link, useLocation, useRouteError } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Alone } from './alone.tsx'

type Told = { title: string; message: string; way: 'start' | 'again' | 'sign-in' }

const TITLES: Readonly<Record<number, string>> = {
  401: 'You are signed out',
  403: 'Not yours to open',
  404: 'Nothing is here',
  405: 'Nothing is here',
  409: 'Somebody was quicker',
  410: 'No longer here',
  429: 'Too many tries',
  503: 'Busy just now',
}

const WAYS: Readonly<Record<number, Told['way']>> = { 401: 'sign-in', 429: 'again', 503: 'again' }

/** The message of a problem's body, which is text where the answer did not come from a route. */
function saidIn(body: unknown): string | undefined {
  if (typeof body !== 'string') return (body as { problem?: { message?: string } } | null)?.problem?.message
  try {
    return saidIn(JSON.parse(body) ?? null)
  } catch {
    return undefined
  }
}

/** What went wrong, in words for a person, and the way on that helps. */
export function tell(error: unknown): Told {
  if (isRouteErrorResponse(error)) {
    const said = saidIn(error.data)
    return {
      title: TITLES[error.status] ?? 'That did not work',
      message: said ?? 'The address leads nowhere. It may have been moved, or has a slip in it.',
      way: WAYS[error.status] ?? 'start',
    }
  }
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return {
      title: 'The server cannot be reached',
      message:
        'Check the connection, then load the page again. What was saved is safe; what was just sent may not have arrived.',
      way: 'again',
    }
  }
  return {
    title: 'Something broke',
    message:
      'The fault is on our side and has been written to the log. Nothing you saved is lost. Load the page again; if it stays, tell your admin when it happened.',
    way: 'again',
  }
}

function Matter({ message, way }: Pick<Told, 'message' | 'way'>) {
  const { pathname, search } = useLocation()
  const here = pathname + search
  const ways: Record<Told['way'], ReactNode> = {
    again: (
      <a className="button primary" href={here}>
        Load again
      </a>
    ),
    'sign-in': (
      <a className="button primary" href={`/sign-in?to=${encodeURIComponent(here)}`}>
        Sign in
      </a>
    ),
    start: null,
  }
  return (
    <>
      <p role="alert">{message}</p>
      <div className="row">
        {ways[way]}
        <Link className="button" to="/">
          Go to the start
        </Link>
      </div>
    </>
  )
}

/** What a page shows in place of itself when it failed and there is nothing around it. */
export function Failure() {
  const { title, ...told } = tell(useRouteError())
  return (
    <Alone title={title}>
      <Matter {...told} />
    </Alone>
  )
}

/** The same beside the rail of a project, which stays usable. */
export function FailureBeside() {
  const { title, ...told } = tell(useRouteError())
  return (
    <main className="page" id="main">
      <h1>{title}</h1>
      <Matter {...told} />
    </main>
  )
}
