import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { requireUser } from '#app/auth/guard.server.ts'
import { closeSession } from '#app/auth/session.server.ts'

export async function action({ request }: ActionFunctionArgs) {
  const { sessionId } = await requireUser(request)
  throw redirect('/sign-in', { headers: { 'Set-Cookie': await closeSession(sessionId) } })
}

export const loader = () => redirect('/')
