import type { Role } from '#db/schema/roles.ts'

/** Who curates the cases or builds the product: they never read what is sealed, whatever else they are. */
export const BARRED_ROLES = ['owner', 'builder'] as const satisfies readonly Role[]

/** Whether somebody with these roles is kept from sealed cases, as a rater too. */
export const isBarred = (roles: readonly Role[]): boolean => BARRED_ROLES.some((role) => roles.includes(role))
