/** Stages that can be switched off, so that an evaluation can show what each is worth. */

export interface Stages {
  /** Glossary terms and Hangul names, among the candidates and in late interaction. */
  readonly glossary: boolean;
  /** Concepts of the lexicon that the query describes, in late interaction and among the candidates. */
  readonly concepts: boolean;
  /** Re-ranking by token vectors; without it, candidates are fused by rank. */
  readonly lateInteraction: boolean;
  /** Scores smoothed over near chunks after late interaction. */
  readonly neighbours: boolean;
  /** Ids, addresses, titles and orgs first. */
  readonly exact: boolean;
}

export const allStages: Stages = {
  glossary: true,
  concepts: true,
  lateInteraction: true,
  neighbours: true,
  exact: true,
};
