import { Form } from '@remix-run/react'
import { Copy } from '#app/ui/copy.tsx'
import { Section } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'

/** The private calendar feed: whoever has its address sees the dates, without an account. */
export function Feed({ exists, mayChange, url }: { exists: boolean; mayChange: boolean; url: string | null }) {
  return (
    <Section
      id="feed"
      title="In your calendar"
      lead="A feed that calendar programs subscribe to: the next rotation with reminders a week and a day before, those after it, and the past ones with their counts. It names no case."
    >
      {url === null ? null : (
        <div className="panel">
          <p>
            The address of the feed. It is shown only now, and lets in whoever has it: paste it into your calendar
            program as a subscription.
          </p>
          <Copy label="Address of the calendar feed" text={url} />
        </div>
      )}
      {mayChange ? (
        <div className="row">
          {exists ? (
            <>
              <details className="ask">
                <summary>Make a new address</summary>
                <Form method="post">
                  <p>The address there is now ends. Whoever subscribed to it has to subscribe to the new one.</p>
                  <Submit name="intent" value="make-feed">
                    Make a new address
                  </Submit>
                </Form>
              </details>
              <details className="ask">
                <summary>End the feed</summary>
                <Form method="post">
                  <p>The address stops working at once. A new one can be made at any time.</p>
                  <Submit name="intent" value="remove-feed">
                    End the feed
                  </Submit>
                </Form>
              </details>
            </>
          ) : (
            <Form method="post">
              <Submit name="intent" value="make-feed">
                Make a feed
              </Submit>
            </Form>
          )}
        </div>
      ) : (
        <p className="soft">
          {exists ? 'There is a feed; ask an owner for it.' : 'There is none; an owner can make one.'}
        </p>
      )}
    </Section>
  )
}
