import { eq, sql } from 'drizzle-orm'
import { Problem } from '#app/evaluation/problem.ts'
import { store } from '#app/store.server.ts'
import { users } from '#db/schema/people.ts'
import { checkPassword } from './password.server.ts'

/** The account that email and password belong to; a Problem that does not tell which of the two was wrong otherwise. */
export async function signIn(email: string, password: string): Promise<{ id: string; name: string }> {
  const [user] = await store()
    .read.select()
    .from(users)
    .where(eq(users.email, sql`${email.trim().toLowerCase()}`))
    .limit(1)
  const right = await checkPassword(user?.passwordHash, password)
  if (!user || !right || user.disabledAt !== null) {
    throw new Problem(
      'invalid',
      'Email and password do not belong together. Check both; an admin can send you a new invitation.',
    )
  }
  return { id: user.id, name: user.name }
}
