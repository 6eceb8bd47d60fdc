import { Field } from '#app/ui/field.tsx'

export type EnteredProjectFields = {
  projectName: string
  slug?: string
  description: string
  categories: string
  userSegments: string
}

/** What a project is: asked at the first start, for another project, and in its settings (without the address). */
export function ProjectFields({
  entered,
  fields,
}: {
  entered: EnteredProjectFields
  fields: Readonly<Record<string, string>>
}) {
  return (
    <>
      <Field label="Name" hint="The product under evaluation." error={fields.projectName}>
        {(attributes) => <input {...attributes} name="projectName" defaultValue={entered.projectName} maxLength={80} />}
      </Field>
      {entered.slug === undefined ? null : (
        <Field
          label="Address"
          hint="Comes after /p/ and stays as it is. Left empty, it is made from the name."
          error={fields.slug}
        >
          {(attributes) => (
            <input {...attributes} name="slug" defaultValue={entered.slug} maxLength={48} autoCapitalize="none" />
          )}
        </Field>
      )}
      <Field label="Description (may be empty)" error={fields.description}>
        {(attributes) => (
          <textarea {...attributes} name="description" rows={2} defaultValue={entered.description} maxLength={2000} />
        )}
      </Field>
      <Field
        label="Categories, one a line"
        hint="What a case asks of the product. Every figure is shown per category."
        error={fields.categories}
      >
        {(attributes) => <textarea {...attributes} name="categories" rows={5} defaultValue={entered.categories} />}
      </Field>
      <Field
        label="User segments, one a line"
        hint="Who asks. A category and a user segment together are a segment."
        error={fields.userSegments}
      >
        {(attributes) => <textarea {...attributes} name="userSegments" rows={4} defaultValue={entered.userSegments} />}
      </Field>
    </>
  )
}
