import { readFile, writeFile } from 'node:fs/promises';

/** A list in a file: what the rehearsal itself has to remember, since moto knows nothing of it. */
export class Kept<Item> {
  readonly #file: string;
  items: Item[];

  private constructor(file: string, items: Item[]) {
    this.#file = file;
    this.items = items;
  }

  /** What an earlier run left there, or nothing. */
  static async open<Item>(file: string): Promise<Kept<Item>> {
    const text = await readFile(file, 'utf8').catch(() => '[]');
    return new Kept<Item>(file, JSON.parse(text) as Item[]);
  }

  async replace(items: Item[]): Promise<void> {
    this.items = items;
    await writeFile(this.#file, JSON.stringify(items));
  }
}
