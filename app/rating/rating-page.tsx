import { Desk, type DeskProps } from './desk/desk.tsx'

export type RatingPageProps = Omit<DeskProps, 'onSet'>

/** The rating page with what it is given by the server: drawn there, and brought to life by start.client.tsx. */
export function RatingPage(props: RatingPageProps) {
  const keep: DeskProps['onSet'] = (setting) => {
    // A setting that does not arrive holds for this page, and is asked again next time.
    void fetch(`/p/${props.project.slug}/rate/preferences`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(setting),
    }).catch(() => {})
  }
  return <Desk key={props.round.id} {...props} onSet={keep} />
}
