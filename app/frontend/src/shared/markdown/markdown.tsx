import type { MarkedToken, Token, Tokens } from 'marked';
import { createElement, Fragment, type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import hidden from '../ui/visually-hidden.module.css';
import { decodeCharacterReferences } from './character-references.ts';
import css from './markdown.module.css';
import { parseMarkdown } from './parse.ts';
import { safeUrl } from './safe-url.ts';

/** How deep quotes, lists and emphasis may nest; below that their source is shown. */
const DEEPEST = 24;

/** What may scroll sideways has to be within the keyboard's reach. */
const SCROLLABLE = { tabIndex: 0 };

/** Where the headings of the page stand: the text's own start at 2, below the page's title, and skip no level. */
interface Outline {
  top: number;
  last: number;
}

/**
 * A writer's Markdown as React elements. It is safe by construction: no string ever becomes markup. HTML in the
 * source shows as text, and an address is only linked when {@link safeUrl} allows it.
 */
export function Markdown({ source }: { source: string }) {
  const content = useMemo(() => {
    const tokens = parseMarkdown(source);
    const depths = tokens
      .filter((token): token is Tokens.Heading => token.type === 'heading')
      .map(({ depth }) => depth);
    return render(tokens, 0, { top: Math.min(6, ...depths), last: 1 });
  }, [source]);
  return <div className={css.markdown}>{content}</div>;
}

function render(tokens: Token[] | undefined, depth: number, outline: Outline): ReactNode {
  const inside = (inner?: Token[]) => render(inner, depth + 1, outline);
  return createElement(
    Fragment,
    null,
    ...(tokens ?? []).map((token) => (depth > DEEPEST ? token.raw : element(token as MarkedToken, inside, outline))),
  );
}

function element(token: MarkedToken, inside: (tokens?: Token[]) => ReactNode, outline: Outline): ReactNode {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading': {
      const level = Math.min(6, outline.last + 1, token.depth - outline.top + 2);
      outline.last = Math.max(2, level);
      return createElement(`h${outline.last}`, null, inside(token.tokens));
    }
    case 'paragraph':
      return <p>{inside(token.tokens)}</p>;
    case 'text':
      return token.tokens ? inside(token.tokens) : decodeCharacterReferences(token.text);
    case 'escape':
      return token.text;
    case 'html':
      if (token.text.trimStart().startsWith('<!--')) return null;
      return token.block ? <p>{token.text}</p> : token.text;
    case 'strong':
      return <strong>{inside(token.tokens)}</strong>;
    case 'em':
      return <em>{inside(token.tokens)}</em>;
    case 'del':
      return <del>{inside(token.tokens)}</del>;
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'codespan':
      return <code>{token.text}</code>;
    case 'code':
      return (
        <pre {...SCROLLABLE}>
          <code>{token.text}</code>
        </pre>
      );
    case 'blockquote':
      return <blockquote>{inside(token.tokens)}</blockquote>;
    case 'list':
      return createElement(
        token.ordered ? 'ol' : 'ul',
        token.ordered && token.start !== '' ? { start: token.start } : null,
        ...token.items.map((item) => createElement('li', null, inside(item.tokens))),
      );
    case 'checkbox':
      return <Checkbox checked={token.checked} />;
    case 'table':
      return <Table table={token} inside={inside} />;
    case 'link':
      return <SafeLink link={token}>{inside(token.tokens)}</SafeLink>;
    case 'image':
      return <Picture image={token} />;
    default:
      return (token as Token).raw;
  }
}

function Checkbox({ checked }: { checked: boolean }) {
  return (
    <>
      <span aria-hidden="true">{checked ? '☑ ' : '☐ '}</span>
      <span className={hidden.hidden}>{checked ? '済み: ' : '未了: '}</span>
    </>
  );
}

function Table({ table, inside }: { table: Tokens.Table; inside: (tokens?: Token[]) => ReactNode }) {
  const row = (cells: Tokens.TableCell[], tag: 'th' | 'td') =>
    createElement(
      'tr',
      null,
      ...cells.map(({ align, tokens }) =>
        createElement(tag, { style: align ? { textAlign: align } : undefined }, inside(tokens)),
      ),
    );
  return (
    <div className={css.table} {...SCROLLABLE}>
      <table>
        <thead>{row(table.header, 'th')}</thead>
        {createElement('tbody', null, ...table.rows.map((cells) => row(cells, 'td')))}
      </table>
    </div>
  );
}

function SafeLink({ link, children }: { link: Tokens.Link; children: ReactNode }) {
  const url = safeUrl(link.autolink ? link.href : decodeCharacterReferences(link.href), ['https:', 'http:', 'mailto:']);
  if (url === null) return children;
  if (url.startsWith('/')) return <Link to={url}>{children}</Link>;
  return (
    <a href={url} rel="ugc nofollow noopener">
      {children}
    </a>
  );
}

function Picture({ image }: { image: Tokens.Image }) {
  const text = decodeCharacterReferences(image.text);
  const url = safeUrl(decodeCharacterReferences(image.href), ['https:']);
  return url === null ? (
    text
  ) : (
    <img src={url} alt={text} loading="lazy" decoding="async" referrerPolicy="no-referrer" />
  );
}
