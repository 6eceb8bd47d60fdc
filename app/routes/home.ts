import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { requireUser } from '#app/auth/guard.server.ts'
import { projectsOf } from '#app/auth/projects.server.ts'

/** The front door: the last made project one belongs to. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await requireUser(request)
  const [first] = await projectsOf(user.id)
  throw redirect(first ? `/p/${first.slug}` : '/account')
}
