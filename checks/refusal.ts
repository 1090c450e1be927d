/** Wrong use (exit code 64); the message is the Japanese sentence that the learner sees. */
export class Refusal extends Error {}
