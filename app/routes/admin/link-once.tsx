import { Copy } from '#app/ui/copy.tsx'

/** A link that lets somebody in, shown in the answer that made it and never again. */
export function LinkOnce({ url, name }: { url: string; name: string }) {
  return (
    <section className="panel link-once" aria-labelledby="link-once">
      <h2 id="link-once">The link for {name}</h2>
      <p>
        Send it yourself: Assay sends no mail. It is shown only now, works once, and lets in whoever has it, so use a
        way that only {name} reads.
      </p>
      <Copy label={`Link for ${name}`} text={url} />
    </section>
  )
}
