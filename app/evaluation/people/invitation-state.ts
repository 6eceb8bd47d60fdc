export const DAY_MS = 86_400_000

/** How long an invitation lets somebody in. */
export const INVITATION_DAYS = 14

/** How long a link that sets a new password does: it opens an account, so it is to be used at once. */
export const PASSWORD_LINK_DAYS = 3

export type InvitationState = 'open' | 'expired' | 'accepted' | 'revoked'

/** What has become of an invitation. */
export function invitationState(
  { acceptedAt, revokedAt, expiresAt }: { acceptedAt: number | null; revokedAt: number | null; expiresAt: number },
  now: number,
): InvitationState {
  if (acceptedAt !== null) return 'accepted'
  if (revokedAt !== null) return 'revoked'
  return expiresAt > now ? 'open' : 'expired'
}
