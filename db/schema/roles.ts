/** The roles one account may hold in a project; several at once. A file of its own, since pages show them too. */
export const ROLES = ['rater', 'owner', 'lead', 'builder', 'admin'] as const
export type Role = (typeof ROLES)[number]
