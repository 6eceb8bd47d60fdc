import type { NewRubric } from '#app/evaluation/rubrics/write.ts'

/** For products that answer questions of fact from given documents: five dimensions on four anchored levels. */
export const factualQa: NewRubric = {
  key: 'factual-qa',
  name: 'Factual answers',
  changeNote: 'First version.',
  dimensions: [
    {
      key: 'accuracy',
      name: 'Factual accuracy',
      description: 'Is what the answer states true, as far as the documents or your own knowledge can tell?',
      rationaleAtOrBelow: 2,
      levels: [
        {
          value: 1,
          label: 'Contains errors',
          anchor: 'A statement that the answer rests on is false. Whoever acts on it goes wrong.',
        },
        {
          value: 2,
          label: 'Minor errors',
          anchor: 'The main statement is true; one or more of the smaller ones are false.',
        },
        {
          value: 3,
          label: 'Minor omissions',
          anchor: 'Nothing is false, but a condition or an exception that belongs to a statement is left out.',
        },
        {
          value: 4,
          label: 'Fully accurate',
          anchor: 'Every statement is true and carries the conditions it needs.',
        },
      ],
    },
    {
      key: 'groundedness',
      name: 'Groundedness',
      description: 'Can what is stated be found in the documents? A true statement may still be ungrounded.',
      rationaleAtOrBelow: 2,
      levels: [
        {
          value: 1,
          label: 'Ungrounded',
          anchor: 'The main statements are not in the documents, or speak against them.',
        },
        {
          value: 2,
          label: 'Partly grounded',
          anchor: 'Some statements are in the documents; at least one that matters is not.',
        },
        {
          value: 3,
          label: 'Mostly grounded',
          anchor: 'All that matters is in the documents; an aside or a detail is not.',
        },
        {
          value: 4,
          label: 'Fully grounded',
          anchor: 'Each statement can be pointed to in the documents, or follows from what can.',
        },
      ],
    },
    {
      key: 'completeness',
      name: 'Completeness',
      description: 'Is the question that was asked answered, with all its parts?',
      rationaleAtOrBelow: null,
      levels: [
        { value: 1, label: 'Misses the point', anchor: 'Answers another question, or none.' },
        { value: 2, label: 'Partial', anchor: 'Answers a part; the reader has to ask again for the rest.' },
        { value: 3, label: 'Mostly complete', anchor: 'Answers all that was asked; something useful is missing.' },
        { value: 4, label: 'Complete', anchor: 'Answers all that was asked; there is nothing left to ask.' },
      ],
    },
    {
      key: 'conciseness',
      name: 'Conciseness',
      description: 'Is the length right for the question? Too short counts like too long.',
      rationaleAtOrBelow: null,
      levels: [
        {
          value: 1,
          label: 'Far too long or short',
          anchor: 'The answer has to be dug out of the text, or the text is too short to be of use.',
        },
        { value: 2, label: 'Some excess', anchor: 'Whole sentences repeat, lecture or wander off.' },
        { value: 3, label: 'Mostly right', anchor: 'The right length but for a phrase or a sentence.' },
        { value: 4, label: 'Optimal', anchor: 'No word could go, and none is missed.' },
      ],
    },
    {
      key: 'uncertainty',
      name: 'Appropriate uncertainty',
      description: 'Is the answer as sure as its sources allow, no more and no less?',
      rationaleAtOrBelow: null,
      levels: [
        {
          value: 1,
          label: 'Overconfident',
          anchor: 'States as certain what nobody could know from the documents, or evades what they settle.',
        },
        {
          value: 2,
          label: 'Sometimes overconfident',
          anchor: 'A doubt that would change what the reader does is not mentioned.',
        },
        {
          value: 3,
          label: 'Usually calibrated',
          anchor: 'Doubts that matter are mentioned; their weight is a little off, up or down.',
        },
        {
          value: 4,
          label: 'Well calibrated',
          anchor: 'Sure where the documents are clear, and says where they end.',
        },
      ],
    },
  ],
}
