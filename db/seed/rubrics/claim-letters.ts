import type { NewRubric, NewVersion } from '#app/evaluation/rubrics/write.ts'

const UNCHANGED: NewRubric['dimensions'] = [
  {
    key: 'accuracy',
    name: 'Facts of the claim',
    description: 'Claim number, service, dates and amounts, against the claim record.',
    rationaleAtOrBelow: 2,
    levels: [
      { value: 1, label: 'Wrong', anchor: 'An amount or the decision is wrong: the reader would act on it.' },
      { value: 2, label: 'Doubtful', anchor: 'A date or number is wrong that the reader would stumble over.' },
      {
        value: 3,
        label: 'Right, with gaps',
        anchor: 'Nothing wrong; a number that helps to find the claim is missing.',
      },
      { value: 4, label: 'Right', anchor: 'Everything said agrees with the record.' },
    ],
  },
  {
    key: 'grounds',
    name: 'Grounds',
    description: 'Why it was decided so: a rule of the handbook, and what it means for this claim.',
    rationaleAtOrBelow: 2,
    levels: [
      { value: 1, label: 'None or invented', anchor: 'No reason, or a rule that the handbook does not have.' },
      {
        value: 2,
        label: 'A code alone',
        anchor: 'A code or section is named; the reader has to look up what it says.',
      },
      { value: 3, label: 'Given', anchor: 'The rule and what it says; how it meets this claim is left to the reader.' },
      { value: 4, label: 'Explained', anchor: 'The rule, where it stands, and how it leads to this decision.' },
    ],
  },
  {
    key: 'next-step',
    name: 'Next step',
    description: 'What the reader can do, where and by when. “Nothing” is a step too, if it is said.',
    rationaleAtOrBelow: null,
    levels: [
      { value: 1, label: 'Missing', anchor: 'The reader has to write or phone to learn what to do.' },
      { value: 2, label: 'Vague', anchor: 'That something can be done, not how or by when.' },
      { value: 3, label: 'Nearly', anchor: 'What and how; the time limit is unclear.' },
      { value: 4, label: 'Clear', anchor: 'What, where and by when, in a place where it is seen.' },
    ],
  },
  {
    key: 'plain-words',
    name: 'Plain words',
    description: 'Could somebody who never saw an insurer’s letter read it once and know?',
    rationaleAtOrBelow: null,
    levels: [
      { value: 1, label: 'Officialese', anchor: 'Has to be read twice, or by somebody else.' },
      { value: 2, label: 'Stiff', anchor: 'Understood, but no person would say it like that.' },
      { value: 3, label: 'Mostly plain', anchor: 'One sentence or term is of the trade.' },
      { value: 4, label: 'Plain', anchor: 'As one would say it at the counter.' },
    ],
  },
]

/** The letters' rubric as it was for the first months: courtesies do not count as length. */
export const claimLetters: NewRubric = {
  key: 'claim-letters',
  name: 'Claim letters',
  changeNote: 'First version, agreed with correspondence and appeals.',
  dimensions: [
    ...UNCHANGED,
    {
      key: 'conciseness',
      name: 'Conciseness',
      description: 'Length for what has to be said. Greeting, sympathy and closing do not count.',
      rationaleAtOrBelow: null,
      levels: [
        { value: 1, label: 'Far too long or short', anchor: 'The decision is hard to find, or the reader has to ask.' },
        { value: 2, label: 'Some excess', anchor: 'Explains what nobody asked, or says things twice.' },
        { value: 3, label: 'Mostly right', anchor: 'A paragraph could be shorter.' },
        { value: 4, label: 'Right', anchor: 'Says what is needed, in a friendly frame.' },
      ],
    },
  ],
}

/** The same, with conciseness read more strictly. */
export const claimLettersStricter: NewVersion = {
  changeNote:
    'Conciseness is stricter: greeting, sympathy and closing count from now on. Version 1 let us overlook whatever was courteous, ' +
    'and letters grew to two pages, of which clinics read three lines. Levels 2 to 4 say how much may be left over. ' +
    'Nothing else changed. A bridge of 40 letters rated under both versions says what the change is worth.',
  dimensions: [
    ...UNCHANGED,
    {
      key: 'conciseness',
      name: 'Conciseness',
      description: 'Length for what has to be said. Every line counts, greeting, sympathy and closing among them.',
      rationaleAtOrBelow: null,
      levels: [
        { value: 1, label: 'Far too long or short', anchor: 'The decision is hard to find, or the reader has to ask.' },
        {
          value: 2,
          label: 'Some excess',
          anchor: 'A paragraph, or two courtesies, could go and nobody would miss them.',
          examples: ['“We hope that this letter finds you well”, and thanks for the reader’s patience further down.'],
        },
        { value: 3, label: 'Mostly right', anchor: 'One sentence could go, whether courteous or not.' },
        { value: 4, label: 'Right', anchor: 'Decision, reason, step, and no more than one courteous line.' },
      ],
    },
  ],
}
