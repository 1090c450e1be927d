/** A reason not to move, as one Japanese sentence for the person who asked: what was seen, and what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
