/** The least share of every category; `equal` where the one asked for was more than all categories together can have. */
export type Floor = { share: number; equal: boolean }

/** So that ten categories may have a tenth each, whatever the rounding of a product. */
const CLOSE = 1e-9

/** A floor that all categories together cannot have becomes an equal share of each. */
export function floorOf(share: number, categories: number): Floor {
  const equal = share * categories > 1 + CLOSE
  return { share: equal ? 1 / categories : share, equal }
}
