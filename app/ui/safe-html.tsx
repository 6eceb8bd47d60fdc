import { forwardRef, type HTMLAttributes } from 'react'

/**
 * Long text that the server has rendered from Markdown and sanitised. The one place where HTML is put into a page as it
 * is: nothing may come here but what `renderMarkdown` made, or our own components around it (`drawRatingPage`).
 */
export const SafeHtml = forwardRef<HTMLDivElement, { html: string } & Omit<HTMLAttributes<HTMLDivElement>, 'children'>>(
  function SafeHtml({ html, ...attributes }, ref) {
    return <div {...attributes} ref={ref} dangerouslySetInnerHTML={{ __html: html }} />
  },
)
