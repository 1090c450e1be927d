/** What VitePress's search box says of itself → what it is: a dialog with a list of links. */
const CHANGES: [from: RegExp, to: string][] = [
  [
    /role="button"\s+:aria-owns="[^"]*"\s+aria-expanded="true"\s+aria-haspopup="listbox"/,
    'role="dialog" aria-modal="true"',
  ],
  [/:aria-activedescendant="[^"]*"/, ''],
  [/:role="results\?\.length \? 'listbox' : undefined"/, ''],
  [/:aria-selected="[^"]*"\s+role="option"/, ''],
  [/:aria-label="\[\.\.\.p\.titles, p\.title\][^"]*"/, `:aria-current="selectedIndex === index ? 'true' : undefined"`],
  [/<kbd :aria-label/g, '<kbd role="img" :aria-label'],
  [/class="title-icon"/, 'class="title-icon" aria-hidden="true"'],
];

/**
 * Mends the search box for screen readers: VitePress calls the whole box a button, and its links options, which may hold
 * no links (axe: nested-interactive).
 * @throws where VitePress changed the box, so that nobody believes it is still mended
 */
export function accessibleSearchBox() {
  return {
    name: 'accessible-search-box',
    enforce: 'pre' as const,
    transform: (code: string, id: string) => {
      if (!id.endsWith('/VPLocalSearchBox.vue')) return undefined;
      return CHANGES.reduce((text, [from, to]) => {
        if (text.search(from) === -1) throw new Error(`VitePress's search box no longer has ${from.source}`);
        return text.replace(from, to);
      }, code);
    },
  };
}
