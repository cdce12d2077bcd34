// Locators: elements by what a user reads of them. Continues what the selectors began, where a selector has one.
Object.assign(selectors, (() => {
  const { line } = selectors;
  // What is told of a locator that cannot be read. The compiler says so of those that are written out.
  class Bad extends Error {
    why = this.message;
  }
  const TEXTS = ['label', 'placeholder', 'text', 'alt', 'title', 'testid'];

  // The end of a quoted text or a regular expression that begins there.
  const endOfQuote = (text, from) => {
    for (let i = from + 1; i < text.length; i++) {
      if (text[i] === '\\') i++;
      else if (text[i] === text[from]) return i + 1;
    }
    throw new Bad(`unclosed ${text[from]}`);
  };
  const endOfRegex = (text, from) => {
    let inClass = false;
    for (let i = from + 1; i < text.length; i++) {
      if (text[i] === '\\') i++;
      else if (text[i] === '[') inClass = true;
      else if (text[i] === ']') inClass = false;
      else if (text[i] === '/' && !inClass) {
        while (/[a-z]/.test(text[i + 1] ?? '')) i++;
        return i + 1;
      }
    }
    throw new Bad('unclosed /');
  };
  const skip = (text, from) => from + /^\s*/.exec(text.slice(from))[0].length;
  // The end of what a text is matched with: quoted, a regular expression, or as it is up to the next `>>`.
  const endOfText = (text, from, stop) => {
    if (text[from] === '"' || text[from] === "'") return endOfQuote(text, from);
    if (text[from] === '/') return endOfRegex(text, from);
    let i = from;
    for (; i < text.length && !stop(text, i); i++) if (text[i] === '\\') i++;
    return Math.min(i, text.length);
  };
  const isEnter = (text, i) => text[i] === '>' && text[i + 1] === '>';
  const isClose = (text, i) => text[i] === ']';

  // The attributes of `role=button[name="Send"][checked]`, and where they end.
  const attributes = (text, from) => {
    const all = [];
    for (let at = skip(text, from); text[at] === '['; at = skip(text, at)) {
      const [whole, name] = /^\[\s*([a-z-]+)\s*/.exec(text.slice(at)) ?? [];
      if (name === undefined) throw new Bad('a bad attribute');
      at += whole.length;
      let value = null;
      if (text[at] === '=') {
        const begin = skip(text, at + 1);
        at = endOfText(text, begin, isClose);
        value = text.slice(begin, at).trim();
        const flag = /^\s*([is])\s*(?=\])/.exec(text.slice(at));
        if (flag !== null) {
          value += flag[1];
          at += flag[0].length;
        }
        at = skip(text, at);
      }
      if (text[at] !== ']') throw new Bad('unclosed [');
      all.push({ name, value });
      at++;
      from = at;
    }
    return { all, end: from };
  };

  // Where the locator ends that begins there.
  const endOfLocator = (selector, from) => {
    let at = selector.indexOf('=', from) + 1;
    const kind = selector.slice(from, at - 1).trim();
    const body = at;
    try {
      if (kind === 'xpath') {
        for (; at < selector.length && !isEnter(selector, at); at++) {
          if (selector[at] === '"' || selector[at] === "'") at = selector.indexOf(selector[at], at + 1);
          if (at < 0) return selector.length;
        }
        return at;
      }
      at = skip(selector, at);
      at = kind === 'role' ? attributes(selector, at + /^[^[>]*/.exec(selector.slice(at))[0].length).end : endOfText(selector, at, isEnter);
    } catch {
      // It is told when it is checked.
      at = body;
    }
    const rest = selector.indexOf('>>', at);
    return rest < 0 ? selector.length : rest;
  };

  const unquoted = (text) =>
    text.replace(/\\(?:([0-9a-f]{1,6})\s?|([^]))/gi, (_, code, char) => (code ? String.fromCodePoint(parseInt(code, 16)) : char));
  const plain = (text) => text.replace(/\\([^])/g, '$1');
  // What a text must be: `{ regex }`, or `{ text }` that is all of it, or a part where `isPart`; `isFree` of its case.
  const wanted = (body, isEscaped = plain) => {
    body = body.trim();
    if (body === '') throw new Bad('an empty text');
    if (body[0] === '/') {
      const end = endOfRegex(body, 0);
      const last = body.lastIndexOf('/');
      const flags = body.slice(last + 1);
      if (end !== body.length || /[^imsuv]/.test(flags)) throw new Bad('a bad regular expression');
      return { regex: new RegExp(body.slice(1, last), flags) };
    }
    if (body[0] === '"' || body[0] === "'") {
      const end = endOfQuote(body, 0);
      const flag = body.slice(end).trim();
      if (!['', 'i', 's'].includes(flag)) throw new Bad('a text after the quotes');
      const text = line(unquoted(body.slice(1, end - 1)));
      if (text === '') throw new Bad('an empty text');
      return { text, isFree: flag === 'i' };
    }
    const text = line(isEscaped(body));
    if (text === '') throw new Bad('an empty text');
    return { text, isPart: true, isFree: true };
  };
  const fits = ({ regex, text, isPart, isFree }) => {
    if (regex) return (value) => regex.test(line(value));
    const fold = (value) => (isFree ? line(value).toLowerCase() : line(value));
    const meant = fold(text);
    return isPart ? (value) => fold(value).includes(meant) : (value) => fold(value) === meant;
  };

  // All elements below a root, in open shadow trees too.
  const all = (root, css = null) => {
    const found = [];
    const visit = (root) => {
      for (const element of root.querySelectorAll('*')) {
        if (css === null || element.matches(css)) found.push(element);
        if (element.shadowRoot) visit(element.shadowRoot);
      }
    };
    if (root.shadowRoot) visit(root.shadowRoot);
    visit(root);
    return found;
  };

  // The text of an element with that of all within, hidden or not, but for what is no text; `skipped` is left out.
  const NO_TEXT = 'script, style, noscript, template, head';
  const texts = (skipped = NO_TEXT) => {
    const known = new Map();
    const text = (node) => {
      let found = known.get(node);
      if (found !== undefined) return found;
      found = '';
      const isElement = node.nodeType === Node.ELEMENT_NODE;
      if (isElement && node.matches(skipped)) found = '';
      else if (isElement && node.localName === 'input' && ['submit', 'button', 'reset'].includes(node.type)) found = node.value;
      else {
        for (let child = node.firstChild; child !== null; child = child.nextSibling) {
          if (child.nodeType === Node.TEXT_NODE) found += child.data;
          else if (child.nodeType === Node.ELEMENT_NODE) found += child.localName === 'br' ? '\n' : text(child);
        }
        if (node.shadowRoot) found += text(node.shadowRoot);
      }
      known.set(node, found);
      return found;
    };
    return text;
  };

  // A form may have a field whose name is `children`.
  const children = (node) => {
    const found = [];
    for (let child = node.firstElementChild; child !== null; child = child.nextElementSibling) found.push(child);
    return found;
  };
  const byText = (root, want) => {
    const [text, test, found] = [texts(), fits(want), []];
    const has = new Map();
    const matches = (node) => {
      if (!has.has(node)) has.set(node, test(text(node)));
      return has.get(node);
    };
    const visit = (node) => {
      if (node.nodeType === Node.ELEMENT_NODE && node.matches(NO_TEXT)) return;
      const is = matches(node);
      // A part of a text is in all that is around it too.
      if (!is && want.isPart) return;
      const inner = [...(node.shadowRoot ? children(node.shadowRoot) : []), ...children(node)];
      if (is && node.nodeType === Node.ELEMENT_NODE && !inner.some(matches)) found.push(node);
      for (const child of inner) visit(child);
    };
    visit(root);
    return found;
  };
  const byLabel = (root, want) => {
    // What can be chosen in a field within is not part of its label.
    const [text, test] = [texts(`${NO_TEXT}, select, textarea, datalist`), fits(want)];
    return all(root, 'button, input, meter, output, progress, select, textarea, [aria-label], [aria-labelledby]').filter((element) => {
      const referred = selectors.references(element, 'aria-labelledby');
      if (referred.length > 0) return referred.some((label) => test(text(label)));
      const own = element.getAttribute('aria-label') ?? '';
      if (own.trim() !== '') return test(own);
      return element.type !== 'hidden' && [...(element.labels ?? [])].some((label) => test(text(label)));
    });
  };
  const byAttribute = (root, name, want) => {
    const test = fits(want);
    return all(root, `[${name}]`).filter((element) => test(element.getAttribute(name)));
  };
  // An identifier is what it is, and no part of one.
  const byTest = (root, want) => {
    if (want.isPart) want = { text: want.text };
    return byAttribute(root, 'data-testid', want);
  };

  // A caller's quotes come as characters that are none, since XPath cannot escape them.
  const QUOTES = /[\ufdd0\ufdd1]/;
  const joined = (literal) => {
    if (!QUOTES.test(literal)) return literal;
    const pieces = literal.slice(1, -1).split(/([\ufdd0\ufdd1])/).filter((piece) => piece !== '');
    const quoted = (piece) => (piece === '\ufdd0' ? `"'"` : piece === '\ufdd1' ? `'"'` : literal[0] + piece + literal[0]);
    return `concat('', ${pieces.map(quoted).join(', ')})`;
  };
  const xpath = (body) => body.trim().replace(/"[^"]*"|'[^']*'/g, joined);
  const byPath = (root, body) => {
    const page = root.ownerDocument ?? root;
    let path = xpath(body);
    // From the element on, and not from the document.
    if (root !== page && path.startsWith('/')) path = '.' + path;
    const result = page.evaluate(path, root, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
    const nodes = Array.from({ length: result.snapshotLength }, (_, i) => result.snapshotItem(i));
    return nodes.filter((node) => node.nodeType === Node.ELEMENT_NODE);
  };

  const read = (part) => {
    const at = part.indexOf('=') + 1;
    const [kind, body] = [part.slice(0, at - 1).trim(), part.slice(at)];
    if (TEXTS.includes(kind)) return { kind, want: wanted(body) };
    if (kind === 'xpath') {
      if (body.trim() === '') throw new Bad('an empty path');
      return { kind, body };
    }
    if (kind !== 'role') throw new Bad(`no locator \`${kind}=\``);
    const role = /^\s*[^[\s]*/.exec(body)[0];
    const { all, end } = attributes(body, role.length);
    if (role.trim() === '' || body.slice(end).trim() !== '') throw new Bad('a bad role');
    return { kind, role: role.trim().toLowerCase(), attributes: all };
  };
  const byRole = (root, { role, attributes }) => {
    const tests = attributes.map(({ name, value }) => {
      if (name !== 'name') return { name, value };
      if (value === null) throw new Bad('a `name` without a text');
      return { name, test: fits(wanted(value, unquoted)) };
    });
    return selectors.byRole(all(root), role, tests, Bad);
  };

  const locate = (root, part) => {
    const start = performance.now();
    const locator = read(part);
    const { kind, want } = locator;
    let found;
    if (kind === 'role') found = byRole(root, locator);
    else if (kind === 'text') found = byText(root, want);
    else if (kind === 'label') found = byLabel(root, want);
    else if (kind === 'testid') found = byTest(root, want);
    else if (kind === 'xpath') found = byPath(root, locator.body);
    else found = byAttribute(root, kind, want);
    // How long it takes, for whoever asks again and again.
    selectors.cost = performance.now() - start;
    return found;
  };
  const checkLocator = (part) => locate(document.createElement('p'), part);
  return { checkLocator, endOfLocator, locate };
})());
