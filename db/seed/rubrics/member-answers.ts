import type { NewRubric } from '#app/evaluation/rubrics/write.ts'

/** The demo workspace's rubric: the five dimensions of factual answers, read with the eyes of a health plan's member. */
export const memberAnswers: NewRubric = {
  key: 'member-answers',
  name: 'Member answers',
  changeNote: 'First version.',
  dimensions: [
    {
      key: 'accuracy',
      name: 'Factual accuracy',
      description: 'Amounts, limits, dates, conditions and rights, checked against the plan’s own documents.',
      rationaleAtOrBelow: 2,
      levels: [
        { value: 1, label: 'Contains errors', anchor: 'Wrong on what was asked, or unsafe for a member to follow.' },
        {
          value: 2,
          label: 'Minor errors',
          anchor: 'Right on what was asked; a slip could cost money, time or a right.',
          examples: ['“Send the appeal within 90 days”, where the plan says 180.'],
        },
        {
          value: 3,
          label: 'Minor omissions',
          anchor: 'Nothing wrong; a condition is missing that rarely matters.',
          examples: ['Gives the copay for a visit, not that it is waived for the yearly check-up.'],
        },
        { value: 4, label: 'Fully accurate', anchor: 'Right in everything that can be checked, exceptions included.' },
      ],
    },
    {
      key: 'groundedness',
      name: 'Groundedness',
      description: 'What the answer says about the plan has to come from the documents given to it.',
      rationaleAtOrBelow: 2,
      levels: [
        { value: 1, label: 'Ungrounded', anchor: 'Mostly invented, or from some other plan.' },
        {
          value: 2,
          label: 'Partly grounded',
          anchor: 'A clause, form or figure that matters is nowhere in the documents.',
        },
        { value: 3, label: 'Mostly grounded', anchor: 'What matters is in the documents; a side remark is not.' },
        {
          value: 4,
          label: 'Fully grounded',
          anchor: 'Everything said of the plan can be pointed to, or worked out from it.',
        },
      ],
    },
    {
      key: 'completeness',
      name: 'Completeness',
      description: 'Could this member act now, without looking anything up?',
      rationaleAtOrBelow: null,
      levels: [
        { value: 1, label: 'Misses the point', anchor: 'Does not answer what this member wanted to know.' },
        { value: 2, label: 'Partial', anchor: 'A part of the question is open; the member has to write again.' },
        { value: 3, label: 'Mostly complete', anchor: 'Every part is answered; a helpful step or limit is missing.' },
        { value: 4, label: 'Complete', anchor: 'The member can act: what, how, where and by when.' },
      ],
    },
    {
      key: 'conciseness',
      name: 'Conciseness',
      description: 'Members read on a phone, often worried. Too short counts like too long.',
      rationaleAtOrBelow: null,
      levels: [
        { value: 1, label: 'Far too long or short', anchor: 'The answer is buried, or too clipped to be understood.' },
        { value: 2, label: 'Some excess', anchor: 'Padding, repetition or a lecture is noticed at once.' },
        { value: 3, label: 'Mostly right', anchor: 'A sentence could go, or one is missed.' },
        { value: 4, label: 'Optimal', anchor: 'As short as it can be and still kind.' },
      ],
    },
    {
      key: 'uncertainty',
      name: 'Appropriate uncertainty',
      description: 'Sure where the documents are, careful where they are not, and never the one who decides a claim.',
      rationaleAtOrBelow: null,
      levels: [
        {
          value: 1,
          label: 'Overconfident',
          anchor: 'Promises what only a claims decision can settle, or dodges what the documents settle.',
        },
        {
          value: 2,
          label: 'Sometimes overconfident',
          anchor: 'One caveat that matters is missing, or one alarms for nothing.',
        },
        {
          value: 3,
          label: 'Usually calibrated',
          anchor: 'The caveats are right; one is too weak, too strong or in the wrong place.',
        },
        {
          value: 4,
          label: 'Well calibrated',
          anchor: 'As sure as the documents are, and says whom to ask where they stop.',
        },
      ],
    },
  ],
}
