import { eq } from 'drizzle-orm'
import { newToken } from '#app/ambient.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { users } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'
import { normalEmail } from './email.ts'
import { recognise, remember } from './known-places.server.ts'
import { networkOf } from './network.ts'
import { checkPassword } from './password.server.ts'
import { beginAttempt, endAttempt } from './throttle.server.ts'

export type Credentials = {
  email: string
  password: string
  /** The address the request came from. */
  address: string
  /** The token of the browser's own cookie, where it has one. */
  browser: string | null
}

export type Recognised = {
  user: { id: string; name: string }
  /** The token by which this browser is known from now on. */
  browser: string
}

/**
 * The account that email and password belong to. Otherwise an `invalid` Problem that does not tell which of the two was
 * wrong, nor, by its time, whether there is such an account; or a `throttled` one after too many failures.
 */
export async function signIn(store: Store, { email, password, address, browser }: Credentials): Promise<Recognised> {
  const account = normalEmail(email)
  if (account === '' || password === '') {
    throw new Problem('invalid', 'Enter both your email and your password.', {
      fields: {
        ...(account === '' ? { email: 'Enter your email address.' } : {}),
        ...(password === '' ? { password: 'Enter your password.' } : {}),
      },
    })
  }
  const from = { account, network: networkOf(address), browser }
  const attempt = await beginAttempt(store, { ...from, ...(await recognise(store, from)) })
  const [user] = await store.read.select().from(users).where(eq(users.email, account)).limit(1)
  const right = await checkPassword(user?.passwordHash, password)
  if (!user || !right) {
    throw new Problem(
      'invalid',
      'Email and password do not belong together. Check both; an admin can send you a link that sets a new password.',
    )
  }
  if (user.disabledAt !== null) {
    throw new Problem('invalid', 'This account is disabled. An admin of your project can enable it again.')
  }
  const known = browser ?? newToken()
  await store.write(async (tx) => {
    await endAttempt(tx, attempt)
    await remember(tx, user.id, { network: from.network, browser: known })
    await record(tx, {
      projectId: null,
      actor: { id: user.id, name: user.name },
      action: 'session.opened',
      subject: 'person',
      subjectId: user.id,
    })
  })
  return { user: { id: user.id, name: user.name }, browser: known }
}
