// The roles of elements, as ARIA and the mapping of HTML to it give them. Continues what the selectors began.
//
// It is done here and not asked of the browser: `Accessibility.queryAXTree` took 180 to 700 ms on a page of 1000 rows where
// this takes 10, cannot wait, and its nodes would each have to be brought into our world by a round trip more;
// `computedRole` is there only behind a flag that a connected browser does not have. A test holds it against the latter.
Object.assign(selectors, (() => {
  const { parent } = selectors;
  const ROLES = new Set(
    ('alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox ' +
      'complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid ' +
      'gridcell group heading image img insertion link list listbox listitem log main mark marquee math menu menubar ' +
      'menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar ' +
      'radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status ' +
      'strong subscript suggestion superscript switch tab table tablist tabpanel term textbox time timer toolbar ' +
      'tooltip tree treegrid treeitem').split(' '),
  );
  // Of two names for one role the one that is used here.
  const same = { image: 'img', none: 'presentation', directory: 'list' };
  const one = (role) => same[role] ?? role;

  // The elements that an attribute names by their ids.
  const references = (element, name) => {
    const named = element.getAttribute(name);
    if (named === null) return [];
    const ids = named.split(/\s+/).filter((id) => id !== '');
    const root = element.getRootNode();
    const found = ids.map((id) => root.getElementById?.(id) ?? null).filter((each) => each !== null);
    return [...new Set(found)];
  };
  const isNamed = (element) => element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby') || element.hasAttribute('title');
  const around = (element, css) => {
    for (let node = element; node; ) {
      const found = node.closest(css);
      if (found) return found;
      node = node.getRootNode().host;
    }
    return null;
  };
  // A header or a footer of a part of the page is none of the page.
  const isOfPage = (element) =>
    around(parent(element) ?? element, 'article, aside, main, nav, section, [role=article], [role=complementary], [role=main], [role=navigation], [role=region]') === null;

  const inputs = {
    button: 'button', checkbox: 'checkbox', file: 'button', image: 'button', number: 'spinbutton', radio: 'radio',
    range: 'slider', reset: 'button', search: 'searchbox', submit: 'button',
  };
  const input = (element) => {
    if (element.type === 'hidden') return null;
    const isText = ['email', 'search', 'tel', 'text', 'url'].includes(element.type);
    return isText && element.list !== null ? 'combobox' : (inputs[element.type] ?? 'textbox');
  };
  const heading = (element) => {
    const scope = element.scope?.toLowerCase();
    if (scope === 'col' || scope === 'colgroup') return 'columnheader';
    if (scope === 'row' || scope === 'rowgroup') return 'rowheader';
    const [before, after] = [element.previousElementSibling, element.nextElementSibling];
    const isHeader = (cell) => cell?.localName === 'th';
    const isData = (cell) => cell?.localName === 'td' && (cell.textContent.trim() !== '' || cell.children.length > 0);
    if (before === null && after === null) return (element.closest('table')?.rows.length ?? 2) > 1 ? 'columnheader' : null;
    if (isHeader(before) && isHeader(after)) return 'columnheader';
    return isData(before) || isData(after) ? 'rowheader' : 'columnheader';
  };
  const link = (element) => (element.hasAttribute('href') ? 'link' : null);
  const level = () => 'heading';
  const always = (role) => () => role;
  const implicit = {
    a: link,
    area: link,
    article: always('article'),
    aside: always('complementary'),
    blockquote: always('blockquote'),
    button: always('button'),
    caption: always('caption'),
    code: always('code'),
    datalist: always('listbox'),
    dd: always('definition'),
    del: always('deletion'),
    details: always('group'),
    dfn: always('term'),
    dialog: always('dialog'),
    dt: always('term'),
    em: always('emphasis'),
    fieldset: always('group'),
    figure: always('figure'),
    footer: (element) => (isOfPage(element) ? 'contentinfo' : null),
    form: (element) => (isNamed(element) ? 'form' : null),
    h1: level,
    h2: level,
    h3: level,
    h4: level,
    h5: level,
    h6: level,
    header: (element) => (isOfPage(element) ? 'banner' : null),
    hr: always('separator'),
    html: always('document'),
    img: (element) => (element.getAttribute('alt') === '' && !element.title && !hasGlobal(element) && !isFocusable(element) ? 'presentation' : 'img'),
    input,
    ins: always('insertion'),
    li: always('listitem'),
    main: always('main'),
    mark: always('mark'),
    math: always('math'),
    menu: always('list'),
    meter: always('meter'),
    nav: always('navigation'),
    ol: always('list'),
    optgroup: always('group'),
    option: always('option'),
    output: always('status'),
    p: always('paragraph'),
    progress: always('progressbar'),
    search: always('search'),
    section: (element) => (isNamed(element) ? 'region' : null),
    select: (element) => (element.multiple || element.size > 1 ? 'listbox' : 'combobox'),
    strong: always('strong'),
    sub: always('subscript'),
    sup: always('superscript'),
    svg: always('img'),
    table: always('table'),
    tbody: always('rowgroup'),
    td: (element) => (['grid', 'treegrid'].includes(explicit(element.closest('table') ?? element)) ? 'gridcell' : 'cell'),
    textarea: always('textbox'),
    tfoot: always('rowgroup'),
    th: heading,
    thead: always('rowgroup'),
    time: always('time'),
    tr: always('row'),
    ul: always('list'),
  };
  // What has no meaning by itself where what is around it has none.
  const parts = {
    dd: ['dl', 'div'], div: ['dl'], dt: ['dl', 'div'], li: ['ol', 'ul', 'menu'], tbody: ['table'], td: ['tr'],
    tfoot: ['table'], th: ['tr'], thead: ['table'], tr: ['thead', 'tbody', 'tfoot', 'table'],
  };

  const GLOBAL = ['atomic', 'busy', 'controls', 'current', 'describedby', 'details', 'dropeffect', 'flowto', 'grabbed', 'hidden',
    'keyshortcuts', 'label', 'labelledby', 'live', 'owns', 'relevant', 'roledescription'].map((name) => `aria-${name}`);
  const hasGlobal = (element) => GLOBAL.some((name) => element.hasAttribute(name));
  const isFocusable = (element) => {
    if (element.matches(':disabled')) return false;
    return element.matches('button, details, select, textarea, a[href], area[href], input:not([type=hidden]), [tabindex]');
  };
  const explicit = (element) => {
    const said = element.getAttribute('role');
    return said === null ? null : (said.toLowerCase().split(/\s+/).find((role) => ROLES.has(role)) ?? null);
  };
  const isNothing = (role) => role === 'none' || role === 'presentation';
  // An element that can be used, or says something of itself, is never nothing.
  const isNone = (element) => isNothing(explicit(element)) && !hasGlobal(element) && !isFocusable(element);
  const own = (element) => {
    const find = Object.hasOwn(implicit, element.localName) ? implicit[element.localName] : null;
    const role = find?.(element) ?? null;
    if (role === null) return null;
    for (let node = element, holder = parent(node); holder !== null; node = holder, holder = parent(node)) {
      if (!parts[node.localName]?.includes(holder.localName)) break;
      if (isNone(holder)) return 'presentation';
    }
    return role;
  };
  // What is asked of an element again and again in one look.
  let known = new Map();
  const role = (element) => {
    if (known.has(element)) return known.get(element);
    let found = explicit(element);
    if (found === null || (isNothing(found) && !isNone(element))) found = own(element);
    found = found === null ? null : one(found);
    known.set(element, found);
    return found;
  };

  // Whether an element is none for whoever does not see the page: neither shown nor told of.
  let hiding = new Map();
  const isApart = (element) => {
    if (hiding.has(element)) return hiding.get(element);
    const holder = element.parentElement;
    const isUnslotted = Boolean(holder?.shadowRoot) && element.assignedSlot === null;
    const next = holder ?? element.getRootNode().host ?? null;
    const found =
      isUnslotted ||
      element.getAttribute('aria-hidden')?.toLowerCase() === 'true' ||
      getComputedStyle(element).display === 'none' ||
      (next !== null && isApart(next));
    hiding.set(element, found);
    return found;
  };
  const isShownText = (node) => {
    const range = node.ownerDocument.createRange();
    range.selectNode(node);
    const { width, height } = range.getBoundingClientRect();
    return width > 0 && height > 0;
  };
  const isUntold = (element) => {
    if (element.matches('style, script, noscript, template')) return true;
    const style = getComputedStyle(element);
    const isSlot = element.localName === 'slot';
    if (style.display === 'contents' && !isSlot) {
      const nodes = [...element.childNodes, ...(element.shadowRoot?.childNodes ?? [])];
      return !nodes.some((node) => (node.nodeType === Node.ELEMENT_NODE ? !isUntold(node) : node.nodeType === Node.TEXT_NODE && isShownText(node)));
    }
    const isOption = element.localName === 'option' && element.closest('select') !== null;
    if (!isOption && !isSlot && (!element.checkVisibility() || style.visibility !== 'visible')) return true;
    return isApart(element);
  };

  const said = (element, name) => element.getAttribute(`aria-${name}`)?.toLowerCase();
  const mixed = (value) => (value === 'mixed' ? 'mixed' : value === 'true');
  const isOff = (element) => {
    if (element.matches(':disabled')) return true;
    for (let node = element; node !== null; node = parent(node)) {
      if (['true', 'false'].includes(said(node, 'disabled'))) return said(node, 'disabled') === 'true';
    }
    return false;
  };
  // What an element is now: true, false or `mixed`; undefined when that says nothing of it.
  const states = {
    checked: (element) => {
      if (element.localName === 'input' && element.indeterminate) return 'mixed';
      if (element.localName === 'input' && ['checkbox', 'radio'].includes(element.type)) return element.checked;
      return mixed(said(element, 'checked'));
    },
    disabled: isOff,
    expanded: (element) => {
      if (element.localName === 'details') return element.open;
      if (element.localName === 'summary') return element.parentElement?.open ?? false;
      const is = said(element, 'expanded');
      return is === undefined ? undefined : is === 'true';
    },
    level: (element) => {
      const is = Number(said(element, 'level'));
      return Number.isInteger(is) && is > 0 ? is : Number(/^h([1-6])$/.exec(element.localName)?.[1] ?? 0);
    },
    pressed: (element) => mixed(said(element, 'pressed')),
    selected: (element) => (element.localName === 'option' ? element.selected : said(element, 'selected') === 'true'),
  };
  const byRole = (elements, wanted, tests, Bad) => {
    [known, hiding] = [new Map(), new Map()];
    if (!ROLES.has(wanted)) throw new Bad(`no role \`${wanted}\``);
    const asked = { true: true, false: false, mixed: 'mixed' };
    let [test, isHidden] = [null, false];
    const checks = [];
    for (const { name, value, test: named } of tests) {
      if (name === 'name') {
        test = named;
        continue;
      }
      const is = name === 'level' ? Number(value) : value === null ? true : asked[value.replace(/["']/g, '')];
      if (is === undefined || Number.isNaN(is)) throw new Bad(`a bad value of \`${name}\``);
      if (name === 'include-hidden') isHidden = is === true;
      else if (Object.hasOwn(states, name)) checks.push((element) => states[name](element) === is);
      else throw new Bad(`no attribute \`${name}\``);
    }
    return elements.filter(
      (element) =>
        role(element) === one(wanted) &&
        checks.every((check) => check(element)) &&
        (isHidden || !isUntold(element)) &&
        (test === null || test(selectors.nameOf(element, isHidden))),
    );
  };
  return { byRole, isUntold, references, role };
})());
