// The HTML of the document or of an element, as a file of UTF-8; null without it. The page is not changed for it.
// Runs in our isolated world: nothing that the page has patched is seen here.
(selector) => {
  const CHARSET = /(charset\s*=\s*)("[^"]*"|'[^']*'|[^\s;"']*)/i;
  const isUtf8 = (label) => /^\s*utf-?8\s*$/i.test(label);
  const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\u00a0': '&nbsp;' };
  // What a parser takes the first line feed from.
  const isEaten = ({ localName, firstChild }) =>
    ['pre', 'textarea', 'listing'].includes(localName) && firstChild?.nodeType === Node.TEXT_NODE && firstChild.data.startsWith('\n');
  // The elements that hold such a one that begins with a line feed, and those themselves.
  const holders = new Set();
  const note = (root, around) => {
    for (const element of [root, ...root.querySelectorAll('*')]) {
      if (element.localName === 'template') note(element.content, [element, ...around]);
      if (!isEaten(element)) continue;
      for (let node = element; node !== null; node = node.parentElement) holders.add(node);
      for (let node of around) for (; node !== null; node = node.parentElement) holders.add(node);
    }
  };
  // As its `outerHTML`, which leaves out the line feed that a parser would take.
  const written = (element) => {
    if (!holders.has(element)) return element.outerHTML;
    const [begin, end] = around(element);
    const nodes = element.localName === 'template' ? element.content.childNodes : element.childNodes;
    return begin + (isEaten(element) ? '\n' : '') + [...nodes].map(html).join('') + end;
  };
  // A node as it stands in its parent's `innerHTML`.
  const html = (node) => {
    if (node.nodeType === Node.ELEMENT_NODE) return written(node);
    if (node.nodeType === Node.COMMENT_NODE) return `<!--${node.data}-->`;
    return node.data.replace(/[&<>\u00a0]/g, (char) => escapes[char]);
  };
  // The tags around an element's content.
  const around = (element) => {
    const end = `</${element.localName}>`;
    return [element.outerHTML.slice(0, element.outerHTML.length - element.innerHTML.length - end.length), end];
  };
  // What a `meta` says of the character set; null when that is nothing.
  const said = (meta) => {
    if (meta.hasAttribute('charset')) return meta.getAttribute('charset');
    if (meta.httpEquiv.trim().toLowerCase() !== 'content-type') return null;
    return CHARSET.exec(meta.content)?.[2] ?? null;
  };
  const meta = (element) => {
    const copy = element.ownerDocument.implementation.createHTMLDocument('').importNode(element);
    if (copy.hasAttribute('charset')) copy.setAttribute('charset', 'utf-8');
    if (copy.content) copy.content = copy.content.replace(CHARSET, '$1utf-8');
    return copy.outerHTML;
  };
  // The root element of a document, with a `meta` that says how the file is to be read. What is all ASCII reads the same
  // in every character set that a page may have, and stays as it is.
  const root = (element) => {
    const whole = written(element);
    const head = [...element.children].find((child) => child.localName === 'head');
    if (/^[\x00-\x7f]*$/.test(whole) || head === undefined) return whole;
    const metas = [...head.children].filter((child) => child.localName === 'meta' && said(child) !== null);
    // A browser takes the first one in the first 1024 bytes, in a `noscript` too.
    const at = metas.length === 0 ? -1 : whole.indexOf(metas[0].outerHTML);
    const before = whole.slice(0, Math.max(at, 0));
    const isEarly = at >= 0 && new TextEncoder().encode(before).length < 900 && !/<meta[^>]*charset/i.test(before);
    const isRight = metas.every((each) => isUtf8(said(each).replace(/^["']|["']$/g, '')));
    if (isEarly && isRight) return whole;
    const inner = [...head.childNodes].map((node) => (metas.includes(node) ? meta(node) : html(node)));
    if (!isEarly) inner.unshift('<meta charset="utf-8">');
    const [begin, end] = around(head);
    const children = [...element.childNodes].map((node) => (node === head ? begin + inner.join('') + end : html(node)));
    const [open, close] = around(element);
    return open + children.join('') + close;
  };
  const whole = () => {
    if (!(document.documentElement instanceof HTMLElement) || document.contentType.endsWith('xml')) {
      // An XML document says it itself; what it said before is not in its tree.
      const nodes = [...document.childNodes].map((node) => new XMLSerializer().serializeToString(node));
      return ['<?xml version="1.0" encoding="UTF-8"?>', ...nodes].join('\n');
    }
    const type = document.doctype ? new XMLSerializer().serializeToString(document.doctype) + '\n' : '';
    note(document.documentElement, []);
    return type + root(document.documentElement);
  };

  if (selector === null) return whole();
  const [element] = selectors.every(selector);
  if (element === undefined) return null;
  note(element, []);
  return written(element);
}
