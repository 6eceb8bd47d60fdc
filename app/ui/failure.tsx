import { isRouteErrorResponse, Link, useRouteError } from '@remix-run/react'

type Told = { title: string; message: string }

function tell(error: unknown): Told {
  if (isRouteErrorResponse(error)) {
    const said = (error.data as { problem?: { message?: string } } | null)?.problem?.message
    const title = error.status === 404 ? 'Not found' : error.status === 403 ? 'Not yours to open' : 'That did not work'
    return { title, message: said ?? `The server answered ${error.status}.` }
  }
  return {
    title: 'Something broke',
    message:
      'The fault is on our side and has been written to the log. Nothing you saved is lost. Load the page again; if it stays, tell your admin.',
  }
}

/** What any route shows in place of itself when it failed. */
export function Failure() {
  const { title, message } = tell(useRouteError())
  return (
    <main className="page" id="main">
      <div className="empty" role="alert">
        <h1>{title}</h1>
        <p>{message}</p>
        <Link className="button" to="/">
          Go to the start
        </Link>
      </div>
    </main>
  )
}
