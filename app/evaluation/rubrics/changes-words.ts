/** What changed between two versions, in sentences. */
import { capital, listed } from '#app/evaluation/figure.ts'
import { type Bridging, KINDS, type VersionChange } from './changes.ts'

/** The kinds of change in one sentence: "Anchors reworded in A and B; C is new." is told dimension by dimension. */
export function kindsInWords({ kinds, dimensions }: VersionChange): string {
  if (kinds.length === 0) return 'Nothing that a rater is told differs.'
  const told = kinds.map((kind) => {
    const names = dimensions.filter((one) => one.kinds.includes(kind)).map(({ name }) => name)
    return `${KINDS[kind].what} (${listed(names)})`
  })
  return `${capital(listed(told))}.`
}

/**
 * What the change asks of whoever plans rounds: which dimensions need a bridge, and what becomes of the others' series. One
 * sentence each, the weightiest first.
 */
export function bridgeInWords(change: VersionChange): string[] {
  const under = (bridge: Bridging) => change.dimensions.filter((one) => one.bridge === bridge).map(({ name }) => name)
  const [asked, worth, fresh, gone] = [under('asked'), under('worth having'), under('no past'), under('ends')]
  const said: string[] = []
  if (asked.length > 0) {
    const series = asked.length === 1 ? 'its trend is drawn broken' : 'their trends are drawn broken'
    said.push(
      `A bridge is asked for on ${listed(asked)}: what a level stands for was put differently, so scores may move with the words. Until the same items are rated blind under both versions, ${series} where the version changes.`,
    )
  }
  if (worth.length > 0) {
    said.push(
      `A bridge is worth having on ${listed(worth)}: a name, an example or the order can move scores a little. Scores of both versions are still not pooled.`,
    )
  }
  if (fresh.length > 0) {
    said.push(`${listed(fresh)} ${fresh.length === 1 ? 'is' : 'are'} new, without a past to be compared with.`)
  }
  if (gone.length > 0) {
    const series = gone.length === 1 ? 'its series ends' : 'their series end'
    said.push(
      `${listed(gone)} ${gone.length === 1 ? 'is' : 'are'} no longer judged: ${series} with the earlier version.`,
    )
  }
  if (said.length === 0) said.push('No bridge is needed: nothing that a score rests on was changed.')
  return said
}
